import { createHash } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '../actor.ts'
import { type Door, isCluster, openDoor } from './door.ts'
import { openPool } from './pool.ts'
import { sql } from './statement.ts'
import { freshDatabase, type TestDatabase } from './test-database.ts'

let database: TestDatabase
let owner: pg.Client
let people: pg.Pool
let door: Door
let reloaded: string[]

const idOf = (n: number): string => `00000000-0000-7000-8000-00000000000${n}`

const addActor = async (n: number, lo: string): Promise<Actor> => {
  const sessionHash = createHash('sha256').update(`session ${n}`).digest('hex')
  const settings = { lo1: lo, hi1: `${lo}~`, kinds1: '134', classes: `{"${lo}"}` }
  await owner.query(`insert into actor_settings (person_id, version, settings, posts) values ($1, 1, $2, '[]')`, [
    idOf(n),
    settings,
  ])
  await owner.query(
    `insert into sessions (token_hash, person_id, expires_at) values (decode($1, 'hex'), $2, now() + interval '1 day')`,
    [sessionHash, idOf(n)],
  )
  return { personId: idOf(n), name: `甲${n}`, sessionHash, version: 1, settings, posts: [] }
}

let one: Actor
let other: Actor

beforeAll(async () => {
  database = await freshDatabase()
  owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  one = await addActor(1, 'a.s1.')
  other = await addActor(2, 'a.s2.')
  // One connection only: whatever is left behind on it is met by the next.
  people = openPool(database.appUrl, 1, () => {})
  door = openDoor(people, people, async (actor) => {
    reloaded.push(actor.personId)
    return { ...actor, version: 1 }
  })
})
afterAll(async () => {
  await Promise.all([people.end(), owner.end()])
  await database.drop()
})

const whoAmI = sql`select current_user as role, current_setting('app.actor') as actor, current_setting('app.lo1') as lo,
  current_setting('app.classes') as classes, current_setting('app.session') as session`
const nobody = { actor: '00000000-0000-0000-0000-000000000000', lo: '~', classes: '{}', session: '' }
const asNobody = () => door.asGate((db) => db.first(whoAmI))

const seen = ({ personId, sessionHash, settings }: Actor) => ({
  role: 'app',
  actor: personId,
  lo: settings.lo1,
  classes: settings.classes,
  session: sessionHash,
})

test('what one person reads with is gone for the next on the same connection', async () => {
  expect(await door.readAsActor(one, whoAmI)).toEqual([seen(one)])
  expect(await asNobody()).toEqual({ role: 'gate', ...nobody })
  expect(await door.readAsActor(other, whoAmI)).toEqual([seen(other)])
  expect(await door.asActor(one, (db) => db.first(whoAmI))).toEqual(seen(one))
  expect(await asNobody()).toEqual({ role: 'gate', ...nobody })
})

test('the overlooker sees figures of the person’s first range, nothing about students, and is gone for the next', async () => {
  await owner.query('delete from sums')
  const figure = `insert into sums (school_id, measure, period, split, scope, secrecy, need) values (md5($1)::uuid, 1, '2026-01-01', 0, $1, 1, 3)`
  const inside = `${one.settings.lo1}s1.`
  for (const scope of [inside, 'zz.s1.']) await owner.query(figure, [scope])
  const asked = (text: string) => ({ text, asOverlooker: true })
  const figures = asked('select current_user as role, scope from sums')
  expect(await door.readAsActor(one, figures)).toEqual([{ role: 'overlooker', scope: inside }])
  // Without a range of one's own there is none to look over.
  expect(await door.readAsActor({ ...one, settings: {} }, figures)).toEqual([])
  expect(await door.readAsActor(one, whoAmI)).toEqual([seen(one)])
  for (const table of ['students', 'class_spells', 'records', 'people'])
    await expect(door.readAsActor(one, asked(`select from ${table}`))).rejects.toMatchObject({ code: '42501' })
  await expect(door.readAsActor(one, asked('update sums set need = 9'))).rejects.toMatchObject({ code: '42501' })
  await owner.query('delete from sums')
})

