import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test } from 'vitest'
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
