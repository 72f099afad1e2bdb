import { type Db, sql } from '#server/platform'

/** Lets records of a school be added side by side, but never while its figures are counted anew. */
export const shareSchool = (db: Db, schoolId: string): Promise<object[]> =>
  db.rows(sql`select pg_advisory_xact_lock_shared(hashtextextended(${schoolId}::uuid::text, 7))`)

/** Keeps a school's figures to this transaction: for moves that are worked out from what else is there. */
export const holdSchool = (db: Db, schoolId: string): Promise<object[]> =>
  db.rows(sql`select pg_advisory_xact_lock(hashtextextended(${schoolId}::uuid::text, 7))`)