test('nothing of a person is left after a failure, however far it came', async () => {
  const fails = sql`select 1 / (select count(*)::int from units) as none`
  await expect(door.readAsActor(one, fails)).rejects.toMatchObject({ code: '22012' })
  expect(await asNobody()).toEqual({ role: 'gate', ...nobody })
  await expect(door.asActor(one, (db) => db.first(fails))).rejects.toMatchObject({ code: '22012' })
  expect(await asNobody()).toEqual({ role: 'gate', ...nobody })
  await expect(
    door.asActor(one, async (db) => {
      await db.first(sql`select set_config('role', 'counter', true)`)
      throw new Error('the work gave up')
    }),
  ).rejects.toThrow('gave up')
  expect(await door.readAsActor(other, whoAmI)).toEqual([seen(other)])
})

test('rights that changed are read anew before anything is answered, and a session that is over answers nothing', async () => {
  reloaded = []
  expect(await door.readAsActor({ ...one, version: 0 }, whoAmI)).toEqual([seen(one)])
  expect(await door.asActor({ ...one, version: 0 }, (db) => db.first(whoAmI))).toEqual(seen(one))
  expect(reloaded).toEqual([one.personId, one.personId])
  await expect(door.readAsActor({ ...one, sessionHash: '00' }, whoAmI)).rejects.toThrow()
})

const notes = async () =>
  (await owner.query('select action from audit_entries order by action')).rows.map((row) => row.action)
const note = (action: string, id = action) =>
  sql`insert into audit_entries (id, actor_id, action, outcome, scope) values (md5(${id})::uuid, ${one.personId}, ${action}, 'done', 'a.')`

test('work that ends with its last message is kept, and can send nothing after it', async () => {
  await owner.query('delete from audit_entries')
  await door.asActor(one, async (db, _actor, end) => {
    await db.first(whoAmI)
    const sent = [db.change(note('first')), db.change(note('second'))]
    end()
    await Promise.all(sent)
  })
  expect(await notes()).toEqual(['first', 'second'])
  await expect(
    door.asActor(one, async (db, _actor, end) => {
      const sent = db.change(note('third'))
      end()
      await sent
      await db.change(note('late'))
    }),
  ).rejects.toThrow('the transaction has ended')
  expect(await notes()).toEqual(['first', 'second', 'third'])
})

test('work that ends with a message that fails keeps nothing and is told why', async () => {
  await owner.query('delete from audit_entries')
  const twice = door.asActor(one, async (db, _actor, end) => {
    const sent = [db.change(note('first', 'same')), db.change(note('second', 'same'))]
    end()
    await Promise.all(sent)
  })
  await expect(twice).rejects.toMatchObject({ code: '23505', table: 'audit_entries' })
  expect(await notes()).toEqual([])
  expect(await asNobody()).toEqual({ role: 'gate', ...nobody })
})

const prepared = sql`select count(*)::int as many from pg_prepared_statements where statement like '%set\_config(''app.%'`

test('on a cluster each setting goes to the workers by a statement of its own', async () => {
  const pool = openPool(database.appUrl, 1, () => {})
  const cluster = openDoor(pool, pool, async (actor) => actor, true)
  expect(await cluster.readAsActor(one, whoAmI)).toEqual([seen(one)])
  expect(await cluster.asActor(other, (db) => db.first(whoAmI))).toEqual(seen(other))
  expect(await cluster.asGate((db) => db.first(whoAmI))).toEqual({ role: 'gate', ...nobody })
  expect(await cluster.readAsActor(one, prepared)).toEqual([{ many: 0 }])
  await pool.end()
  expect(await isCluster(door)).toBe(false)
  // The control: on one server they go as one.
  expect(await door.readAsActor(one, prepared)).toEqual([{ many: expect.toSatisfy((many: number) => many > 0) }])
})
