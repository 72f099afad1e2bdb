import { type Db, sql } from '#server/platform'

/** Keeps a school's figures to this transaction: for moves that are worked out from what else is there. */
export const holdSchool = (db: Db, schoolId: string): Promise<object[]> =>
  db.rows(sql`select pg_advisory_xact_lock(hashtextextended(${schoolId}::uuid::text, 7))`)
