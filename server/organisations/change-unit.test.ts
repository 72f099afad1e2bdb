import { uuidv7 } from 'uuidv7'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { whyNotPermitted } from '#contract/people'
import { served as people } from '#server/people'
import { type Actor, sql } from '#server/platform'
import { openTestTown, type TestPerson, type TestTown, testDay, testSight } from '../test-town.ts'
import { changeUnit } from './change-unit.ts'
import { listUnits } from './list-units.ts'
import { openUnit } from './open-unit.ts'

let town: TestTown
let officer: TestPerson
let principal: TestPerson
const opened: TestTown[] = []

beforeEach(async () => {
  town = await openTestTown()
  opened.push(town)
  people(town.services, testSight, () => undefined)
  officer = await town.addPerson(town.units.county, '陆专干')
  principal = await town.addPerson(town.units.schoolA, '李校长')
  await town.appoint(officer, town.units.county, 'county-aid-officer')
  await town.appoint(principal, town.units.schoolA, 'principal')
})
afterAll(async () => {
  for (const one of opened) await one.close()
})

const newUnit = (parentId: string, kind: 'class' | 'grade' | 'primary', name: string) => ({
  id: uuidv7(),
  parentId,
  kind,
  name,
  code: null,
  regionCode: null,
  urban: null,
  stage: null,
  openedOn: '2025-09-01',
})

type Change = Parameters<typeof changeUnit>[4]
const change = (who: Actor, unitId: string, wish: Change) =>
  changeUnit(town.services, whyNotPermitted, who, unitId, wish)
const open = (who: Actor, unit: ReturnType<typeof newUnit>) => openUnit(town.services, whyNotPermitted, who, unit)
const unitOf = (id: string) =>
  town.asImporter((db) =>
    db.first<{ path: string; parent_id: string; closed_on: string | null; school_id: string }>(
      sql`select path, parent_id, closed_on, school_id from units where id = ${id}`,
    ),
  )
const studentsSeen = async (who: Actor) =>
  (await town.door.readAsActor<{ name: string }>(who, sql`select name from students order by name`)).map(
    ({ name }) => name,
  )

// Stands for every table about a student: a fact, what the classifier keeps, a pairing.
const addRows = (student: { id: string; schoolId: string; scope: string }) =>
  town.asImporter(async (db) => {
    await db.change(
      sql`insert into facts_family (school_id, student_id, scope) values (${student.schoolId}, ${student.id}, ${student.scope})`,
    )
    await db.change(sql`insert into name_pieces (piece, scope, school_id, student_id)
      values ('x', ${student.scope}, ${student.schoolId}, ${student.id})`)
    await db.change(sql`insert into pairings (school_id, id, student_id, scope, mentor_id, mentor_name, from_date, appointed_by)
      values (${student.schoolId}, ${uuidv7()}, ${student.id}, ${student.scope}, ${officer.id}, '陆', '2025-09-01', ${officer.id})`)
  })
const scopesOf = (studentId: string) =>
  town.asImporter((db) =>
    db.rows<{ scope: string }>(sql`select scope from students where id = ${studentId}
      union all select scope from facts_family where student_id = ${studentId}
      union all select scope from name_pieces where student_id = ${studentId}
      union all select scope from pairings where student_id = ${studentId}`),
  )

test('[T2] a unit opened stands where the grammar allows, once, with its school', async () => {
  const head = await town.actorOf(principal)
  const third = newUnit(town.units.schoolA.id, 'class', '三(3)班')
  await open(head, third)
  await open(head, third)
  const stored = await unitOf(third.id)
  expect(stored?.path).toMatch(/^t\.l\.a\.[0-9a-z]{5}\.$/)
  expect(stored?.school_id).toBe(town.units.schoolA.id)
  await expect(open(head, newUnit(town.units.schoolA.id, 'class', '三(3)班'))).rejects.toMatchObject({
    code: 'organisations.name-taken',
  })
  await expect(open(head, newUnit(town.units.classA1.id, 'grade', '三年级'))).rejects.toMatchObject({
    code: 'organisations.wrong-place',
  })
  await expect(open(head, newUnit(town.units.schoolB.id, 'class', '七(2)班'))).rejects.toMatchObject({
    code: 'people.not-permitted',
  })
})

