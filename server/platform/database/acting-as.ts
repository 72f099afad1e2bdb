import type { JobRole } from './door.ts'
import { type Db, raw, sql } from './statement.ts'

/**
 * Does a part of a job's transaction with another job's narrow grants, then goes back.
 * Only inside `asJob`; a person's transaction cannot take a job's role.
 */
export const actingAs = async <T>(db: Db, role: JobRole, back: JobRole, work: () => Promise<T>): Promise<T> => {
  await db.change(sql`set local role ${raw(role)}`)
  const result = await work()
  await db.change(sql`set local role ${raw(back)}`)
  return result
}
