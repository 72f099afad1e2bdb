import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { getDesk } from '#contract/duties'
import { addRecord, listMine, listRecordKinds, listToReview, reviewRecord, withdrawRecord } from '#contract/records'
import { type Child, openWorld, type Someone, type World } from '../test-world.ts'
import { listMine as readMine } from './list-mine.ts'
import { listToReview as readToReview } from './list-to-review.ts'

let world: World
let teacher: Someone
let officer: Someone
let stranger: Someone
beforeAll(async () => {
  world = await openWorld()
  teacher = await world.someone('class-teacher', world.units.classA1, '班主任')
  officer = await world.someone('school-aid-officer', world.units.schoolA, '本校专干')
  stranger = await world.someone('school-aid-officer', world.units.schoolB, '外校专干')
})
afterAll(() => world.close())

const write = async (who: Someone, child: Child, actDate: string, more: Record<string, unknown> = {}) => {
  const id = uuidv7()
  const body = { id, kind: 1, studentIds: [child.id], actDate, mode: 1, fields: {}, ...more }
  const { status } = await world.call(who, addRecord, { params: { schoolId: child.schoolId }, body })
  expect(status).toBe(200)
  return id
}

const waiting = async (who: Someone) => (await world.call(who, listToReview)).body.records
const deskCount = async (who: Someone) =>
  (await world.call(who, getDesk)).body.waiting.find(({ kind }) => kind === 'review')

test('visits of others wait for the aid officer of the school, in lines without what was written [C9 C12]', async () => {
  const [zhao, qian] = world.children.a1 as [Child, Child]
  const early = await write(teacher, zhao, '2025-11-03', { fields: { household_note: '父亲外出务工' } })
  const late = await write(teacher, qian, '2025-11-10', { mode: 2 })
  const own = await write(officer, zhao, '2025-11-12')
  const lines = await waiting(officer)
  expect(lines.map(({ id }) => id)).toEqual([late, early])
  expect(lines).not.toContainEqual(expect.objectContaining({ id: own }))
  expect(lines[0]).toEqual({
    schoolId: qian.schoolId,
    id: late,
    kindLabel: '家访',
    modeLabel: '电话',
    actDate: '2025-11-10',
    authorName: '班主任',
    schoolName: '第一小学',
    studentName: '钱二',
    className: '2023级1班',
    students: 1,
  })
  expect(JSON.stringify(lines)).not.toContain('外出务工')
  expect(await deskCount(officer)).toMatchObject({ count: 2, to: '/visits?tab=review' })
  // One's own waits for somebody else who reviews.
  const principal = await world.someone('principal', world.units.schoolA, '本校校长')
  expect((await waiting(principal)).map(({ id }) => id)).toEqual([own, late, early])
})

test('a class teacher has nothing to review, and the aid officer of another school sees none of it', async () => {
  const refused = await world.call(teacher, listToReview)
  expect([refused.status, refused.body.refusal?.code]).toEqual([403, 'people.not-permitted'])
  expect(await deskCount(teacher)).toBeUndefined()
  expect(await waiting(stranger)).toEqual([])
  // The same question is answered where there is something of one's own school.
  const other = await world.someone('class-teacher', world.units.classB1, '外校班主任')
  const theirs = await write(other, world.children.b1[0] as Child, '2025-11-05')
  expect((await waiting(stranger)).map(({ id }) => id)).toEqual([theirs])
  expect((await waiting(officer)).map(({ id }) => id)).not.toContain(theirs)
})

test('what needs no review, is reviewed, withdrawn or corrected does not wait', async () => {
  const child = world.children.a1[2] as Child
  const on = (recordId: string) => ({ schoolId: child.schoolId, recordId })
  const talk = await write(teacher, child, '2025-11-14', { kind: 2, fields: { summary: '谈心' } })
  const reviewed = await write(teacher, child, '2025-11-14')
  const withdrawn = await write(teacher, child, '2025-11-14')
  const corrected = await write(teacher, child, '2025-11-14')
  const before = (await waiting(officer)).map(({ id }) => id)
  expect(before).toEqual(expect.arrayContaining([reviewed, withdrawn, corrected]))
  expect(before).not.toContain(talk)
  await world.call(officer, reviewRecord, { params: on(reviewed), body: {} })
  await world.call(teacher, withdrawRecord, { params: on(withdrawn), body: { reason: '记错了人' } })
  const correction = await write(teacher, child, '2025-11-13', { supersedes: corrected })
  const after = (await waiting(officer)).map(({ id }) => id)
  for (const gone of [reviewed, withdrawn, corrected]) expect(after).not.toContain(gone)
  expect(after).toContain(correction)
  const mine = (await world.call(teacher, listMine, { query: { kind: 'home-visit' } })).body.records
  const stateOf = (id: string) => mine.find((one) => one.id === id)?.state
  expect([reviewed, withdrawn, correction, corrected].map(stateOf)).toEqual([
    'reviewed',
    'withdrawn',
    'waiting',
    undefined,
  ])
})