test('[T2] moving a class takes every row of its students and the rights of its teacher along', async () => {
  const teacher = await town.addPerson(town.units.schoolA, '王老师')
  await town.appoint(teacher, town.units.classA1, 'class-teacher')
  const child = await town.addStudent(town.units.classA1, '赵一')
  await addRows(child)
  const grade = newUnit(town.units.schoolA.id, 'grade', '三年级')
  const head = await town.actorOf(principal)
  await open(head, grade)
  const session = await town.actorOf(teacher)
  await change(head, town.units.classA1.id, { change: 'moved', parentId: grade.id, on: testDay })
  const moved = await unitOf(town.units.classA1.id)
  expect(moved).toMatchObject({ parent_id: grade.id, path: `${(await unitOf(grade.id))?.path}1.` })
  expect(new Set((await scopesOf(child.id)).map(({ scope }) => scope))).toEqual(new Set([moved?.path]))
  expect(await studentsSeen(session)).toEqual(['赵一'])
  const history = await town.asImporter((db) =>
    db.rows(
      sql`select change, name, path, from_date, until_date from unit_history where unit_id = ${town.units.classA1.id}`,
    ),
  )
  expect(history).toEqual([
    { change: 'moved', name: '三(1)班', path: town.units.classA1.path, from_date: '2000-09-01', until_date: testDay },
  ])
})

test('[T2] merging a class into another brings its students, ends its posts and closes it', async () => {
  const teacher = await town.addPerson(town.units.schoolA, '王老师')
  await town.appoint(teacher, town.units.classA1, 'class-teacher')
  const child = await town.addStudent(town.units.classA1, '赵一')
  await addRows(child)
  const session = await town.actorOf(teacher)
  await change(await town.actorOf(principal), town.units.classA1.id, {
    change: 'merged',
    intoUnitId: town.units.classA2.id,
    on: testDay,
  })
  expect(new Set((await scopesOf(child.id)).map(({ scope }) => scope))).toEqual(new Set([town.units.classA2.path]))
  expect(await unitOf(town.units.classA1.id)).toMatchObject({ closed_on: testDay, path: town.units.classA1.path })
  expect(await studentsSeen(session)).toEqual([])
})

test('[T2] merging a school puts its classes, files and people under the other', async () => {
  const receiving = await town.addPerson(town.units.schoolB, '张校长')
  await town.appoint(receiving, town.units.schoolB, 'principal')
  const teacher = await town.addPerson(town.units.schoolA, '王老师')
  await town.appoint(teacher, town.units.classA1, 'class-teacher')
  const child = await town.addStudent(town.units.classA1, '赵一')
  await addRows(child)
  const [old, fresh, session] = [
    await town.actorOf(principal),
    await town.actorOf(receiving),
    await town.actorOf(teacher),
  ]
  expect(await studentsSeen(fresh)).toEqual([])
  await change(await town.actorOf(officer), town.units.schoolA.id, {
    change: 'merged',
    intoUnitId: town.units.schoolB.id,
    on: testDay,
  })
  expect(await studentsSeen(fresh)).toEqual(['赵一'])
  expect(await studentsSeen(session)).toEqual(['赵一'])
  expect(await studentsSeen(old)).toEqual([])
  // The step 1 was taken by the class of school B, so the class of school A got another.
  const moved = await unitOf(town.units.classA1.id)
  expect(moved).toMatchObject({ parent_id: town.units.schoolB.id, school_id: town.units.schoolA.id })
  expect(moved?.path).toMatch(/^t\.l\.b\.[0-9a-z]{5}\.$/)
  expect(await unitOf(town.units.schoolA.id)).toMatchObject({ closed_on: testDay, path: 't.l.b.a.' })
  const home = await town.asImporter((db) => db.first(sql`select scope from people where id = ${teacher.id}`))
  expect(home).toEqual({ scope: 't.l.b.' })
})

