import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { getDesk, listDue } from '#contract/duties'
import { getStudentOn, uploadPack } from '#contract/policies'
import { addRecord, withdrawRecord } from '#contract/records'
import { getStudent } from '#contract/students'
import { type Child, openWorld, type Someone, type World } from '../test-world.ts'
import { linhuPack } from './linhu-pack.fixture.ts'

let world: World
let teacher: Someone
let officer: Someone
let child: Child
beforeAll(async () => {
  world = await openWorld()
  const county = await world.someone('county-aid-officer', world.units.county)
  const params = { unitId: world.units.county.id }
  expect((await world.call(county, uploadPack, { params, body: { files: linhuPack() } })).body.refusal).toBeUndefined()
  await world.owner.query(
    `insert into pack_adoptions (id, unit_id, unit_path, issuer, version, from_date) values ($1, $2, $3, 'linhu', '1.0.0', '2025-09-01')`,
    [uuidv7(), world.units.county.id, world.units.county.path],
  )
  await world.program.registry.refresh()
  teacher = await world.someone('class-teacher', world.units.classA1)
  officer = await world.someone('school-aid-officer', world.units.schoolA)
  child = await world.child(world.units.classA1, '甲一', { family: { hardship_level: 1 } })
  await world.child(world.units.classA1, '甲二', { family: { hardship_level: 3 } })
  await world.classify(world.units.schoolA, world.units.schoolB)
})
afterAll(() => world?.close())

const add = async (
  who: Someone,
  of: Child,
  kind: number,
  actDate: string,
  fields: Record<string, string | number>,
  mode: number | null = null,
) => {
  const id = uuidv7()
  const params = { schoolId: of.schoolId }
  const answer = await world.call(who, addRecord, {
    params,
    body: { id, kind, studentIds: [of.id], actDate, mode, fields },
  })
  expect(answer.status).toBe(200)
  return id
}
const change = (of: Child, on: string) => add(teacher, of, 6, on, { sort: 3, what: '经过' })
const visit = (of: Child, on: string) => add(teacher, of, 1, on, { household_note: '看过' }, 1)
const groups = async (who: Someone, title: string) =>
  (await world.call(who, getDesk)).body.groups.filter((group) => group.title === title)
const lines = async (who: Someone, of: Child, title: string) =>
  (await world.call(who, getStudent, { params: { schoolId: of.schoolId, studentId: of.id } })).body.duties.filter(
    (line) => line.title === title,
  )

test('[G14 X8] what a record says makes a duty due by the working days of the calendar, for those it is for, on the desk of whoever owes it', async () => {
  const other = world.children.a1[0] as Child
  expect(await groups(teacher, '及时走访')).toEqual([])
  const event = await change(child, '2025-11-19')
  await change(other, '2025-11-19')
  const [group, ...rest] = await groups(teacher, '及时走访')
  expect(rest).toEqual([])
  // Wednesday and three working days: Monday.
  expect(group).toMatchObject({ need: 1, done: 0, dueOn: '2025-11-24', state: 'soon', recordKind: 1, vacant: false })
  expect(group?.periodLabel).toBe('发生后3个工作日内,最早一件应在11月24日前')
  const due = await world.call(teacher, listDue, { params: { rule: group?.rule ?? 0 } })
  expect(due.body).toMatchObject({ title: '及时走访', recordKind: 1 })
  expect(due.body.students).toMatchObject([{ name: '甲一', asked: '11月19日发生,应在11月24日前' }])
  expect(await lines(teacher, child, '及时走访')).toMatchObject([
    {
      dueOn: '2025-11-24',
      state: 'soon',
      need: 1,
      done: 0,
      post: '班主任',
      ownerName: 'class-teacher甲',
      event: { recordId: event, on: '2025-11-19', settledBy: null, settledOn: null, late: false },
    },
  ])
})

test('the record that settles it is told, and it leaves the desk; withdrawn, it is due again', async () => {
  const done = await visit(child, '2025-11-20')
  expect(await groups(teacher, '及时走访')).toEqual([])
  expect(await lines(teacher, child, '及时走访')).toMatchObject([
    { state: 'done', done: 1, event: { settledBy: done, settledOn: '2025-11-20', late: false } },
  ])
  const params = { schoolId: child.schoolId, recordId: done }
  await world.call(teacher, withdrawRecord, { params, body: { reason: '记错了' } })
  expect(await groups(teacher, '及时走访')).toMatchObject([{ need: 1, state: 'soon' }])
})

test('[G14] hours are told by the hour; a vacant post passes it up; too late is overdue, then missed, and what comes later is late', async () => {
  await world.owner.query(`update appointments set until_date = '2025-11-01' where person_id = $1`, [officer.personId])
  const principal = await world.someone('principal', world.units.schoolA)
  await add(principal, child, 6, '2025-11-10', { sort: 4, what: '住院' })
  const [group] = await groups(principal, '及时帮助')
  expect(group).toMatchObject({ state: 'overdue', vacant: true, need: 1, dueOn: '2025-11-11' })
  expect(group?.periodLabel).toBe('发生后24小时内,最早一件应在11月12日00:00前')
  const old = await world.child(world.units.classA1, '乙一', { family: { hardship_level: 1 } })
  await world.classify(world.units.schoolA)
  await change(old, '2025-10-13')
  expect(await lines(principal, old, '及时走访')).toMatchObject([{ state: 'missed', dueOn: '2025-10-16' }])
  await visit(old, '2025-11-19')
  expect(await lines(principal, old, '及时走访')).toMatchObject([{ state: 'done', event: { late: true } }])
})

test('[T1] as of a day gone by, what was due then is shown as it stood then', async () => {
  const principal = await world.someone('principal', world.units.schoolA, '另一位')
  const of = await world.child(world.units.classA1, '丙一', { family: { hardship_level: 1 } })
  await world.classify(world.units.schoolA)
  await world.owner.query(`update class_spells set since = '2025-09-01' where student_id = $1`, [of.id])
  await change(of, '2025-11-03')
  await visit(of, '2025-11-05')
  const on = async (day: string) =>
    (
      await world.call(principal, getStudentOn, {
        params: { schoolId: of.schoolId, studentId: of.id },
        query: { on: day },
      })
    ).body.duties
      .filter(({ title }) => title === '及时走访')
      .map(({ met, need }) => ({ met, need }))
  expect(await on('2025-11-02')).toEqual([])
  expect(await on('2025-11-04')).toEqual([{ met: false, need: 1 }])
  expect(await on('2025-11-06')).toEqual([{ met: true, need: 1 }])
})

test('another school learns nothing of it', async () => {
  const stranger = await world.someone('class-teacher', world.units.classB1, '外校')
  const rule = world.program.registry.inForce(world.units.schoolA.path, world.day).dutyNumber('linhu/after-change')
  const asked = await world.call(stranger, listDue, { params: { rule }, query: { unit: world.units.schoolA.id } })
  expect(asked.body.students).toEqual([])
  const own = await world.call(stranger, listDue, { params: { rule } })
  expect(own.body.students).toEqual([])
  const { rows } = await world.owner.query('select count(*)::int as n from event_duties')
  expect(rows[0].n).toBeGreaterThan(3)
  const seen = await world.program.services.door.readAsActor<{ n: number }>(await stranger.actor(), {
    text: 'select count(*)::int as n from event_duties',
    values: [],
  })
  expect(seen).toEqual([{ n: 0 }])
})
