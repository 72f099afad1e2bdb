import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { moveCase, openCase } from '#contract/flows'
import { keepRecordFrom } from '#contract/records'
import { addGuardian, addStudentAccount, type TestGuardian } from './test-family.ts'
import { type Child, openWorld, type Someone, type World } from './test-world.ts'
import {
  addressOf,
  attemptsOn,
  describedBy,
  notCompared,
  type Question,
  questionsAbout,
  secretIds,
} from './two-worlds.fixture.ts'

/** The same county before and after one student's secret membership: for outsiders both must be the same, byte by byte. */
let world: World
let child: Child
let insiders: Record<'teacher' | 'officer' | 'principal' | 'county', Someone>
let outsiders: Record<string, Someone | TestGuardian>
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
})
afterAll(() => world.close())

const questions = (): Question[] => questionsAbout(world, child)

// Eight at a time, as many as the program has connections.
const answersOf = async (who: Someone, all: readonly Question[]): Promise<Map<string, string>> => {
  const answers = new Map<string, string>()
  for (let from = 0; from < all.length; from += 8)
    await Promise.all(all.slice(from, from + 8).map(async (one) => answers.set(one.label, await answerTo(who, one))))
  return answers
}

const answerTo = async (who: Someone, { endpoint, asked }: Question): Promise<string> => {
  const { status, bytes } = await world.call(who, endpoint, asked as Parameters<World['call']>[2])
  expect(status, endpoint.name).not.toBe(500)
  return `${status} ${bytes.toString('base64')}`
}

// What is written about this child by somebody it is none of their business, again and again under the same ids.
const attemptsOf = async (who: Someone, all: readonly Question[]): Promise<Map<string, string>> => {
  const answers = new Map<string, string>()
  for (const one of all) answers.set(one.label, await answerTo(who, one))
  return answers
}

const differing = (one: Map<string, string>, other: Map<string, string>): string[] =>
  [...one].filter(([label, answer]) => other.get(label) !== answer).map(([label]) => label)

