import { Refusal } from '#contract/platform'
import { changes, standingFlow, whyNotChange } from '#contract/schooling'
import type { Made, Procedure } from '#server/flows'
import { type Db, sql } from '#server/platform'
import { reclassify, seesOf } from '#server/policies'
import { closeFile } from './close-file.ts'

const insistOnChange = async (
  db: Db,
  made: Made,
): Promise<{ readonly schoolId: string; readonly studentId: string }> => {
  const { schoolId, studentId } = made.case
  if (!studentId) throw new Error('standing is of a student')
  const student = await db.first<{ status: number; stage: number }>(
    sql`select status, stage from students where school_id = ${schoolId} and id = ${studentId} for no key update`,
  )
  const refusal = student ? whyNotChange(Number(made.content.change), student) : undefined
  if (refusal) throw refusal
  return { schoolId, studentId }
}

// Refused at once, not only when somebody decides.
const ask = async (db: Db, made: Made): Promise<undefined> => {
  await insistOnChange(db, made)
  return undefined
}

const approve = async (db: Db, made: Made): Promise<undefined> => {
  const { schoolId, studentId } = await insistOnChange(db, made)
  const on = String(made.content.on)
  if (on > made.today) throw new Refusal('schooling.not-yet', `这项变动从 ${on} 起生效,请到当天再同意。`, 'invalid')
  const status = changes[Number(made.content.change)]?.to ?? 1
  const { services, registry, today } = made
  if (status <= 2)
    await db.change(sql`update students set status = ${status}, left_on = null, left_reason = null
      where school_id = ${schoolId} and id = ${studentId}`)
  else
    await closeFile(
      db,
      { events: services.events, seesOf: seesOf(registry, services.today), today },
      { schoolId, studentId, status, on, reason: null },
    )
  const judging = { registry, events: services.events }
  await reclassify(db, judging, { schoolIds: [schoolId], studentIds: [studentId], on: today, back: 'importer' })
  return undefined
}

/** Leave, return, graduation and leaving for good, asked for and decided. */
export const standingProcedure: Procedure = {
  flow: standingFlow,
  about: 'student',
  holdsSchool: true,
  follow: { ask, approve },
}
