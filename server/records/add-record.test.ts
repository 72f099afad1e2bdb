import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BodyInputOf } from '#contract/platform'
import {
  addRecord,
  attachFile,
  getAttachment,
  getRecord,
  listRecordKinds,
  reviewRecord,
  withdrawRecord,
} from '#contract/records'
import { type Child, openWorld, type Someone, type World } from '../test-world.ts'

let world: World
let teacher: Someone
let officer: Someone
let stranger: Someone
beforeAll(async () => {
  world = await openWorld()
  teacher = await world.someone('class-teacher', world.units.classA1)
  officer = await world.someone('school-aid-officer', world.units.schoolA)
  stranger = await world.someone('principal', world.units.schoolB, '外校校长')
})
afterAll(() => world.close())

type Body = BodyInputOf<typeof addRecord>

const visit = (child: Child, more: Partial<Body> = {}): Body => ({
  id: uuidv7(),
  kind: 1,
  studentIds: [child.id],
  actDate: '2025-11-10',
  mode: 1,
  fields: { household_note: '祖父照看', earners: 1 },
  ...more,
})
const at = (child: Child) => ({ schoolId: child.schoolId })

test('a class teacher records a visit of a child of the own class and reads it back [T6]', async () => {
  const [child] = world.children.a1 as [Child]
  const body = visit(child)
  const answer = await world.call(teacher, addRecord, { params: at(child), body })
  expect(answer.body).toMatchObject({
    id: body.id,
    stored: true,
    counted: [
      { title: '家访', met: true },
      { title: '成长档案', met: false },
    ],
  })
  const read = await world.call(teacher, getRecord, { params: { ...at(child), recordId: body.id } })
  expect(read.body).toMatchObject({
    kindLabel: '家访',
    modeLabel: '入户',
    mine: true,
    subjects: [{ name: child.name }],
  })
  expect(read.body.fields.map(({ value }) => value)).toContain('祖父照看')
  const { rows } = await world.owner.query('select action, outcome from audit_entries where subject = $1 order by at', [
    body.id,
  ])
  expect(rows).toEqual([
    { action: 'records.add-record', outcome: 'done' },
    { action: 'records.get-record', outcome: 'read' },
  ])
})

const first = () => world.children.a1[0] as Child
const add = (who: Someone, body: Body, child = first()) => world.call(who, addRecord, { params: at(child), body })
const on = (child: Child, id: string) => ({ ...at(child), recordId: id })
const stored = async (id: string): Promise<number> =>
  (await world.owner.query('select 1 from records where id = $1', [id])).rowCount ?? 0

test('the same record sent twice is stored once; the same id with other content or by another is refused', async () => {
  const body = visit(first())
  expect((await add(teacher, body)).body.stored).toBe(true)
  expect((await add(teacher, body)).body).toMatchObject({ id: body.id, stored: false })
  const other = await add(teacher, { ...body, fields: { household_note: '换了内容' } })
  expect([other.status, other.body.refusal?.code]).toEqual([409, 'records.id-taken'])
  const byAnother = await add(officer, body)
  expect(byAnother.body.refusal?.code).toBe('records.id-taken')
  expect(await stored(body.id)).toBe(1)
})

test('the same record sent by a phone many times at once is stored once', async () => {
  const body = visit(first())
  const answers = await Promise.all(Array.from({ length: 8 }, () => add(teacher, body)))
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
  expect(answers.filter(({ body: { stored } }) => stored).length).toBe(1)
  const { rows } = await world.owner.query('select count(*)::int as n from record_subjects where record_id = $1', [
    body.id,
  ])
  expect(rows[0].n).toBe(1)
})

