import { rangeOf } from '#contract/organisations'
import { type Db, sql } from '#server/platform'

/** Schools that own files of students at a path or below it. */
export const schoolsBelow = async (db: Db, path: string): Promise<string[]> => {
  const { lo, hi } = rangeOf(path)
  const rows = await db.rows<{ id: string }>(
    sql`select distinct school_id as id from units where path >= ${lo} and path < ${hi} and school_id is not null`,
  )
  return rows.map(({ id }) => id)
}
