import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { moveCase, openCase } from '#contract/flows'
import type { Endpoint } from '#contract/platform'
import { addGuardian, addStudentAccount } from './test-family.ts'
import { type Child, openWorld, type Someone, type World } from './test-world.ts'

/** The same county before and after one student's secret membership: for outsiders both must be the same, byte by byte. */
let world: World
let child: Child
let insiders: Record<'teacher' | 'officer' | 'principal' | 'county', Someone>
let outsiders: Record<string, Someone>
const office = { id: uuidv7(), path: 'a.t.c.o7.', name: '县民政局' }

beforeAll(async () => {
  world = await openWorld('2025-11-20')
  const { units, owner } = world
  await owner.query(`insert into units (id, parent_id, path, kind, name) values ($1, $2, $3, 'office', $4)`, [
    office.id,
    units.county.id,
    office.path,
    office.name,
  ])
  child = await world.child(units.classA1, '独孤明', { family: { single_parent: true } })
  insiders = {
    teacher: await world.someone('class-teacher', units.classA1),
    officer: await world.someone('school-aid-officer', units.schoolA),
    principal: await world.someone('principal', units.schoolA),
    county: await world.someone('county-aid-officer', units.county),
  }
  outsiders = {
    'another class teacher': await world.someone('class-teacher', units.classA2),
    'a teacher': await world.someone('teacher', units.schoolA),
    'the psychology teacher': await world.someone('psychology-teacher', units.schoolA),
    'the careers teacher': await world.someone('careers-teacher', units.schoolA),
    'a cadre': await world.someone('county-cadre', units.county),
    'a partner': await world.someone('partner-officer', office),
    'a community worker': await world.someone('community-worker', office),
    'another school': await world.someone('principal', units.schoolB),
    'an auditor': await world.someone('auditor', units.county),
    'an auditor above': await world.someone('auditor', units.province),
    'an administrator': await world.someone('administrator', units.county),
    'the guardian': await addGuardian(world, child),
    'the student': await addStudentAccount(world, child),
    'another guardian': await addGuardian(world, world.children.a1[0] as Child),
  }
  await world.classify(units.schoolA)
}, 240_000)
afterAll(() => world.close())

type Shape = {
  readonly properties?: Record<string, Shape>
  readonly enum?: readonly string[]
  readonly type?: string
  readonly format?: string
  readonly default?: unknown
  readonly anyOf?: readonly Shape[]
}