test('sending again is accepted even after the child has left the class', async () => {
  const child = await world.child(world.units.classA1, '转走')
  const body = visit(child)
  expect((await add(teacher, body, child)).body.stored).toBe(true)
  await world.owner.query('begin')
  for (const table of ['students', 'record_subjects', 'duty_progress', 'class_spells', 'classified'])
    await world.owner.query(
      `update ${table} set scope = $1 where school_id = $2 and ${table === 'students' ? 'id' : 'student_id'} = $3`,
      [world.units.classA2.path, child.schoolId, child.id],
    )
  for (const domain of ['general', 'family', 'groups', 'health', 'psychology', 'protection', 'schooling'])
    await world.owner.query(`update facts_${domain} set scope = $1 where student_id = $2`, [
      world.units.classA2.path,
      child.id,
    ])
  await world.owner.query('commit')
  expect((await add(teacher, body, child)).body).toMatchObject({ stored: false })
  expect((await add(teacher, visit(child), child)).status).toBe(404)
})

test.each<[string, Partial<Body>, string, string]>([
  ['a day ahead', { actDate: '2025-11-21' }, 'records.act-date', 'actDate'],
  ['more than two years back', { actDate: '2023-11-01' }, 'records.act-date', 'actDate'],
  ['a kind that nobody has', { kind: 999 }, 'records.no-such-kind', ''],
  ['no way of visiting', { mode: null }, 'records.content', 'mode'],
  ['an unknown way', { mode: 9 }, 'records.content', 'mode'],
  ['a field that the form does not have', { fields: { __proto__x: 1 } }, 'records.content', '__proto__x'],
  ['a number where text belongs', { fields: { household_note: 3 } }, 'records.content', 'household_note'],
  ['text that is too long', { fields: { household_note: '长'.repeat(2001) } }, 'records.content', 'household_note'],
  ['a choice that does not exist', { fields: { housing: 99 } }, 'records.content', 'housing'],
])('%s is refused with its field and nothing is stored', async (_, more, code, field) => {
  const body = visit(first(), more)
  const answer = await add(teacher, body)
  expect([answer.status, answer.body.refusal?.code]).toEqual([422, code])
  expect(answer.body.refusal?.fields[0]?.field ?? '').toBe(field)
  expect(await stored(body.id)).toBe(0)
})

test('an act before the child entered the school is refused', async () => {
  await world.owner.query(`update students set entered_on = '2025-09-01' where id = $1`, [world.children.a1[1]?.id])
  const child = world.children.a1[1] as Child
  const refused = await add(teacher, visit(child, { actDate: '2025-08-30' }), child)
  expect(refused.body.refusal?.code).toBe('records.act-date')
  expect((await add(teacher, visit(child, { actDate: '2025-09-01' }), child)).status).toBe(200)
})

test('free text lies sealed, never in the clear [C13]', async () => {
  const body = visit(first(), { fields: { household_note: '只有祖父一人照看', earners: 2 } })
  await add(teacher, body)
  const { rows } = await world.owner.query(
    'select coded, text_cipher, records::text as whole from records where id = $1',
    [body.id],
  )
  expect(rows[0].coded).toEqual({ earners: 2 })
  expect(rows[0].text_cipher.length).toBeGreaterThan(29)
  expect(rows[0].whole).not.toContain('祖父')
  expect(rows[0].text_cipher.includes(Buffer.from('祖父'))).toBe(false)
})

test('one record may be about many children, all seen and all of one school [C14]', async () => {
  const reward = (children: readonly Child[]): Body => ({
    ...visit(first()),
    kind: 3,
    mode: null,
    studentIds: children.map(({ id }) => id),
    fields: { form: 1, way: 1, title: '勤学奖' },
  })
  const both = [world.children.a1[0], world.children.a2[0]] as Child[]
  const body = reward(both)
  expect((await add(officer, body)).status).toBe(200)
  const read = await world.call(officer, getRecord, { params: on(first(), body.id) })
  expect(read.body.subjects.length).toBe(2)
  // The class teacher sees only one of the two.
  expect((await add(teacher, reward(both))).status).toBe(404)
  expect((await add(officer, reward([both[0], world.children.b1[0]] as Child[]))).status).toBe(404)
  const visitOfTwo = { ...visit(first()), studentIds: both.map(({ id }) => id) }
  expect((await add(officer, visitOfTwo)).body.refusal?.code).toBe('records.one-subject')
})