const open = async (
  who: Someone,
  flow: string,
  move: string,
  studentId: string | null,
  content: object,
  id: string,
) => {
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

// What was ordered and what lies ready for them, word by word: title, text, link, channel.
const messagesTo = async (people: readonly Someone[]): Promise<string> => {
  const ids = people.map(({ personId }) => personId)
  const ordered = await world.owner.query(
    `select kind, urgent, params::text, link, to_person from message_outbox
     where to_person = any($1) or (to_person is null and about_student = $2) order by created_at, id`,
    [ids, child.id],
  )
  const laid = await world.owner.query(
    `select m.kind, m.params::text, m.to_person, d.channel from messages m left join message_deliveries d on d.message_id = m.id
     where m.to_person = any($1) or m.about_student = $2 order by m.created_at, m.id, d.channel`,
    [ids, child.id],
  )
  return JSON.stringify([ordered.rows, laid.rows])
}

test('every address of the described API is asked in both worlds, one that is added too', async () => {
  const { body } = await world.program.app.inject({ url: '/api/openapi.json' })
  const described = describedBy(JSON.parse(body))
  expect(described.length).toBeGreaterThan(150)
  const asked = new Set([...questions(), ...attemptsOn(world, child)].map(({ endpoint }) => addressOf(endpoint)))
  const left = world.program.served.filter(({ endpoint }) => endpoint.name in notCompared)
  expect(left.map(({ endpoint }) => endpoint.name).sort()).toEqual(Object.keys(notCompared).sort())
  for (const { endpoint } of left) asked.add(addressOf(endpoint))
  expect(described.filter((address) => !asked.has(address))).toEqual([])
})

test('[G3 C13 C24 Z9] a key listing, a report of harm and what was kept from the family change no answer to any outsider', async () => {
  const all = questions()
  expect(all.length).toBeGreaterThan(100)
  const writing = attemptsOn(world, child)
  const writers = ['another class teacher', 'a teacher', 'another school', 'the guardian'].map(
    (name) => [name, outsiders[name] as Someone] as const,
  )
  const tried = new Map<string, Map<string, string>>()
  for (const [, who] of writers) await attemptsOf(who, writing)
  for (const [name, who] of writers) tried.set(name, await attemptsOf(who, writing))
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

  const listed = await open(
    insiders.teacher,
    'care-listing',
    'request',
    child.id,
    {
      facts: '常独自哭泣',
      care: '每周谈心',
    },
    secretIds.listing,
  )
  await move(insiders.officer, listed, 'confirm', 1, { concerns: [1], care: '每周谈心', owner: 2, keeper: '王老师' })
  const harm = { what: 1, person: '张班主任', facts: '用尺子打手', child: child.name, danger: 1 }
  const report = await open(insiders.teacher, 'mistreatment', 'send', null, harm, secretIds.harm)
  await move(insiders.county, report, 'accept', 1)
  await open(insiders.teacher, 'mandatory-report', 'prepare', child.id, { to: 1, facts: '多处旧伤' }, secretIds.report)
  await open(
    insiders.teacher,
    'emergency-aid',
    'report',
    child.id,
    {
      cause: 9,
      happened: '2025-11-19',
      facts: '受伤',
      family: 2,
    },
    secretIds.flood,
  )

  const changed: Record<string, string[]> = {}
  for (const [name, who] of Object.entries(outsiders)) {
    const different = differing(before.get(name) as Map<string, string>, await answersOf(who, all))
    if (different.length > 0) changed[name] = different
  }
  expect(changed).toEqual({})
  expect(await messagesTo(Object.values(outsiders))).toBe(sent)
  // And writing finds out no more than reading.
  const found = writers.map(([name]) => [name, tried.get(name) as Map<string, string>] as const)
  for (const [name, answers] of found)
    expect(differing(answers, await attemptsOf(outsiders[name] as Someone, writing)), name).toEqual([])
  // The control: whoever is to know finds it.
  expect(differing(seenBefore, await answersOf(insiders.officer, all)).length).toBeGreaterThan(3)
})

const compared = async (
  names: readonly string[],
  all: readonly Question[],
  change: () => Promise<void>,
): Promise<Record<string, string[]>> => {
  const people = names.map((name) => [name, outsiders[name] as Someone] as const)
  const before = new Map<string, Map<string, string>>()
  for (const [name, who] of people) before.set(name, await answersOf(who, all))
  const sent = await messagesTo(people.map(([, who]) => who))
  await change()
  const changed: Record<string, string[]> = {}
  for (const [name, who] of people) {
    const different = differing(before.get(name) as Map<string, string>, await answersOf(who, all))
    if (different.length > 0) changed[name] = different
  }
  if ((await messagesTo(people.map(([, who]) => who))) !== sent) changed.messages = ['sent']
  return changed
}

// Questions whose answer follows from students, figures, lists, files and messages; the program's own state does not.
const askedOfStudents = (): Question[] => {
  const capabilities = [
    'students.',
    'counts.',
    'duties.',
    'records.',
    'archive.',
    'family.',
    'flows.',
    'messages.',
    'policies.',
  ]
  return questions().filter(({ endpoint }) => capabilities.some((start) => endpoint.name.startsWith(start)))
}

const set = async (table: string, column: string, value: unknown): Promise<void> => {
  await world.owner.query(`update ${table} set ${column} = $1 where student_id = $2`, [value, child.id])
  await world.classify(world.units.schoolA)
}

test.each([
  [
    'a psychological level',
    'facts_psychology',
    'screening_level',
    4,
    ['another class teacher', 'a teacher', 'the careers teacher', 'a cadre', 'a partner', 'another guardian'],
  ],
  [
    'that a child is an orphan',
    'facts_groups',
    'orphan',
    true,
    ['another class teacher', 'a teacher', 'a community worker', 'another school', 'another guardian'],
  ],
  [
    'a key student',
    'facts_protection',
    'key_student',
    true,
    ['another class teacher', 'a teacher', 'the psychology teacher', 'a cadre', 'another guardian'],
  ],
] as const)(
  '[G3 C13] %s changes no answer, no workbook and no message to who has no part in it',
  async (_, table, column, value, names) => {
    const all = askedOfStudents()
    expect(all.some(({ endpoint }) => endpoint.answer === 'file')).toBe(true)
    const seen = await answersOf(insiders.principal, all)
    expect(await compared(names, all, () => set(table, column, value))).toEqual({})
    // The control: whoever is to know finds it.
    expect(differing(seen, await answersOf(insiders.principal, all)).length).toBeGreaterThan(0)
  },
)

test('[G33 Z9] a record kept from the guardian changes nothing the guardian reads; one that is not kept is there for them', async () => {
  const guardian = outsiders['the guardian'] as TestGuardian
  const all = askedOfStudents()
  const visit = async (isKept: boolean) => {
    const id = uuidv7()
    await world.owner.query(
      `insert into records (school_id, student_id, scope, id, kind, secrecy, done_in, author_id, author_name, act_date, content_hash, open_to_family)
       values ($1, $2, $3, $4, 1, 2, $3, $5, '王老师', '2025-11-19', '\\x00', true)`,
      [child.schoolId, child.id, child.scope, id, insiders.teacher.personId],
    )
    if (isKept) {
      const kept = await world.call(insiders.teacher, keepRecordFrom, {
        params: { schoolId: child.schoolId, recordId: id },
        body: { contactIds: [guardian.contactId] },
      })
      expect(kept.status, JSON.stringify(kept.body)).toBe(200)
    }
    const actor = await guardian.actor()
    const rows = await world.program.services.door.asActor(actor, (db) =>
      db.rows({ text: 'select 1 from records where id = $1', values: [id] }),
    )
    // The control: one that is not kept is there for them.
    expect(rows).toHaveLength(isKept ? 0 : 1)
  }
  expect(await compared(['the guardian'], all, () => visit(true))).toEqual({})
  await visit(false)
})
