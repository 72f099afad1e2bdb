import { type Db, sql } from '#server/platform'
import { writeFirstFacts } from './write-first-facts.ts'

const writeStudents = (db: Db): Promise<number> =>
  db.change(sql`insert into students (school_id, id, scope, class_id, stage, grade, name, name_key, initials, number,
      national_number, sex, birth_date, entered_on, home_town, household_id)
    select school_id, student_id, scope, class_id, stage, grade, name, name_key, initials, number,
      national_number, sex, birth_date, entered_on, town, household_id
    from s where outcome = 1`)

const writeIdentities = (db: Db): Promise<number> =>
  db.change(sql`insert into student_identities (school_id, student_id, scope, cipher)
    select school_id, student_id, scope, id_cipher from s where outcome = 1 and id_cipher is not null`)

// What the row said, so that the same row again changes nothing.
const writeTraces = (db: Db): Promise<number> =>
  db.change(sql`insert into import_traces (school_id, subject_id, kind, digest)
    select school_id, student_id, 'roster', trace from s where outcome = 1`)

/**
 * Writes the students of the work table whom nobody knew, with what rules read about them and their sealed numbers, in the
 * order in which the table lies: nothing of theirs can be there yet, so nothing is looked up. What else a roster says of them stands in
 * `write-around.ts`.
 */
export const writeNew = async (db: Db, sourceId: string): Promise<void> => {
  await writeStudents(db)
  await writeFirstFacts(db, sourceId)
  await writeIdentities(db)
  await writeTraces(db)
}
