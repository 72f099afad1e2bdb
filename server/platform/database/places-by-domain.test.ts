import { createHash } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '../actor.ts'
import { maskOf } from '../kinds-mask.ts'
import { type Door, openDoor } from './door.ts'
import { placesByDomain } from './places-by-domain.ts'
import { openPool } from './pool.ts'
import { freshDatabase, type TestDatabase } from './test-database.ts'

let database: TestDatabase
let people: pg.Pool
let door: Door

const personId = '00000000-0000-7000-8000-000000000001'
const sessionHash = createHash('sha256').update('one session').digest('hex')
const [first, second] = ['00000000-0000-7000-8000-00000000000a', '00000000-0000-7000-8000-00000000000b']
const range = (n: 1 | 2, path: string, domains: readonly number[]) => ({
  [`lo${n}`]: path,
  [`hi${n}`]: `${path}~`,
  [`kinds${n}`]: maskOf(domains),
})

const actorWith = (settings: Actor['settings']): Actor => ({
  personId,
  name: '甲',
  sessionHash,
  version: 1,
  settings,
  posts: [],
})

beforeAll(async () => {
  database = await freshDatabase()
  const owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  await owner.query(`insert into actor_settings (person_id, version, settings, posts) values ($1, 1, '{}', '[]')`, [
    personId,
  ])
  await owner.query(
    `insert into sessions (token_hash, person_id, expires_at) values (decode($1, 'hex'), $2, now() + interval '1 day')`,
    [sessionHash, personId],
  )
  await owner.end()
  people = openPool(database.appUrl, 1, () => {})
  door = openDoor(people, people, async (actor) => actor)
})
afterAll(async () => {
  await people.end()
  await database.drop()
})

// Every place, student and domain, asked the long way (ranges, lists and domains) and the short way.
const asked = `select count(*) filter (where long)::int as seen, count(*) filter (where long is distinct from short)::int as other
  from (select
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << secrecy)) <> 0)
      or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << secrecy)) <> 0)
      or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << secrecy)) <> 0)
      or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << secrecy)) <> 0) as long,
    scope ^@ current_setting('app.at' || secrecy) or scope ^@ any(current_setting('app.more' || secrecy)::text[])
      or student_id = any(current_setting('app.of' || secrecy)::uuid[]) as short
    from unnest('{a.,a.s1.,a.s1.k1.,a.s1.k2.,a.s10.,a.s10.k1.,a.s2.,a.s2.k3.,a.s2.k4.,b.,b.s1.k1.,c.s1.}'::text[]) scope,
      unnest('{${first},${second}}'::uuid[]) student_id, generate_series(1, 7) secrecy) rows`

test.each([
  ['nobody’s', {}, 0],
  ['a school', range(1, 'a.s1.', [1, 2]), 3 * 2 * 2],
  ['two units with different domains', { ...range(1, 'a.s1.', [1, 2, 6]), ...range(2, 'a.s2.', [1, 4]) }, 3 * 2 * 5],
  [
    'a unit and three classes',
    { ...range(1, 'b.', [1]), classes: '{a.s1.k1.,a.s2.k3.,a.s10.k1.}', class_kinds: maskOf([1, 3, 7]) },
    2 * 2 + 3 * 2 * 3,
  ],
  ['one student', { students: `{${first}}`, list_kinds: maskOf([1, 5]) }, 12 * 2],
  ['an empty range', { lo1: '~', hi1: '~', kinds1: maskOf([1, 2]) }, 0],
])('[C13] the short way sees of %s places what ranges and lists say', async (_whose, settings, seen) => {
  expect(await door.readAsActor(actorWith(settings), { text: asked })).toEqual([{ seen, other: 0 }])
})

test('a range that is no path is refused, not asked for by its beginning', () => {
  expect(() => placesByDomain({ settings: { lo1: 'a.s1.', hi1: 'a.s3.', kinds1: '2' } })).toThrow('not a path')
})

test('what is open in no domain is still a place to stand at', () => {
  expect(placesByDomain({ settings: { lo1: 'a.', hi1: 'a.~', kinds1: '0' } })).toEqual([['at0', 'a.']])
})
