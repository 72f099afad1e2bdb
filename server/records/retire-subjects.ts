import { type Db, sql } from '#server/platform'

/** Takes a record out of all figures for each of its subjects; answers whom it was about. As the counter. */
export const retireSubjects = async (db: Db, schoolId: string, recordId: string): Promise<string[]> => {
  const rows = await db.rows<{ id: string }>(sql`update record_subjects set current = false
    where school_id = ${schoolId} and record_id = ${recordId} returning student_id as id`)
  return rows.map(({ id }) => id)
}
