import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { getCoverage, getCoverageSplits, listMissing } from '#contract/counts'
import { addRecord } from '#contract/records'
import { type Child, openWorld, type Someone, type World } from '../test-world.ts'

let world: World
let officer: Someone
let principal: Someone
const hard: Child[] = []
beforeAll(async () => {
  world = await openWorld()
  const { classA1, classA2, classB1, county, schoolA } = world.units
  officer = await world.someone('county-aid-officer', county)
  principal = await world.someone('principal', schoolA)
  for (const [unit, name] of [
    [classA1, '甲一'],
    [classA1, '甲二'],
    [classA2, '乙一'],
    [classB1, '丙一'],
  ] as const)
    hard.push(await world.child(unit, name, { family: { hardship_level: 1 } }))
  await world.classify(schoolA, world.units.schoolB)
  const [one, two, three, four] = hard as [Child, Child, Child, Child]
  const since = (child: Child, day: string) =>
    world.owner.query('update class_spells set since = $2 where student_id = $1', [child.id, day])
  await since(one, '2025-09-01')
  await since(two, '2025-09-01')
  await since(three, '2025-10-15')
  await since(four, '2025-09-01')
  // The second left the class in November.
  await world.owner.query(`update class_spells set until = '2025-11-10' where student_id = $1`, [two.id])
  await world.owner.query('update facts_family set hardship_level = 3 where student_id = $1', [two.id])
  await world.classify(schoolA)
  const boss = await world.someone('principal', world.units.schoolB)
  const add = async (
    who: Someone,
    child: Child,
    kind: number,
    actDate: string,
    fields: Record<string, string | number>,
    mode: number | null,
  ) => {
    const body = { id: uuidv7(), kind, studentIds: [child.id], actDate, mode, fields }
    const answer = await world.call(who, addRecord, { params: { schoolId: child.schoolId }, body })
    expect(answer.status).toBe(200)
  }
  await add(principal, one, 1, '2025-09-20', {}, 1)
  await add(principal, two, 1, '2025-10-20', {}, 1)
  await add(principal, three, 1, '2025-11-05', {}, 1)
  await add(boss, four, 1, '2025-06-05', {}, 1)
  // The archive: one part a month; complete on the day of the last.
  await add(principal, one, 8, '2025-10-05', { goals: '升学' }, null)
  await add(principal, one, 3, '2025-11-12', { form: 1, way: 1, title: '奖' }, null)
})
afterAll(() => world?.close())

const figures = async (who: Someone, unit: { id: string }, on?: string) =>
  (await world.call(who, getCoverage, { params: { unitId: unit.id }, query: on ? { on } : {} })).body

test.each([
  ['2025-08-31', [0, 0], [0, 0]],
  ['2025-09-19', [3, 0], [3, 0]],
  ['2025-09-20', [3, 1], [3, 0]],
  ['2025-10-14', [3, 1], [3, 0]],
  ['2025-10-15', [4, 1], [4, 0]],
  ['2025-10-20', [4, 2], [4, 0]],
  ['2025-11-05', [4, 3], [4, 0]],
  ['2025-11-10', [3, 2], [3, 0]],
  ['2025-11-12', [3, 2], [3, 1]],
  ['2025-11-19', [3, 2], [3, 1]],
] as const)(
  '[C12] as of %s the county stood at %j visited and %j with a whole archive',
  async (on, visits, archives) => {
    const { total, asOf, coverages } = await figures(officer, world.units.county, on)
    expect(asOf).toBe(on)
    const of = (number: string) => [total[number]?.need, total[number]?.met]
    expect(of('2')).toEqual(visits)
    expect(of('4')).toEqual(archives)
    expect(coverages.find(({ id }) => id === 2)?.namesOpen).toBe(true)
  },
)

