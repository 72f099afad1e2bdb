import { afterAll, beforeAll, expect, test } from 'vitest'
import { findLabellingWord } from '#contract/platform'
import { demoAccounts } from '#server/people'
import { openWorld, type World } from '../../test-world.ts'
import { loadDemonstrationCounty } from './load-county.ts'
import * as words from './words-of-care.ts'

let world: World
const told: string[] = []

beforeAll(async () => {
  world = await openWorld('2025-11-20')
  const { services, registry, served } = world.program
  await loadDemonstrationCounty({ services, registry }, served, (line) => void told.push(line))
})
afterAll(() => world?.close())

const many = async (text: string): Promise<number> =>
  (await world.owner.query<{ many: number }>(text)).rows[0]?.many ?? -1
// The test world already has a county of this name, with fifteen children of its own.
const demo = `(select path from units where kind = 'county' and name = '临湖县')`
const ownChildren = 15

test('the demonstration lives: recognised students, listed students with and without a mentor, schools with and without a centre', async () => {
  expect(told).toHaveLength(10)
  const below = `scope ^@ ${demo}`
  expect(await many(`select count(*)::int as many from students where ${below}`)).toBe(2274 + ownChildren)
  expect(await many(`select count(*)::int as many from recognitions where ${below}`)).toBeGreaterThan(50)
  const listed = await many(`select count(*)::int as many from key_listings where ${below} and until_date is null`)
  const paired = await many(
    `select count(distinct student_id)::int as many from pairings where ${below} and until_date is null`,
  )
  expect(listed).toBeGreaterThan(10)
  expect(paired).toBeGreaterThan(5)
  expect(paired).toBeLessThan(listed)
  expect(await many(`select count(*)::int as many from bodies where ${below}`)).toBe(8)
  expect(
    await many(`select count(*)::int as many from units where path ^@ ${demo} and school_id = id and urban is null`),
  ).toBe(0)
})

test('[C9 C14 C15 C25] some weeks are lived: each kind of record is there, part is reviewed, one is corrected, much is left', async () => {
  const ofThisYear = `from records where scope ^@ ${demo} and act_date >= '2025-09-01' and withdrawn_at is null`
  const kinds = await world.owner.query<{ kind: number }>(`select distinct kind ${ofThisYear} order by kind`)
  expect(kinds.rows.map(({ kind }) => kind)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  expect(await many(`select count(*)::int as many ${ofThisYear} and superseded_by is not null`)).toBe(1)
  expect(await many(`select count(*)::int as many ${ofThisYear} and reviewed_at is not null`)).toBeGreaterThan(20)
  const recognised = await many(
    `select count(distinct student_id)::int as many from recognitions where scope ^@ ${demo} and ended_on is null`,
  )
  const visited = await many(
    `select count(distinct student_id)::int as many ${ofThisYear} and kind = 1 and mode = 1 and superseded_by is null`,
  )
  expect(visited / recognised).toBeGreaterThan(0.3)
  expect(visited / recognised).toBeLessThan(0.5)
})

test('[C24] nothing that the made-up people write labels a child', () => {
  const written = JSON.stringify([words.visits, words.calls, words.traits, words.rewards, words.talks, words.sessions])
  expect(findLabellingWord(written)).toBeUndefined()
})

test('[T7] each role of the demonstration has a sign-in', async () => {
  const { accounts } = await demoAccounts({ ...world.program.services, demo: true })
  expect(accounts.length).toBeGreaterThanOrEqual(6)
})

test('[X9 C8 C19 G4] work waits at each desk: requests of a round, an objection, a request for care, a sudden change', async () => {
  const { rows } = await world.owner.query<{ line: string }>(
    `select flow || ' ' || state || ' ' || count(*) as line from flow_cases
     where place ^@ ${demo} and flow not in ('recognition', 'key-listing') group by flow, state order by 1`,
  )
  expect(rows.map(({ line }) => line)).toEqual([
    'care-listing confirming 1',
    'emergency-aid reported 1',
    'recognition-objection open 1',
    'recognition-round announcement 1',
    'recognition-round class-review 2',
    'recognition-round deciding 1',
    'recognition-round school-review 1',
  ])
  const desks = await world.owner.query<{ post: string }>(
    `select distinct split_part(t.desk, '~', 2) as post from flow_tasks t join flow_cases c on c.school_id = t.school_id and c.id = t.case_id
     where c.place ^@ ${demo} and t.closed_at is null and t.desk is not null order by 1`,
  )
  expect(desks.rows.map(({ post }) => post)).toEqual(
    expect.arrayContaining(['class-teacher', 'county-aid-officer', 'principal', 'school-aid-officer']),
  )
})

test('[G3] no session of those who lived in it stays open', async () => {
  expect(await many(`select count(*)::int as many from sessions`)).toBe(0)
})

test('[C12] the figures of the loaded county equal a full count of its students', async () => {
  const wrong = await many(`select count(*)::int as many from classified c where c.scope ^@ ${demo}
    and not exists (select from students s where s.school_id = c.school_id and s.id = c.student_id and s.status = 1)`)
  expect(wrong).toBe(0)
  expect(await many(`select count(*)::int as many from sums where scope ^@ ${demo}`)).toBeGreaterThan(0)
})
