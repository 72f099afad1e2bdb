import type { Flow } from '#contract/flows'
import { Refusal } from '#contract/platform'
import { mandatoryReport, mistreatment, voice } from '#contract/voices'
import type { Begun, Change, Made, Opening, Procedure } from '#server/flows'
import { type Db, sql } from '#server/platform'
import { handlingAbove, placeAbove } from './line.ts'

const pathOf = async (db: Db, schoolId: string): Promise<string> =>
  (await db.first<{ path: string }>(sql`select path from units where id = ${schoolId}`))?.path ?? ''

const personIn = ({ content }: Opening): string => String(content.person ?? '').trim()

// A letter about nobody in particular is the unit's own to answer. Letters hang on no student: theirs follow classes.
const beginVoice = async (db: Db, opening: Opening): Promise<Begun> => {
  const path = await pathOf(db, opening.schoolId)
  const person = personIn(opening)
  if (person === '') return { place: path, studentId: null }
  return { ...(await handlingAbove(db, path, person, opening.by.personId)), studentId: null }
}

const beginMistreatment = async (db: Db, opening: Opening): Promise<Begun> => {
  const path = await pathOf(db, opening.schoolId)
  return { ...(await handlingAbove(db, path, personIn(opening), opening.by.personId)), studentId: null }
}

const answer = async (_db: Db, { case: standing, by, fields }: Made): Promise<Change> => ({
  payload: {
    ...standing.payload,
    answeredBy: by.personId,
    ...(typeof fields.outcome === 'number' ? { outcome: fields.outcome } : {}),
  },
})

const satisfied = async (_db: Db, { case: standing, fields }: Made): Promise<Change> => ({
  payload: { ...standing.payload, satisfaction: fields.satisfaction as number },
})

// The next unit up, when somebody there can take it; else it stays and another person looks.
const escalate = async (db: Db, { case: standing, today }: Made): Promise<Change> => {
  const above = await placeAbove(db, standing.place)
  const taken = await db.first(sql`select 1 as known from appointments a join units u on u.id = a.unit_id
    where (u.path = ${above} or (u.kind = 'office' and u.parent_id in (select id from units where path = ${above})))
      and a.post in ('county-aid-officer', 'county-leader') and a.from_date <= ${today}::date
      and (a.until_date is null or a.until_date > ${today}::date)
      and a.person_id <> all(${standing.excluded}::uuid[]) limit 1`)
  return { place: taken ? above : standing.place, payload: { ...standing.payload, satisfaction: 3 } }
}

const answerAgain = async (_db: Db, { case: standing, by }: Made): Promise<undefined> => {
  if (standing.payload.answeredBy === by.personId)
    throw new Refusal('voices.own-answer', '对您的答复不满意,须由另一人复核答复。', 'forbidden')
}

const follow = { answer, satisfied, escalate, 'answer-again': answerAgain }

/** Objections, tips, requests and complaints. [C19 G16] */
export const voiceProcedure: Procedure = { flow: voice as Flow, about: 'none', begin: beginVoice, follow }

/** Reports that somebody mistreats a student. [Z9 G16 G33] */
export const mistreatmentProcedure: Procedure = {
  flow: mistreatment as Flow,
  about: 'none',
  begin: beginMistreatment,
  follow,
}

/** Reports of harm to police or civil affairs: about a student, and hanging on nobody's file. [G33] */
export const mandatoryReportProcedure: Procedure = {
  flow: mandatoryReport as Flow,
  about: 'student',
  begin: async (_db, { studentId }) => ({ studentId: null, payload: { student: studentId } }),
}
