import { uuidv7 } from 'uuidv7'
import { z } from 'zod'
import type { Endpoint } from '#contract/platform'
import type { Child, World } from './test-world.ts'

type Shape = {
  readonly properties?: Record<string, Shape>
  readonly required?: readonly string[]
  readonly items?: Shape
  readonly enum?: readonly string[]
  readonly const?: unknown
  readonly type?: string
  readonly format?: string
  readonly minLength?: number
  readonly minimum?: number
  readonly anyOf?: readonly Shape[]
}

/** Ids of what is secret, known beforehand: an outsider who has got hold of them learns no more than one who guesses. */
export const secretIds = { listing: uuidv7(), harm: uuidv7(), report: uuidv7(), flood: uuidv7() }

// What may stand for a name in an address: everything an outsider could think of trying.
const triesFor = (world: World, child: Child, name: string, shape: Shape = {}): readonly string[] => {
  const { units } = world
  const known: Record<string, readonly string[]> = {
    schoolId: [child.schoolId],
    studentId: [child.id],
    unitId: [units.schoolA.id, units.classA1.id, units.county.id],
    unit: [units.schoolA.id, units.classA1.id, units.county.id],
    classId: [units.classA1.id],
    caseId: Object.values(secretIds),
    issuer: ['national', 'jiangsu'],
    number: ['1', '5'],
    name: ['独孤'],
    search: ['独孤'],
    q: ['独孤'],
    rule: ['jiangsu/key-student', '1'],
  }
  const choices = shape.enum ?? shape.anyOf?.find((one) => one.enum)?.enum
  return known[name] ?? (choices ? choices.slice(0, 6) : shape.format === 'uuid' ? [guessed] : ['1'])
}
const guessed = uuidv7()

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
  readonly asked: {
    readonly params: Record<string, string>
    readonly query: Record<string, string>
    readonly body?: unknown
  }
}

/** Addresses whose answers are not laid side by side, and why; all others are, one that is added too. */
export const notCompared: Readonly<Record<string, string>> = {
  'people.list-audit':
    'the log itself is what auditors are for; that it holds codes and ids only is shown by every-door.test.ts',
  'people.sign-out': 'ends the session that asks everything after it',
  'voices.send-anonymously':
    'gives out a new code each time and counts who calls; it names no student and reads nothing',
  'imports.upload': 'takes a stream of bytes, of which nothing is answered but its own id',
}

const pathNames = ({ path }: Endpoint): string[] => [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name)

/** Every address of the described API, as it is described: `GET /api/units/{unitId}`. */
export const describedBy = (document: { paths: Record<string, Record<string, object>> }): string[] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )

export const addressOf = ({ method, path }: Endpoint): string => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`

const comparedOf = (world: World): Endpoint[] =>
  world.program.served.map(({ endpoint }) => endpoint).filter(({ name }) => !(name in notCompared))

/** Every address that answers, with everything an outsider could think of trying about this child. */
export const questionsAbout = (world: World, child: Child): Question[] =>
  comparedOf(world)
    .filter(({ method }) => method === 'GET')
    .flatMap((endpoint) => {
      const inPath = shapesOf(endpoint.params)
      const inQuery = shapesOf(endpoint.query)
      const params = crossed(pathNames(endpoint).map((name) => [name, triesFor(world, child, name, inPath[name])]))
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

// Something of the right shape; what has a name known here is about this child.
const sampleFor = (world: World, child: Child, name: string, shape: Shape): unknown => {
  const one = shape.anyOf?.[0] ?? shape
  if (one.const !== undefined) return one.const
  if (one.enum) return one.enum[0]
  if (one.type === 'object')
    return Object.fromEntries(
      (one.required ?? []).map((key) => [key, sampleFor(world, child, key, one.properties?.[key] ?? {})]),
    )
  if (one.type === 'array') return one.items ? [sampleFor(world, child, name.replace(/s$/, ''), one.items)] : []
  if (one.type === 'boolean') return true
  if (one.type === 'integer' || one.type === 'number') return Math.max(1, one.minimum ?? 1)
  if (name === 'flow') return 'care-listing'
  if (name === 'move') return 'request'
  if (/date|On$|from|until/i.test(name)) return world.day
  const [known] = triesFor(world, child, name, one)
  return known === '1' ? '看到的情况和以前一样'.padEnd(one.minLength ?? 0, '。') : known
}

/** Every address that writes, with a body of its shape about this child. */
export const attemptsOn = (world: World, child: Child): Question[] =>
  comparedOf(world)
    .filter(({ method }) => method !== 'GET')
    .flatMap((endpoint) => {
      const inPath = shapesOf(endpoint.params)
      const params = crossed(pathNames(endpoint).map((name) => [name, triesFor(world, child, name, inPath[name])]))
      const [query = {}] = crossed(
        Object.entries(shapesOf(endpoint.query)).map(([name, shape]) => [name, triesFor(world, child, name, shape)]),
      )
      const shape =
        endpoint.body instanceof z.ZodType
          ? (z.toJSONSchema(endpoint.body, { io: 'input', unrepresentable: 'any' }) as Shape)
          : undefined
      const body = shape ? sampleFor(world, child, '', shape) : undefined
      return params.map((one) => ({
        label: `${endpoint.name} ${JSON.stringify(one)}`,
        endpoint,
        asked: { params: one, query, ...(body === undefined ? {} : { body }) },
      }))
    })
