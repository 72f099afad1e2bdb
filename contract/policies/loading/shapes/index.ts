import { z } from 'zod'
import { words } from '../../conditions/index.ts'
import { countShape } from './count.ts'
import { dutyShape } from './duty.ts'
import { flowShape } from './flow.ts'
import { guardShape } from './guard.ts'
import { recordShape } from './record.ts'
import { whoShape } from './who.ts'

export { endingShape, packShape } from './pack.ts'

/** The written shape of each rule file's entries, given the shape of a condition. */
export const ruleShapes = (condition: z.ZodType) => ({
  who: whoShape(condition),
  duty: dutyShape,
  record: recordShape,
  flow: flowShape,
  count: countShape,
  guard: guardShape,
})

export type WrittenRules = { [K in keyof ReturnType<typeof ruleShapes>]: z.output<ReturnType<typeof ruleShapes>[K]> }
export type Written<K extends keyof WrittenRules> = WrittenRules[K]

/** For checking: conditions are read word by word afterwards, which gives better sentences than a union would. */
export const checkedShapes = ruleShapes(z.unknown())

/** For publishing: the condition spelled out. */
export const conditionShape: z.ZodType = z.lazy(() =>
  z.union(Object.values(words).map((word) => word.shape(conditionShape)) as [z.ZodType, z.ZodType]),
)