// What may stand for a name in an address: everything an outsider could think of trying.
const triesFor = (name: string, shape: Shape = {}): readonly string[] => {
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

interface Question {
  readonly label: string
  readonly endpoint: Endpoint
  readonly asked: { readonly params: Record<string, string>; readonly query: Record<string, string> }
}

// What tells how the program itself stands, or what auditors are for, moves on its own; the log is looked at apart.
const moving = ['people.list-audit']

const questions = (): Question[] =>
  world.program.served
    .map(({ endpoint }) => endpoint)
    .filter(({ method, name }) => method === 'GET' && !moving.includes(name))
    .flatMap((endpoint) => {
      const paths = [...endpoint.path.matchAll(/:(\w+)/g)].map(([, name = '']) => name)
      const inPath = shapesOf(endpoint.params)
      const inQuery = shapesOf(endpoint.query)
      const params = crossed(paths.map((name) => [name, triesFor(name, inPath[name])]))
      const wanted = Object.keys(inQuery).filter(
        (name) => !['after', 'page', 'on', 'date', 'sort', 'from', 'until'].includes(name),
      )
      const needed = wanted.filter((name) =>
        ['unit', 'unitId', 'schoolId', 'studentId', 'classId', 'kind', 'name'].includes(name),
      )
      const queries = [{}, ...crossed(needed.map((name) => [name, triesFor(name, inQuery[name])]))]
      return params.flatMap((one) =>
        queries.slice(0, 12).map((query) => ({
          label: `${endpoint.name} ${JSON.stringify({ ...one, ...query })}`,
          endpoint,
          asked: { params: one, query },
        })),
      )
    })

const answersOf = async (who: Someone, all: readonly Question[]): Promise<Map<string, string>> => {
  const answers = new Map<string, string>()
  for (const { label, endpoint, asked } of all) {
    const { status, bytes } = await world.call(who, endpoint, asked)
    answers.set(label, `${status} ${bytes.toString('base64')}`)
  }
  return answers
}

const differing = (one: Map<string, string>, other: Map<string, string>): string[] =>
  [...one].filter(([label, answer]) => other.get(label) !== answer).map(([label]) => label)

const open = async (who: Someone, flow: string, move: string, studentId: string | null, content: object) => {
  const id = uuidv7()
  const answered = await world.call(who, openCase, {
    params: { schoolId: child.schoolId },
    body: { id, flow, move, stepId: uuidv7(), studentId, content: content as Record<string, string> },
  })
  expect(answered.status).toBe(200)
  return id
}
const move = async (who: Someone, caseId: string, id: string, version: number, fields: object = {}) => {
  const answered = await world.call(who, moveCase, {
    params: { schoolId: child.schoolId, caseId },
    body: { stepId: uuidv7(), move: id, version, reason: '情况属实', fields: fields as Record<string, string> },
  })
  expect(answered.body.refusal).toBeUndefined()
}

const messagesTo = async (people: readonly Someone[]): Promise<number> =>
  (
    await world.owner.query(
      `select 1 from message_outbox where to_person = any($1) or (to_person is null and about_student = $2)`,
      [people.map(({ personId }) => personId), child.id],
    )
  ).rowCount ?? 0

test('[G3 C13 C24 Z9] a key listing, a report of harm and what was kept from the family change no answer to any outsider', {
  timeout: 900_000,
}, async () => {
  const all = questions()
  expect(all.length).toBeGreaterThan(100)
  const before = new Map<string, Map<string, string>>()
  for (const [name, who] of Object.entries(outsiders)) before.set(name, await answersOf(who, all))
  const seenBefore = await answersOf(insiders.officer, all)
  const [, again] = [...before][0] as [string, Map<string, string>]
  // What differs although nothing happened says nothing about secrets and must be nothing.
  expect(differing(again, await answersOf(Object.values(outsiders)[0] as Someone, all))).toEqual([])
  // An answer that refuses everything would be the same in every world: outsiders do read a good part.
  const read = [...(before.get('another class teacher') as Map<string, string>).values()]
  expect(read.filter((answer) => answer.startsWith('200')).length).toBeGreaterThan(25)
  const sent = await messagesTo(Object.values(outsiders))

  const listed = await open(insiders.teacher, 'care-listing', 'request', child.id, {
    facts: '常独自哭泣',
    care: '每周谈心',
  })
  await move(insiders.officer, listed, 'confirm', 1, { concerns: [1], care: '每周谈心', owner: 2, keeper: '王老师' })
  const harm = { what: 1, person: '张班主任', facts: '用尺子打手', child: child.name, danger: 1 }
  const report = await open(insiders.teacher, 'mistreatment', 'send', null, harm)
  await move(insiders.county, report, 'accept', 1)
  await open(insiders.teacher, 'mandatory-report', 'prepare', child.id, { to: 1, facts: '多处旧伤' })
  await open(insiders.teacher, 'emergency-aid', 'report', child.id, {
    cause: 9,
    happened: '2025-11-19',
    facts: '受伤',
    family: 2,
  })

  const changed: Record<string, string[]> = {}
  for (const [name, who] of Object.entries(outsiders)) {
    const different = differing(before.get(name) as Map<string, string>, await answersOf(who, all))
    if (different.length > 0) changed[name] = different
  }
  expect(changed).toEqual({})
  expect(await messagesTo(Object.values(outsiders))).toBe(sent)
  // The control: whoever is to know finds it.
  expect(differing(seenBefore, await answersOf(insiders.officer, all)).length).toBeGreaterThan(3)
})
