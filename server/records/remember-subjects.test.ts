import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { changeUnit } from '#contract/organisations'
import { addRecord } from '#contract/records'
import { type Child, openWorld, type Someone, type World } from '../test-world.ts'

let world: World
let teacher: Someone
let beside: Someone
let stranger: Someone
beforeAll(async () => {
  world = await openWorld()
  teacher = await world.someone('class-teacher', world.units.classA1)
  beside = await world.someone('class-teacher', world.units.classA2)
  stranger = await world.someone('principal', world.units.schoolB, '外校校长')
})
afterAll(() => world.close())

const add = async (who: Someone, child: Pick<Child, 'id' | 'schoolId'>, id = uuidv7()) => {
  const body = { id, kind: 1, studentIds: [child.id], actDate: '2025-11-10', mode: 1, fields: { earners: 1 } }
  const { status, body: answer } = await world.call(who, addRecord, { params: { schoolId: child.schoolId }, body })
  return { status, code: answer.refusal?.code }
}

const scopes = async (id: string) =>
  (
    await world.owner.query(
      'select r.scope, s.scope as subject from records r join record_subjects s on s.record_id = r.id where r.id = $1',
      [id],
    )
  ).rows

const move = async (child: Child, path: string): Promise<void> => {
  await world.owner.query('begin')
  for (const table of ['record_subjects', 'duty_progress', 'class_spells', 'classified'])
    await world.owner.query(`update ${table} set scope = $1 where student_id = $2`, [path, child.id])
  for (const domain of ['general', 'family', 'groups', 'health', 'psychology', 'protection', 'schooling'])
    await world.owner.query(`update facts_${domain} set scope = $1 where student_id = $2`, [path, child.id])
  await world.owner.query('update students set scope = $1 where id = $2', [path, child.id])
  await world.owner.query('commit')
}

test('[G3] a child known from one teacher’s records is to a stranger as if there were none', async () => {
  const child = await world.child(world.units.classA1, '记过的')
  expect((await add(teacher, child)).status).toBe(200)
  const id = uuidv7()
  const nobody = await add(stranger, { ...child, id: uuidv7() })
  expect(await add(stranger, child, id)).toEqual(nobody)
  expect(nobody.status).toBe(404)
  expect(await scopes(id)).toEqual([])
  expect((await add(teacher, child)).status).toBe(200)
})

test('a child who changed class since the last record is recorded where it is now, and by who is there now', async () => {
  const child = await world.child(world.units.classA1, '换班的')
  expect((await add(teacher, child)).status).toBe(200)
  await move(child, world.units.classA2.path)
  const id = uuidv7()
  expect(await add(beside, child, id)).toEqual({ status: 200 })
  expect(await scopes(id)).toEqual([{ scope: world.units.classA2.path, subject: world.units.classA2.path }])
  expect((await add(teacher, child)).status).toBe(404)
})

test('a child who left since the last record is refused for a day after, and let in again once that is undone', async () => {
  const child = await world.child(world.units.classA1, '离校的')
  expect((await add(teacher, child)).status).toBe(200)
  await world.owner.query(`update students set left_on = '2025-11-05' where id = $1`, [child.id])
  const id = uuidv7()
  expect((await add(teacher, child, id)).code).toBe('records.act-date')
  expect(await scopes(id)).toEqual([])
  await world.owner.query('update students set left_on = null where id = $1', [child.id])
  expect((await add(teacher, child)).status).toBe(200)
})

test('a record of several children is kept back when one of them changed class since, and let in without', async () => {
  const [one, two] = [
    await world.child(world.units.classA1, '留下的'),
    await world.child(world.units.classA1, '换走的'),
  ]
  for (const child of [one, two]) expect((await add(teacher, child)).status).toBe(200)
  await move(two, world.units.classA2.path)
  const reward = async (children: readonly Child[]) => {
    const fields = { form: 1, way: 1, title: '勤学奖' }
    const studentIds = children.map(({ id }) => id)
    const body = { id: uuidv7(), kind: 3, studentIds, actDate: '2025-11-10', mode: null, fields }
    const { status } = await world.call(teacher, addRecord, { params: { schoolId: one.schoolId }, body })
    return { status, stored: (await scopes(body.id)).length }
  }
  expect(await reward([two, one])).toEqual({ status: 404, stored: 0 })
  expect(await reward([one])).toEqual({ status: 200, stored: 1 })
})

const waitingForSchool = async (): Promise<number> => {
  const { rows } = await world.owner.query(`select count(*)::int as many from pg_locks
    where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())`)
  return rows[0].many
}

test('[C12] a record of one child and one of several wait while the figures of their school are counted anew', async () => {
  const both = [await world.child(world.units.classA1, '等的'), await world.child(world.units.classA1, '同等的')]
  const record = async (children: readonly Child[]) => {
    const fields = { form: 1, way: 1, title: '勤学奖' }
    const studentIds = children.map(({ id }) => id)
    const body = { id: uuidv7(), kind: 3, studentIds, actDate: '2025-11-10', mode: null, fields }
    return (await world.call(teacher, addRecord, { params: { schoolId: children[0]?.schoolId ?? '' }, body })).status
  }
  const groups = [both.slice(0, 1), both]
  // Known from here on: nothing is read before the statement that writes.
  for (const group of groups) expect(await record(group)).toBe(200)
  await world.owner.query('begin')
  await world.owner.query(`select pg_advisory_xact_lock(hashtextextended($1, 7))`, [both[0]?.schoolId])
  let counted = false
  const early: number[] = []
  const answers = groups.map(async (group) => {
    const status = await record(group)
    if (!counted) early.push(status)
  })
  // On a slow machine one may give up waiting for the lock: that is no success either.
  await expect.poll(async () => early.length + (await waitingForSchool()), { timeout: 60_000 }).toBeGreaterThan(1)
  counted = true
  await world.owner.query('commit')
  await Promise.all(answers)
  expect(early).not.toContain(200)
  for (const group of groups) expect(await record(group)).toBe(200)
})

test('[T2] a child whose school moved since the last record is recorded where the school stands now', async () => {
  const child = await world.child(world.units.classA1, '随校迁的')
  expect((await add(teacher, child)).status).toBe(200)
  const there = uuidv7()
  const path = `${world.units.city.path}d.`
  await world.owner.query(
    `insert into units (id, parent_id, path, kind, name) values ($1, $2, $3, 'county', '河东县')`,
    [there, world.units.city.id, path],
  )
  const mover = await world.someone('administrator', world.units.city)
  const moved = await world.call(mover, changeUnit, {
    params: { unitId: world.units.schoolA.id },
    body: { change: 'moved', parentId: there, on: '2025-11-12' },
  })
  expect(moved.status).toBe(200)
  const id = uuidv7()
  expect(await add(teacher, child, id)).toEqual({ status: 200 })
  const now = `${path}s1.k1.`
  expect(await scopes(id)).toEqual([{ scope: now, subject: now }])
})
