import type { JobRole } from './door.ts'
import { type Db, raw, sql } from './statement.ts'

/**
 * Does a part of a job's transaction with another job's narrow grants, then goes back.
 * Only inside `asJob`; a person's transaction cannot take a job's role.
 */
export const actingAs = async <T>(db: Db, role: JobRole, back: JobRole, work: () => Promise<T>): Promise<T> => {
  // The work's first statements leave in one message with the change of role.
  const [, result] = await Promise.all([db.change(sql`set local role ${raw(role)}`), work()])
  // Sent with whatever comes next; should it fail, the transaction is over and its end says so.
  db.change(sql`set local role ${raw(back)}`).catch(() => undefined)
  return result
}

/**
 * Hands the rest of the transaction to the counter, who keeps duty progress and figures exact whatever the person may
 * see. Nothing is awaited; the change of role ends with the transaction, so this stands last in an operation. Its few
 * statements are planned once: planning them costs more than running them.
 */
export const endAsCounter = (db: Db): Promise<object[]> =>
  db.rows(sql`select set_config('role', 'counter', true), set_config('plan_cache_mode', 'force_generic_plan', true)`)

/** Does a part of any transaction as the counter, then goes back to whoever it was. */
export const actingAsCounter = async <T>(db: Db, work: () => Promise<T>): Promise<T> => {
  const before = await db.first<{ role: string }>(sql`select current_user as role`)
  if (!before || !/^[a-z]+$/.test(before.role)) throw new Error('the transaction has no role of ours')
  await db.change(sql`set local role counter`)
  const result = await work()
  await db.change(sql`set local role ${raw(before.role)}`)
  return result
}
