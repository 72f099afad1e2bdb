import { uuidv7 } from 'uuidv7'
import { z } from 'zod'
import type { Endpoint } from '#contract/platform'
import type { Child, World } from './test-world.ts'

type Shape = {
  readonly properties?: Record<string, Shape>
  readonly enum?: readonly string[]
  readonly type?: string
  readonly format?: string
  readonly default?: unknown
  readonly anyOf?: readonly Shape[]
}

// What may stand for a name in an address: everything an outsider could think of trying.
const triesFor = (world: World, child: Child, name: string, shape: Shape = {}): readonly string[] => {
  const { units } = world
  const known: Record<string, readonly string[]> = {
    schoolId: [child.schoolId],
    studentId: [child.id],
    unitId: [units.schoolA.id, units.classA1.id, units.county.id],
    unit: [units.schoolA.id, units.classA1.id, units.county.id],
    classId: [units.classA1.id],
    issuer: ['national', 'jiangsu'],
    number: ['1', '5'],
    name: ['独孤'],
    search: ['独孤'],
    q: ['独孤'],
    rule: ['jiangsu/key-student', '1'],
  }
  const choices = shape.enum ?? shape.anyOf?.find((one) => one.enum)?.enum
  return known[name] ?? (choices ? choices.slice(0, 6) : shape.format === 'uuid' ? [uuidv7()] : ['1'])
}

const crossed = (names: readonly (readonly [string, readonly string[]])[]): Record<string, string>[] =>
  names.reduce<Record<string, string>[]>(
    (all, [name, tries]) => all.flatMap((one) => tries.map((value) => ({ ...one, [name]: value }))),
    [{}],
  )

const shapesOf = (schema: z.ZodType): Record<string, Shape> =>
  (z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape).properties ?? {}

/** One address with what an outsider might put into it. */
export interface Question {
  readonly label: string
  readonly endpoint: Endpoint
  readonly asked: { readonly params: Record<string, string>; readonly query: Record<string, string> }
}

// What tells how the program itself stands, or what auditors are for, moves on its own; the log is looked at apart.
const moving = ['people.list-audit']

/** Every address that answers, with everything an outsider could think of trying about this child. */
export const questionsAbout = (world: World, child: Child): Question[] =>
  world.program.served
    .map(({ endpoint }) => endpoint)
    .filter(({ method, name }) => method === 'GET' && !moving.includes(name))
    .flatMap((endpoint) => {
      const paths = [...endpoint.path.matchAll(/:(\w+)/g)].map(([, name = '']) => name)
      const inPath = shapesOf(endpoint.params)
      const inQuery = shapesOf(endpoint.query)
      const params = crossed(paths.map((name) => [name, triesFor(world, child, name, inPath[name])]))
      const wanted = Object.keys(inQuery).filter(
        (name) => !['after', 'page', 'on', 'date', 'sort', 'from', 'until'].includes(name),
      )
      const needed = wanted.filter((name) =>
        ['unit', 'unitId', 'schoolId', 'studentId', 'classId', 'kind', 'name'].includes(name),
      )
      const queries = [{}, ...crossed(needed.map((name) => [name, triesFor(world, child, name, inQuery[name])]))]
      return params.flatMap((one) =>
        queries.slice(0, 12).map((query) => ({
          label: `${endpoint.name} ${JSON.stringify({ ...one, ...query })}`,
          endpoint,
          asked: { params: one, query },
        })),
      )
    })
