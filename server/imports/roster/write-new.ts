import type { SecrecyDomain } from '#contract/students'
import { type Db, sql } from '#server/platform'
import { writeFirstFacts } from './write-first-facts.ts'

const writeStudents = (db: Db): Promise<number> =>
  db.change(sql`insert into students (school_id, id, scope, class_id, stage, grade, name, name_key, initials, number,
      national_number, sex, birth_date, entered_on, home_town, household_id)
    select school_id, student_id, scope, class_id, stage, grade, name, name_key, initials, number,
      national_number, sex, birth_date, entered_on, town, household_id
    from s where outcome = 1`)

/**
 * Writes the students of the work table whom nobody knew, with their facts of these domains, in the order in which the table
 * lies: nothing of theirs can be there yet, so nothing is looked up. What else a roster says of them stands in `write-around.ts`.
 */
export const writeNew = async (db: Db, sourceId: string, domains: readonly SecrecyDomain[]): Promise<void> => {
  await writeStudents(db)
  await writeFirstFacts(db, 's', sourceId, domains)
}
