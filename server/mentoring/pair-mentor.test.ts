import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Actor, sql } from '#server/platform'
import { openTestTown, type TestPerson, type TestStudent, type TestTown, testDay, testSight } from '../test-town.ts'
import { endPairing } from './end-pairing.ts'
import { myStudents } from './my-students.ts'
import { pairMentor } from './pair-mentor.ts'
import { type PairingChanged, pairingChanged } from './pairing-changed.ts'

let town: TestTown
let aid: TestPerson
let officer: TestPerson
let mentor: TestPerson
let cadre: TestPerson
let stranger: TestPerson
let child: TestStudent
let other: TestStudent
const told: PairingChanged[] = []

beforeAll(async () => {
  town = await openTestTown()
  aid = await town.addPerson(town.units.schoolA, '周专干')
  officer = await town.addPerson(town.units.county, '陆专干')
  mentor = await town.addPerson(town.units.schoolA, '王导师')
  cadre = await town.addPerson(town.units.office, '钱干部')
  stranger = await town.addPerson(town.units.schoolB, '许老师')
  await town.appoint(aid, town.units.schoolA, 'school-aid-officer')
  await town.appoint(officer, town.units.county, 'county-aid-officer')
  await town.appoint(mentor, town.units.schoolA, 'teacher')
  await town.appoint(cadre, town.units.office, 'county-cadre')
  child = await town.addStudent(town.units.classA1, '赵一')
  other = await town.addStudent(town.units.classB1, '孙三')
  town.services.events.when(pairingChanged, async (_db, changed) => {
    told.push(changed)
  })
})
afterAll(() => town.close())

const pair = (who: Actor, student: TestStudent, by: TestPerson, id = uuidv7(), fromDate = '2025-09-01') =>
  pairMentor(
    town.services,
    testSight,
    who,
    { schoolId: student.schoolId, studentId: student.id },
    { id, mentorId: by.id, fromDate },
  )
const mine = async (person: TestPerson) =>
  (
    await myStudents(
      town.services,
      async (_actor, students) => new Map(students.map(({ id }) => [id, { title: '谈心', due: '2025-10-31' }])),
      await town.actorOf(person),
    )
  ).students

test('[C16] [T3] a pairing opens the file to the mentor at once, with one student and no other, and ending closes it', async () => {
  await town.addStudent(town.units.classA1, '同班同学')
  const session = await town.actorOf(mentor)
  const seen = async () =>
    (await town.door.readAsActor<{ name: string }>(session, sql`select name from students`)).map(({ name }) => name)
  expect(await seen()).toEqual([])
  const { id } = await pair(await town.actorOf(aid), child, mentor)
  expect(await seen()).toEqual(['赵一'])
  expect(await mine(mentor)).toEqual([
    {
      schoolId: child.schoolId,
      id: child.id,
      name: '赵一',
      className: '三(1)班',
      schoolName: '临湖县实验小学',
      lastContact: null,
      nextTitle: '谈心',
      nextDue: '2025-10-31',
    },
  ])
  const key = { schoolId: child.schoolId, studentId: child.id, pairingId: id }
  const finish = async (untilDate: string) =>
    endPairing(town.services, testSight, await town.actorOf(aid), key, { untilDate, reason: '学生转班' })
  await expect(finish('2025-10-16')).rejects.toMatchObject({ code: 'mentoring.wrong-end' })
  await finish(testDay)
  await finish(testDay)
  expect(await seen()).toEqual([])
  expect(told.map(({ change }) => change)).toEqual(['began', 'ended'])
  const stored = await town.asImporter((db) =>
    db.first<{ cipher: Buffer }>(sql`select ended_reason_cipher as cipher from pairings where id = ${id}`),
  )
  expect(stored?.cipher.includes('学生转班')).toBe(false)
  expect(town.services.secrets.open(stored?.cipher ?? Buffer.alloc(0))).toBe('学生转班')
})

test('[T3] a cadre of the bureau can be paired by the county, staff of another school by nobody', async () => {
  const county = await town.actorOf(officer)
  await pair(county, other, cadre)
  expect((await mine(cadre)).map(({ name }) => name)).toEqual(['孙三'])
  await expect(pair(county, child, stranger)).rejects.toMatchObject({ code: 'mentoring.other-school' })
  await expect(pair(await town.actorOf(aid), child, stranger)).rejects.toMatchObject({ code: 'platform.not-found' })
  await expect(pair(await town.actorOf(aid), other, mentor)).rejects.toMatchObject({ code: 'platform.not-found' })
  await expect(pair(await town.actorOf(cadre), other, cadre)).rejects.toMatchObject({ code: 'people.not-permitted' })
})

test('the same pairing sent twice stands once; a relative and a date ahead are refused', async () => {
  const who = await town.actorOf(aid)
  const id = uuidv7()
  await pair(who, child, mentor, id)
  await pair(who, child, mentor, id)
  await expect(pair(who, child, mentor)).rejects.toMatchObject({ code: 'mentoring.already-paired' })
  const uncle = await town.addPerson(town.units.schoolA, '赵大伯')
  await town.asImporter((db) =>
    db.change(sql`insert into student_contacts (school_id, student_id, id, scope, name, name_key)
      values (${child.schoolId}, ${child.id}, ${uuidv7()}, ${child.scope}, '赵大伯', '赵大伯')`),
  )
  await expect(pair(who, child, uncle)).rejects.toMatchObject({ code: 'mentoring.relative' })
  const fresh = await town.addPerson(town.units.schoolA, '新老师')
  await expect(pair(who, child, fresh, uuidv7(), '2025-10-16')).rejects.toMatchObject({ code: 'mentoring.future' })
})

test('[X5] a mentor takes sixty students, even when the last places are asked for at once', async () => {
  const busy = await town.addPerson(town.units.schoolA, '吴导师')
  const students: TestStudent[] = []
  for (let index = 0; index < 63; index++) students.push(await town.addStudent(town.units.classA2, `生${index}`))
  const who = await town.actorOf(aid)
  for (const student of students.slice(0, 58)) await pair(who, student, busy)
  const last = await Promise.allSettled(students.slice(58).map((student) => pair(who, student, busy)))
  expect(last.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
  expect(await mine(busy)).toHaveLength(60)
})

test('[G3] who has a mentor is told to the care team, the mentor, and nobody else', async () => {
  const teacher = await town.addPerson(town.units.schoolA, '班主任甲')
  await town.appoint(teacher, town.units.classA1, 'class-teacher')
  const seen = async (person: TestPerson) =>
    town.door.readAsActor<{ mentor_id: string }>(
      await town.actorOf(person),
      sql`select mentor_id from pairings where student_id = ${child.id} and until_date is null`,
    )
  expect(await seen(aid)).toEqual([{ mentor_id: mentor.id }])
  expect(await seen(mentor)).toEqual([{ mentor_id: mentor.id }])
  expect(await seen(teacher)).toEqual([])
  const foreign = await town.addPerson(town.units.schoolB, '外校专干')
  await town.appoint(foreign, town.units.schoolB, 'school-aid-officer')
  expect(await seen(foreign)).toEqual([])
})