test('a unit with students or units below is not closed; an empty one is, and stays in its history', async () => {
  await town.addStudent(town.units.classA1, '赵一')
  const head = await town.actorOf(principal)
  const close = (id: string, who = head) => change(who, id, { change: 'closed', on: testDay })
  await expect(close(town.units.classA1.id)).rejects.toMatchObject({ code: 'organisations.has-students' })
  await expect(close(town.units.schoolA.id, await town.actorOf(officer))).rejects.toMatchObject({
    code: 'organisations.has-units',
  })
  await close(town.units.classA2.id)
  await expect(close(town.units.classA2.id)).rejects.toMatchObject({ code: 'organisations.closed' })
  const listed = async (withClosed?: 'yes') =>
    (await listUnits(town.services, head, { parent: town.units.schoolA.id, withClosed })).units.map(({ name }) => name)
  expect(await listed()).toEqual(['三(1)班'])
  expect(await listed('yes')).toEqual(['三(1)班', '三(2)班'])
})

test('a unit does not go below itself, across schools, into the future, or out of its keeper’s hands', async () => {
  const head = await town.actorOf(principal)
  const county = await town.actorOf(officer)
  const move = (who: Actor, id: string, parentId: string, on = testDay) =>
    change(who, id, { change: 'moved', parentId, on })
  await expect(move(county, town.units.classA1.id, town.units.schoolB.id)).rejects.toMatchObject({
    code: 'organisations.crosses-schools',
  })
  await expect(move(county, town.units.schoolA.id, town.units.classA1.id)).rejects.toMatchObject({
    code: 'organisations.into-itself',
  })
  await expect(move(head, town.units.classA1.id, town.units.schoolA.id, '2025-10-16')).rejects.toMatchObject({
    code: 'organisations.future-change',
  })
  await expect(
    change(head, town.units.schoolA.id, { change: 'renamed', name: '新名', on: testDay }),
  ).rejects.toMatchObject({ code: 'people.not-permitted' })
  await change(county, town.units.schoolA.id, { change: 'renamed', name: '临湖县第一小学', on: testDay })
  const found = await listUnits(town.services, head, { search: '第一' })
  expect(found.units.map(({ name }) => name)).toEqual(['临湖县第一小学'])
  expect(found.roots).toEqual([town.units.schoolA.id])
})

test('rows of units, history, centres and terms: everyone reads, only their keeper writes', async () => {
  const head = await town.actorOf(principal)
  const write = (path: string) =>
    town.door.asActor(head, (db) =>
      db.change(sql`insert into units (id, path, kind, name) values (${uuidv7()}, ${path}, 'class', 'x')`),
    )
  await expect(write('t.l.b.9.')).rejects.toMatchObject({ code: '42501' })
  await expect(write('t.l.a.9.')).resolves.toBe(1)
  const rename = (path: string) =>
    town.door.asActor(head, (db) => db.change(sql`update units set name = 'y' where path = ${path}`))
  expect(await rename('t.l.b.')).toBe(0)
  expect(await rename('t.l.a.9.')).toBe(1)
  for (const [scope, allowed] of [
    ['t.l.b.', false],
    ['t.l.a.', true],
  ] as const) {
    const body = uuidv7()
    const writes = [
      sql`insert into unit_history (id, unit_id, change, from_date, until_date, name, path)
        values (${uuidv7()}, ${uuidv7()}, 'renamed', '2020-01-01', '2021-01-01', 'x', ${scope})`,
      sql`insert into bodies (id, unit_id, scope, kind, name, from_date)
        values (${body}, ${uuidv7()}, ${scope}, 'support-centre', 'x', '2020-01-01')`,
      sql`insert into body_members (id, body_id, scope, person_id, role, from_date)
        values (${uuidv7()}, ${body}, ${scope}, ${principal.id}, 'head', '2020-01-01')`,
    ]
    for (const statement of writes) {
      const written = town.door.asActor(head, (db) => db.change(statement))
      if (allowed) expect(await written).toBe(1)
      else await expect(written).rejects.toMatchObject({ code: '42501' })
    }
  }
  const term = sql`insert into school_terms (unit_id, school_year, term, starts_on, ends_on)
    values (${town.units.county.id}, 2025, 1, '2025-09-01', '2026-01-31')`
  await expect(town.door.asActor(head, (db) => db.change(term))).rejects.toMatchObject({ code: '42501' })
  await town.asImporter((db) => db.change(term))
  expect(await town.door.readAsActor(head, sql`select term from school_terms`)).toEqual([{ term: 1 }])
})
