import type { PlainDate } from '#contract/platform'
import { secrecyDomains } from '#contract/students'
import { type Db, type Secrets, sql } from '#server/platform'
import { writeFact } from './write-decision.ts'

/** A listing in force, and the case it was confirmed in. */
export interface Listing {
  readonly id: string
  readonly caseId: string
  /** Procedure of that case. */
  readonly flow: string
  readonly from: PlainDate
}

interface Key {
  readonly schoolId: string
  readonly studentId: string
}

/** The listing of a student in force on a day, if any. */
export const findListing = (db: Db, { schoolId, studentId }: Key, today: PlainDate): Promise<Listing | undefined> =>
  db.first<Listing>(sql`select l.id, l.case_id as "caseId", coalesce(c.flow, 'key-listing') as flow, l.from_date as "from"
    from key_listings l left join flow_cases c on c.school_id = l.school_id and c.id = l.case_id
    where l.school_id = ${schoolId} and l.student_id = ${studentId} and (l.until_date is null or l.until_date > ${today}::date)
    order by l.from_date desc limit 1`)

/** What was confirmed: since when, for which concerns, with what care. */
export interface Confirmed extends Key {
  readonly id: string
  readonly caseId: string
  readonly on: PlainDate
  readonly concerns: readonly number[]
  readonly care: string | null
  /** Who leads the care, by code of `careOwners`, and who answers for it; left out where one step confirms. [G28] */
  readonly owner?: number
  readonly keeper?: string
  readonly by: { readonly personId: string; readonly name: string }
}

// No source row: sources are open to every signed-in person, and that a school decided is itself not for telling.
const tellFact = (db: Db, { schoolId, studentId }: Key, on: PlainDate, value: boolean, by: string): Promise<void> =>
  writeFact(
    db,
    'key_student',
    { schoolId, secrecy: secrecyDomains.protection.code, asOf: on, validUntil: null, sourceId: null, by },
    [{ studentId, value }],
  )

/** Lists a student: the row with its sealed care and the fact. Classes are judged by the caller. As the importer. [C2 G6] */
export const writeListing = async (db: Db, secrets: Secrets, confirmed: Confirmed): Promise<void> => {
  const { schoolId, studentId, id, on, caseId, by } = confirmed
  const sealed = (text: string | null | undefined) => (text?.trim() ? secrets.seal(text.trim()) : null)
  const concerns = [...new Set(confirmed.concerns)].sort((one, other) => one - other)
  await db.change(sql`insert into key_listings (school_id, id, student_id, scope, from_date, difficulties, care_text_cipher,
      owner, keeper_cipher, case_id, confirmed_by, confirmed_by_name)
    select school_id, ${id}, id, scope, ${on}, ${concerns}::smallint[], ${sealed(confirmed.care)},
      ${confirmed.owner ?? null}, ${sealed(confirmed.keeper)}, ${caseId}, ${by.personId}, ${by.name}
    from students where school_id = ${schoolId} and id = ${studentId}`)
  await tellFact(db, confirmed, on, true, by.personId)
}

/** Ends a listing, its history kept. Classes are judged by the caller. As the importer. [G7] */
export const endListing = async (db: Db, key: Key, listingId: string, on: PlainDate, by: string): Promise<void> => {
  await db.change(sql`update key_listings set until_date = ${on}
    where school_id = ${key.schoolId} and student_id = ${key.studentId} and id = ${listingId}`)
  await tellFact(db, key, on, false, by)
}

/** Says that a student was looked at and is not to be listed. As the importer. */
export const declineListing = (db: Db, key: Key, on: PlainDate, by: string): Promise<void> =>
  tellFact(db, key, on, false, by)
