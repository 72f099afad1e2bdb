import { z } from 'zod'
import { conditionShape, endingShape, packShape, ruleShapes } from './loading/shapes/index.ts'

/**
 * JSON Schema (2020-12) of each file of a pack, for editors that complete and check while an author types. The loader
 * checks more than a schema can say: names, dates, secrecy, examples.
 */
export function packJsonSchema(): Readonly<Record<string, unknown>> {
  const rules = ruleShapes(conditionShape)
  const schemaOf = (shape: z.ZodType) => z.toJSONSchema(shape, { io: 'input', unrepresentable: 'any' })
  const list = (shape: z.ZodType) => schemaOf(z.array(z.union([shape, endingShape])))
  return {
    'pack.yaml': schemaOf(packShape),
    'who.yaml': list(rules.who),
    'duties.yaml': list(rules.duty),
    'records.yaml': list(rules.record),
    'flows.yaml': list(rules.flow),
    'counts.yaml': list(rules.count),
    'guards.yaml': list(rules.guard),
  }
}
