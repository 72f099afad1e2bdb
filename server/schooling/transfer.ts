import { Refusal } from '#contract/platform'
import { transferFlow } from '#contract/schooling'
import type { Change, Made, Procedure } from '#server/flows'
import { type Db, sql } from '#server/platform'
import { lockSchools, reclassify, seesOf } from '#server/policies'
import { closeFile } from './close-file.ts'
import { copyFile, type NewPlace } from './copy-file.ts'

const refuse = (field: string, sentence: string): Refusal =>
  new Refusal('schooling.place', sentence, 'invalid', [{ field, reason: sentence }])

interface School {
  readonly id: string
  readonly path: string
  readonly name: string
}

const findSchool = async (db: Db, word: string, own: string): Promise<School> => {
  const found = await db.rows<School>(sql`select id, path, name from units where id = school_id and closed_on is null
    and (name = ${word} or code = ${word}) and id <> ${own} limit 2`)
  if (found.length === 0)
    throw refuse('to_school', '系统中没有这所学校,请写全称或十位标识码;外地学校请按纸质档案移交。')
  if (found.length > 1) throw refuse('to_school', '有几所学校同名,请写十位标识码。')
  return found[0] as School
}

const findClass = async (db: Db, schoolId: string, name: string): Promise<NewPlace> => {
  const found = await db.rows<NewPlace>(sql`select school_id as "schoolId", id as "classId", path as scope,
      coalesce(stage, (select stage from units s where s.id = c.school_id)) as stage, grade
    from units c where c.school_id = ${schoolId} and c.kind = 'class' and c.closed_on is null and c.name = ${name} limit 2`)
  if (found.length !== 1) throw refuse('to_class', '本校没有这个名称的班级(或有几个同名),请写班级全称。')
  return found[0] as NewPlace
}

const studentOf = ({ case: { schoolId, studentId } }: Made) => {
  if (!studentId) throw new Error('a transfer is of a student')
  return { schoolId, studentId }
}

const insistOnEnrolled = async (db: Db, made: Made): Promise<{ readonly name: string }> => {
  const { schoolId, studentId } = studentOf(made)
  const student = await db.first<{ name: string; status: number }>(
    sql`select name, status from students where school_id = ${schoolId} and id = ${studentId} for no key update`,
  )
  if (!student || student.status > 2) throw new Refusal('schooling.not-enrolled', '这名学生已不在本校就读。')
  return student
}

const send = async (db: Db, made: Made): Promise<Change> => {
  const { name } = await insistOnEnrolled(db, made)
  const school = await findSchool(db, String(made.fields.to_school).trim(), made.case.schoolId)
  if (String(made.fields.left_on) > made.today) throw refuse('left_on', '离校日期不能晚于今天')
  return {
    place: school.path,
    payload: {
      to_school: school.id,
      to_school_name: school.name,
      // The other school does not see the file yet, and has to know whom it takes over.
      student_name: name,
      left_on: String(made.fields.left_on),
      consent: made.fields.consent === true,
    },
  }
}

const receive = async (db: Db, made: Made): Promise<Change> => {
  const from = studentOf(made)
  const { payload } = made.case
  const toSchool = String(payload.to_school)
  await lockSchools(db, [toSchool])
  await insistOnEnrolled(db, made)
  const to = await findClass(db, toSchool, String(made.fields.to_class).trim())
  const enteredOn = String(made.fields.entered_on)
  const leftOn = String(payload.left_on)
  if (enteredOn > made.today) throw refuse('entered_on', '到校日期不能晚于今天')
  if (enteredOn < leftOn) throw refuse('entered_on', `到校日期不能早于离校日期 ${leftOn}`)
  const { services, registry, today } = made
  await copyFile(db, from, to, { enteredOn, consent: payload.consent === true, today })
  const parts = { events: services.events, seesOf: seesOf(registry, services.today), today }
  await closeFile(db, parts, { ...from, status: 3, on: leftOn, reason: '转学' })
  const judging = { registry, events: services.events }
  for (const schoolId of [from.schoolId, toSchool])
    await reclassify(db, judging, { schoolIds: [schoolId], studentIds: [from.studentId], on: today, back: 'importer' })
  return {
    payload: { ...payload, to_class: String(made.fields.to_class).trim(), entered_on: enteredOn },
    // Nothing waits any more, but the receipt stays open to whoever gave it.
    assigned: [...new Set([...made.case.assigned, made.by.personId])],
  }
}

// Back where it came from: the sending school's desk finds it again.
const giveBack = async (_db: Db, made: Made): Promise<Change> => ({ place: made.case.scope })

/** Transfer of a student's file between schools of this system, with its receipt. [T2] */
export const transferProcedure: Procedure = {
  flow: transferFlow,
  about: 'student',
  holdsSchool: true,
  follow: { send, receive, return: giveBack },
}
