import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { getDesk, listDue } from '#contract/duties'
import { addRecord } from '#contract/records'
import { type Child, openWorld, type World } from '../test-world.ts'
import { closePeriods } from './close-periods.ts'
import { dutiesOfStudent } from './duties-of-student.ts'

let world: World
const hard: Child[] = []
beforeAll(async () => {
  world = await openWorld()
  for (const [unit, name] of [
    [world.units.classA1, '甲一'],
    [world.units.classA1, '甲二'],
    [world.units.classA2, '乙一'],
    [world.units.classB1, '丙一'],
  ] as const)
    hard.push(await world.child(unit, name, { family: { hardship_level: 1 } }))
  await world.classify(world.units.schoolA, world.units.schoolB)
})
afterAll(() => world.close())

const ruleOf = (ref: string) => world.program.registry.inForce(world.units.schoolA.path, world.day).dutyNumber(ref)
const visit = (child: Child) => ({
  id: uuidv7(),
  kind: 1,
  studentIds: [child.id],
  actDate: '2025-11-10',
  mode: 1,
  fields: {},
})

test('a class teacher sees the own class only, and a visit moves the desk [T7]', async () => {
  const teacher = await world.someone('class-teacher', world.units.classA1)
  const visits = async () =>
    (await world.call(teacher, getDesk)).body.groups.filter(({ rule }) => rule === ruleOf('jiangsu/home-visit'))
  expect(await visits()).toMatchObject([
    { title: '家访', need: 2, done: 0, vacant: false, state: 'soon', recordKind: 1 },
  ])
  const [child] = hard as [Child]
  await world.call(teacher, addRecord, { params: { schoolId: child.schoolId }, body: visit(child) })
  expect(await visits()).toMatchObject([{ need: 2, done: 1 }])
  const due = await world.call(teacher, listDue, { params: { rule: ruleOf('jiangsu/home-visit') } })
  expect(due.body.students).toMatchObject([{ name: '甲二', className: '2023级1班', ownerName: 'class-teacher甲' }])
})

test('a duty of a vacant post passes to the next one up and says so [T7]', async () => {
  const officer = await world.someone('school-aid-officer', world.units.schoolA)
  const desk = await world.call(officer, getDesk)
  const passed = desk.body.groups.filter(({ rule, vacant }) => rule === ruleOf('jiangsu/home-visit') && vacant)
  // Class one has its teacher; class two has nobody.
  expect(passed).toMatchObject([{ need: 1, done: 0 }])
  expect(passed[0]?.because).toContain('班主任')
  const due = await world.call(officer, listDue, { params: { rule: ruleOf('jiangsu/home-visit') } })
  expect(due.body.students.map(({ name }) => name)).toEqual(['乙一'])
  const own = desk.body.groups.filter(({ rule }) => rule === ruleOf('jiangsu/growth-reward'))
  expect(own).toMatchObject([{ need: 3, done: 0, vacant: false }])
})

test('a list of what is due goes on where it stopped', async () => {
  const principal = await world.someone('principal', world.units.schoolA)
  const ask = (after?: string) =>
    world.call(principal, listDue, {
      params: { rule: ruleOf('jiangsu/growth-reward') },
      query: { unit: world.units.schoolA.id, limit: 2, ...(after ? { after } : {}) },
    })
  const first = await ask()
  expect(first.body.students.map(({ name }) => name)).toEqual(['甲二', '甲一'])
  const second = await ask(first.body.after ?? '')
  expect(second.body.students.map(({ name }) => name)).toEqual(['乙一'])
  expect(second.body.after).toBeNull()
})

test('another school gets none of it, neither by its own list nor by the unit of this one', async () => {
  const stranger = await world.someone('class-teacher', world.units.classB1, '外校')
  const own = await world.call(stranger, listDue, { params: { rule: ruleOf('jiangsu/home-visit') } })
  expect(own.body.students.map(({ name }) => name)).toEqual(['丙一'])
  const asked = await world.call(stranger, listDue, {
    params: { rule: ruleOf('jiangsu/home-visit') },
    query: { unit: world.units.schoolA.id },
  })
  expect(asked.body.students).toEqual([])
})

test('the student page says what is due, by when and from whom', async () => {
  const teacher = await world.someone('class-teacher', world.units.classA2, '二班班主任')
  const actor = await teacher.actor()
  const lines = await dutiesOfStudent(world.program.services, world.program.plans, actor, {
    schoolPath: world.units.schoolA.path,
    schoolId: world.units.schoolA.id,
    studentId: (hard[2] as Child).id,
    hasEvents: false,
    holders: { 'class-teacher': '二班班主任', principal: '校长' },
    classes: ['national/hardship'],
    progress: [],
    today: world.day,
  })
  expect(lines.map(({ title }) => title)).toEqual(['成长奖励', '成长档案'])
  expect(lines.find(({ title }) => title === '成长档案')).toMatchObject({
    dueOn: '2026-08-31',
    state: 'soon',
    need: 4,
    post: '班主任',
    ownerName: '二班班主任',
  })
})

test('a period freezes with the names missed once its days of grace are over, and stays so', async () => {
  await world.owner.query(`update class_spells set since = '2025-01-01'`)
  const close = () =>
    world.program.services.door.asJob('classifier', (db) => closePeriods(db, world.program.plans, '2026-09-20'))
  expect(await close()).toBeGreaterThan(0)
  const { rows } = await world.owner.query(
    `select need, met, missed from closed_periods where school_id = $1 and rule = $2`,
    [world.units.schoolA.id, ruleOf('jiangsu/home-visit')],
  )
  expect(rows).toEqual([
    { need: 3, met: 1, missed: expect.arrayContaining([(hard[1] as Child).id, (hard[2] as Child).id]) },
  ])
  expect(await close()).toBe(0)
})

test('[X7] doubtful rows of a list handed in wait for the county officer, and for nobody at a school', async () => {
  const { county, schoolA } = world.units
  const hand = async (state: string, doubtful: number): Promise<string> => {
    const id = uuidv7()
    await world.owner.query(
      `insert into imports (id, unit_id, scope, secrecy, file_name, file_digest, byte_size, state, counts, created_by, created_by_name)
       values ($1, $2, $3, 2, '名单.xlsx', '\\x00', 1, $4, $5, $6, '数据中心')`,
      [id, county.id, county.path, state, JSON.stringify({ doubtful }), uuidv7()],
    )
    return id
  }
  const officer = await world.someone('county-aid-officer', county)
  const principal = await world.someone('principal', schoolA)
  const waiting = async (who: typeof officer) =>
    (await world.call(who, getDesk)).body.waiting.filter(({ kind }) => kind === 'match')
  await hand('previewed', 5)
  await hand('committed', 0)
  expect(await waiting(officer)).toEqual([])
  const importId = await hand('committed', 8)
  expect(await waiting(officer)).toMatchObject([{ count: 8, to: `/imports/${importId}/matches` }])
  await hand('committed', 2)
  expect(await waiting(officer)).toMatchObject([{ count: 10, to: '/imports' }])
  expect(await waiting(principal)).toEqual([])
})