test('a post makes only the kinds whose domain it sees, and is offered only those', async () => {
  const session: Body = { ...visit(first()), kind: 4, mode: null, fields: { concern: 3, content: '补习' } }
  expect((await add(teacher, session)).body.refusal?.code).toBe('records.not-your-kind')
  expect((await add(officer, session)).status).toBe(200)
  const kinds = async (who: Someone) => (await world.call(who, listRecordKinds)).body.kinds.map(({ kind }) => kind)
  expect(await kinds(teacher)).not.toContain(4)
  expect(await kinds(officer)).toContain(4)
  const psychologist = await world.someone('psychology-teacher', world.units.schoolA)
  expect((await add(psychologist, visit(first()))).body.refusal?.code).toBe('records.not-your-kind')
})

test('a correction takes the place of what it corrects, by its author or the aid officer only', async () => {
  const old = visit(first())
  await add(teacher, old)
  const colleague = await world.someone('psychology-teacher', world.units.schoolA, '同事')
  expect((await add(colleague, visit(first(), { supersedes: old.id }))).status).toBe(403)
  const better = visit(first(), { supersedes: old.id, fields: { household_note: '更正' } })
  expect((await add(teacher, better)).body).toMatchObject({ stored: true })
  expect((await add(teacher, better)).body).toMatchObject({ stored: false })
  const again = await add(officer, visit(first(), { supersedes: old.id }))
  expect(again.body.refusal?.code).toBe('records.over')
  const byOfficer = visit(first(), { supersedes: better.id })
  expect((await add(officer, byOfficer)).status).toBe(200)
  const read = await world.call(teacher, getRecord, { params: on(first(), better.id) })
  expect(read.body).toMatchObject({ supersedes: old.id, supersededBy: byOfficer.id, may: [] })
  const otherKind = { ...visit(first(), { supersedes: byOfficer.id }), kind: 8, mode: null, fields: { goals: '升学' } }
  expect((await add(officer, otherKind)).body.refusal?.code).toBe('records.other-kind')
})

test('nobody reviews their own visit [C9]', async () => {
  const own = visit(first())
  await add(officer, own)
  const refused = await world.call(officer, reviewRecord, { params: on(first(), own.id), body: {} })
  expect([refused.status, refused.body.refusal?.code]).toEqual([403, 'records.own-record'])
  const theirs = visit(first())
  await add(teacher, theirs)
  expect((await world.call(teacher, reviewRecord, { params: on(first(), theirs.id), body: {} })).status).toBe(403)
  expect((await world.call(officer, reviewRecord, { params: on(first(), theirs.id), body: {} })).status).toBe(200)
  expect((await world.call(officer, reviewRecord, { params: on(first(), theirs.id), body: {} })).status).toBe(200)
  const read = await world.call(teacher, getRecord, { params: on(first(), theirs.id) })
  expect(read.body).toMatchObject({ reviewed: true })
})

test('a withdrawn record stays on file with its sealed reason and can be withdrawn once only', async () => {
  const body = visit(first())
  await add(teacher, body)
  const withdraw = (who: Someone) =>
    world.call(who, withdrawRecord, { params: on(first(), body.id), body: { reason: '记到别人名下' } })
  expect((await withdraw(teacher)).status).toBe(200)
  expect((await withdraw(teacher)).status).toBe(200)
  expect((await withdraw(officer)).body.refusal?.code).toBe('records.over')
  const read = await world.call(teacher, getRecord, { params: on(first(), body.id) })
  expect(read.body).toMatchObject({ withdrawn: true })
  const { rows } = await world.owner.query(
    'select withdrawn_reason_cipher::text as sealed from records where id = $1',
    [body.id],
  )
  expect(rows[0].sealed).toMatch(/^\\x01/)
})