test('what nobody reviewed within a year waits no longer, neither for them nor in the own list', async () => {
  const child = world.children.a1[3] as Child
  const just = await write(teacher, child, '2024-11-19')
  const old = await write(teacher, child, '2024-11-18')
  const ids = (await waiting(officer)).map(({ id }) => id)
  expect([ids.includes(just), ids.includes(old)]).toEqual([true, false])
  const mine = (await world.call(teacher, listMine, { query: { kind: 'home-visit' } })).body.records
  expect([just, old].map((id) => mine.find((one) => one.id === id)?.state)).toEqual(['waiting', null])
})

test('somebody with two posts at a school is shown each record once', async () => {
  const both = await world.someone('principal', world.units.schoolA, '校长兼专干')
  const once = await waiting(both)
  expect(once.length).toBeGreaterThan(0)
  const { posts } = await both.actor()
  const [post] = posts
  if (!post) throw new Error('no post')
  const actor = { ...(await both.actor()), posts: [post, { ...post, post: 'school-aid-officer' }] }
  const twice = await readToReview(world.program.services, world.program.registry, actor, { limit: 50 })
  expect(twice.records).toEqual(once)
})

test('the list goes on where it stopped, also among visits of one day, and refuses a made-up page', async () => {
  for (const child of world.children.a2) await write(officer, child, '2025-10-08')
  const ids = async (limit: number): Promise<string[]> => {
    const found: string[] = []
    let after: string | null = ''
    while (after !== null) {
      const query: Record<string, string | number> = { kind: 'home-visit', limit, ...(after ? { after } : {}) }
      const { body } = await world.call(officer, listMine, { query })
      found.push(...body.records.map(({ id }) => id))
      after = body.after
    }
    return found
  }
  const whole = await ids(50)
  expect(whole).toHaveLength(6)
  expect(await ids(2)).toEqual(whole)
  for (const after of ['["2025-02-30","x"]', '["2025-11-10","not-an-id"]', 'x'])
    expect((await world.call(officer, listMine, { query: { kind: 'home-visit', after } })).status).toBe(422)
})

test('the own list holds only what one wrote, of the kind asked for', async () => {
  const mine = async (who: Someone, kind: string) =>
    (await world.call(who, listMine, { query: { kind } })).body.records.map(({ authorName }) => authorName)
  expect(new Set(await mine(teacher, 'home-visit'))).toEqual(new Set(['班主任']))
  expect(await mine(teacher, 'talk')).toHaveLength(1)
  expect(await mine(stranger, 'home-visit')).toEqual([])
  expect(await mine(teacher, 'no-such-kind')).toEqual([])
  const auditor = await world.someone('auditor', world.units.county, '审计员')
  const refused = await world.call(auditor, listMine, { query: { kind: 'home-visit' } })
  expect(refused.body.refusal?.code).toBe('people.not-permitted')
})

test('whoever no longer teaches a student keeps the own record without the name', async () => {
  const former = await world.someone('class-teacher', world.units.classA2, '原班主任')
  const child = await world.child(world.units.classA2, '转班生')
  const id = await write(former, child, '2025-11-06')
  const line = async () =>
    (await world.call(former, listMine, { query: { kind: 'home-visit' } })).body.records.find((one) => one.id === id)
  expect(await line()).toMatchObject({ studentName: '转班生', students: 1 })
  const actor = await former.actor()
  const away = { ...actor, settings: { ...actor.settings, classes: '{}', lo1: '~', hi1: '~', lo2: '~', hi2: '~' } }
  const after = await readMine(world.program.services, world.program.registry, away, { kind: 'home-visit', limit: 50 })
  expect(after.records.find((one) => one.id === id)).toMatchObject({ studentName: null, className: null })
})

test('the fields of a form say under which heading they stand', async () => {
  const { kinds } = (await world.call(teacher, listRecordKinds)).body
  const visit = kinds.find(({ id }) => id === 'home-visit')
  const groupOf = (id: string) => visit?.fields.find((field) => field.id === id)?.group
  expect(['minutes', 'earners', 'guardian_words', 'measures'].map(groupOf)).toEqual([
    null,
    '家庭经济',
    '传递真情',
    '下一步',
  ])
})