test('a school, its classes and the county agree on a day gone by, and yesterday stands as today where nothing happened since', async () => {
  const on = '2025-11-06'
  const county = await figures(officer, world.units.county, on)
  const school = await figures(principal, world.units.schoolA, on)
  const row = county.rows.find(({ unitId }) => unitId === world.units.schoolA.id)
  expect(row?.figures['2']).toEqual(school.total['2'])
  const met = school.rows.reduce((sum, { figures: its }) => sum + (its['2']?.met ?? 0), 0)
  expect(met).toBe(school.total['2']?.met)
  const [yesterday, today] = [
    await figures(officer, world.units.county, '2025-11-19'),
    await figures(officer, world.units.county),
  ]
  for (const number of ['2', '3', '4', '6']) expect(yesterday.total[number]).toEqual(today.total[number])
})

test('a day gone by opens no more than today: a teacher of another school sees nothing, a day to come is today', async () => {
  const stranger = await world.someone('class-teacher', world.units.classB1, '外校')
  const refused = await world.call(stranger, getCoverage, {
    params: { unitId: world.units.schoolA.id },
    query: { on: '2025-10-20' },
  })
  expect(refused.status).toBe(404)
  expect((await figures(officer, world.units.county, '2026-05-01')).asOf).toBe(world.day)
})

const missing = async (who: Someone, unit: { id: string }, coverage: number, on?: string) => {
  const query = { limit: 50, ...(on && { on }) }
  return world.call(who, listMissing, { params: { unitId: unit.id, coverage }, query })
}

test.each([
  ['2025-09-19', ['甲一', '甲二', '丙一']],
  ['2025-09-20', ['甲二', '丙一']],
  ['2025-10-15', ['甲二', '乙一', '丙一']],
  ['2025-10-20', ['乙一', '丙一']],
  ['2025-11-05', ['丙一']],
] as const)('[C12] who was still missing on %s is told by name, with the class of that day', async (on, names) => {
  const { status, body } = await missing(officer, world.units.county, 2, on)
  expect(status).toBe(200)
  expect(body.students.map(({ name }) => name).toSorted()).toEqual([...names].toSorted())
  expect(body.total).toBe(names.length)
  const { total } = await figures(officer, world.units.county, on)
  expect((total['2']?.need ?? 0) - (total['2']?.met ?? 0)).toBe(names.length)
  const audits = await world.owner.query(
    `select detail from audit_entries where action = 'counts.list-missing' and detail ->> 'on' = $1`,
    [on],
  )
  expect(audits.rows).toMatchObject([{ detail: { coverage: 2, total: names.length, on } }])
})

test('[G3] names of a day gone by are open to the same posts, and each sees the own school', async () => {
  expect(
    (await missing(principal, world.units.schoolA, 2, '2025-10-15')).body.students.map(({ name }) => name),
  ).toEqual(['甲二', '乙一'])
  const teacher = await world.someone('class-teacher', world.units.classA1, '班主任甲')
  const own = await missing(teacher, world.units.classA1, 2, '2025-10-15')
  expect(own.body.students.map(({ name }) => name)).toEqual(['甲二'])
  const careers = await world.someone('careers-teacher', world.units.schoolA, '就业')
  expect((await missing(careers, world.units.schoolA, 2, '2025-10-15')).status).toBeGreaterThanOrEqual(403)
})

test('[T2] a coverage of a day gone by is split, and the parts add up to the whole', async () => {
  const split = async (on?: string) =>
    (
      await world.call(officer, getCoverageSplits, {
        params: { unitId: world.units.county.id, coverage: 2 },
        query: on ? { on } : {},
      })
    ).body.groups
  const sumOf = (groups: Awaited<ReturnType<typeof split>>, by: string) => {
    const rows = groups.find((group) => group.by === by)?.rows ?? []
    return [rows.reduce((sum, { need }) => sum + need, 0), rows.reduce((sum, { met }) => sum + met, 0)]
  }
  const then = await split('2025-10-20')
  expect(sumOf(then, 'stage')).toEqual([4, 2])
  expect(await split('2025-11-19')).toEqual(await split())
})