const png = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(600, 7)])

test('a photo is kept encrypted and opens only to those who see its record [C13]', async () => {
  const body = visit(first())
  await add(teacher, body)
  const id = uuidv7()
  const attach = (who: Someone, bytes: Buffer, attachmentId = id) =>
    world.call(who, attachFile, { params: { ...on(first(), body.id), attachmentId }, body: bytes })
  expect((await attach(teacher, png)).body).toEqual({ id })
  expect((await attach(teacher, png)).body).toEqual({ id })
  expect((await attach(teacher, Buffer.concat([png, png]))).body.refusal?.code).toBe('records.id-taken')
  expect((await attach(officer, png, uuidv7())).status).toBe(403)
  expect((await attach(stranger, png, uuidv7())).status).toBe(404)
  const open = (who: Someone) => world.call(who, getAttachment, { params: { ...at(first()), attachmentId: id } })
  expect((await open(teacher)).bytes.equals(png)).toBe(true)
  expect((await open(officer)).status).toBe(200)
  expect((await open(stranger)).status).toBe(404)
  const { rows } = await world.owner.query(
    `select count(*)::int as n from audit_entries where action = 'records.get-attachment' and outcome = 'read'`,
  )
  expect(rows[0].n).toBe(2)
})

test.each<[string, Buffer, string]>([
  ['an empty file', Buffer.alloc(0), 'platform.file-empty'],
  ['a workbook called a photo', Buffer.from('PK\u0003\u0004 and so on'), 'records.file-kind'],
  [
    'a file of more than ten megabytes',
    Buffer.concat([png, Buffer.alloc(10 * 1024 * 1024)]),
    'platform.file-too-large',
  ],
])('%s is refused and nothing is stored', async (_, bytes, code) => {
  const body = visit(first())
  await add(teacher, body)
  const refused = await world.call(teacher, attachFile, {
    params: { ...on(first(), body.id), attachmentId: uuidv7() },
    body: bytes,
  })
  expect(refused.body.refusal?.code).toBe(code)
  const { rows } = await world.owner.query('select count(*)::int as n from attachments where record_id = $1', [body.id])
  expect(rows[0].n).toBe(0)
})

test('somebody of another school gets the same not-found for every way to a record, and its owner does not', async () => {
  const body = visit(first())
  await add(teacher, body)
  const attachmentId = uuidv7()
  await world.call(teacher, attachFile, { params: { ...on(first(), body.id), attachmentId }, body: png })
  const ways = (who: Someone, id: string, file: string) => [
    () => world.call(who, getRecord, { params: on(first(), id) }),
    () => world.call(who, getAttachment, { params: { ...at(first()), attachmentId: file } }),
    () => world.call(who, reviewRecord, { params: on(first(), id), body: {} }),
    () => world.call(who, withdrawRecord, { params: on(first(), id), body: { reason: '试试' } }),
    () => world.call(who, attachFile, { params: { ...on(first(), id), attachmentId: uuidv7() }, body: png }),
    () => add(who, visit(first())),
    () => add(who, visit(first(), { supersedes: id })),
  ]
  const nowhere = ways(stranger, uuidv7(), uuidv7())
  for (const [index, way] of ways(stranger, body.id, attachmentId).entries()) {
    const [there, absent] = [await way(), await nowhere[index]?.()]
    expect([there.status, there.body]).toEqual([404, absent?.body])
  }
  expect((await world.call(teacher, getRecord, { params: on(first(), body.id) })).status).toBe(200)
  const { rows } = await world.owner.query(
    `select count(*)::int as n from audit_entries where outcome = 'refused' and actor_id = $1`,
    [stranger.personId],
  )
  expect(rows[0].n).toBeGreaterThanOrEqual(14)
})
