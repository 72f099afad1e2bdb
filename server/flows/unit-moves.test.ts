import { uuidv7 } from 'uuidv7'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { getCase, listBox, openCase } from '#contract/flows'
import { changeUnit } from '#contract/organisations'
import { type Child, openWorld, type Someone, type Unit, type World } from '../test-world.ts'
import { strayTasks } from './stray-tasks.fixture.ts'

/** A school goes to another county, then into another school: what waits, secret or not, goes along to the last path. */
let world: World
let child: Child
let teacher: Someone
let officer: Someone
let city: Someone
let other: Unit
let listed: string
let report: string

beforeAll(async () => {
  world = await openWorld('2025-11-20')
  const { units, owner } = world
  other = { id: uuidv7(), path: 'a.t.d.', name: '望湖区' }
  await owner.query(`insert into units (id, parent_id, path, kind, name) values ($1, $2, $3, 'county', $4)`, [
    other.id,
    units.city.id,
    other.path,
    other.name,
  ])
  child = world.children.a1[0] as Child
  teacher = await world.someone('class-teacher', units.classA1)
  officer = await world.someone('school-aid-officer', units.schoolA)
  await world.someone('county-aid-officer', units.county)
  await world.someone('county-aid-officer', other)
  city = await world.someone('administrator', units.city)
  listed = await open('care-listing', 'request', child.id, { facts: '常独自哭泣', care: '每周谈心' })
  report = await open('mistreatment', 'send', null, {
    what: 1,
    person: '张某',
    facts: '用尺子打手',
    child: child.name,
    danger: 1,
  })
})
afterAll(() => world.close())
afterEach(async () => {
  // The inbox reads tasks alone: they say what their case says, wherever units went.
  expect(await strayTasks(world.owner)).toEqual([])
})

const open = async (flow: string, move: string, studentId: string | null, content: object): Promise<string> => {
  const id = uuidv7()
  const { status, body } = await world.call(teacher, openCase, {
    params: { schoolId: child.schoolId },
    body: { id, flow, move, stepId: uuidv7(), studentId, content: content as Record<string, string> },
  })
  expect(status, JSON.stringify(body)).toBe(200)
  return id
}

const standing = async (caseId: string) =>
  (
    await world.owner.query<{ scope: string; place: string; desks: string[]; desk: string | null; taskScope: string }>(
      `select c.scope, c.place, c.desks, t.desk, t.scope as "taskScope" from flow_cases c
       left join flow_tasks t on t.case_id = c.id and t.closed_at is null where c.id = $1`,
      [caseId],
    )
  ).rows[0]

// Every text of every table but those that tell what was: nothing says the old path any more.
const leftBehind = async (path: string): Promise<string[]> => {
  const { rows } = await world.owner.query<{ table: string; column: string }>(
    `select table_name as table, column_name as column from information_schema.columns
     where table_schema = 'public' and table_name not in ('audit_entries', 'unit_history')
       and column_name <> 'done_in' and (collation_name = 'C' or column_name = 'desks')`,
  )
  const found: string[] = []
  for (const { table, column } of rows) {
    const left = await world.owner.query(
      `select 1 from ${table} where ${column}::text ~ ('(^|[!{,"])' || replace($1, '.', '\\.')) limit 1`,
      [path],
    )
    if (left.rowCount) found.push(`${table}.${column}`)
  }
  return found
}

const changed = async (unit: Unit, change: object) => {
  const { status, body } = await world.call(city, changeUnit, {
    params: { unitId: unit.id },
    body: { on: world.day, ...change } as never,
  })
  expect(status, JSON.stringify(body)).toBe(200)
}
const todo = async (who: Someone) =>
  (await world.call(who, listBox, { params: { box: 'todo' } })).body.lines.map(({ caseId }) => caseId)

test('[T2 Z9] a school that goes to another county takes along what waits, what nobody reaches as well', async () => {
  const { schoolA } = world.units
  expect(await leftBehind(schoolA.path)).not.toEqual([])
  const before = await standing(report)
  expect(before?.scope.startsWith('!')).toBe(true)
  expect(await todo(officer)).toContain(listed)
  await changed(schoolA, { change: 'moved', parentId: other.id })
  expect(await leftBehind(schoolA.path)).toEqual([])
  expect(await standing(listed)).toMatchObject({ scope: 'a.t.d.s1.k1.', desk: 'a.t.d.s1.~school-aid-officer' })
  expect((await standing(report))?.scope).toBe(before?.scope.replace('a.t.c.s1.', 'a.t.d.s1.'))
  expect(await todo(officer)).toContain(listed)
  // Still nobody finds it by reach: the head of the county they came to sees the school, not the report.
  const fresh = await world.someone('county-leader', other)
  const asked = { params: { schoolId: child.schoolId, caseId: report } }
  expect((await world.call(fresh, getCase, asked)).status).toBe(404)
  expect((await world.call(fresh, getCase, { params: { ...asked.params, caseId: listed } })).status).toBe(200)
})

test('[T2] of two schools merged the classes take their own cases along, whatever their path becomes', async () => {
  const { schoolA, schoolB, county } = world.units
  await changed(schoolA, { change: 'moved', parentId: county.id })
  await world.someone('school-aid-officer', schoolB)
  const { rows } = await world.owner.query<{ path: string }>('select path from units where id = $1', [schoolA.id])
  await changed(schoolA, { change: 'merged', intoUnitId: schoolB.id })
  const left = (await leftBehind(rows[0]?.path as string)).filter((at) => at !== 'flow_panels.unit_path')
  expect(left).toEqual([])
  const now = await standing(listed)
  const { rows: classes } = await world.owner.query<{ path: string }>('select path from units where id = $1', [
    world.units.classA1.id,
  ])
  expect(now).toMatchObject({ scope: classes[0]?.path, place: classes[0]?.path, desk: now?.desks[0] })
  expect(now?.desk).toBe(`${schoolB.path}~school-aid-officer`)
})
