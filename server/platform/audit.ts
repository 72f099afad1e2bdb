import { uuidv7 } from 'uuidv7'
import { type Db, sql } from './database/statement.ts'

export interface AuditEntry {
  readonly actorId: string | null
  /** The operation, e.g. `records.get-record`. */
  readonly action: string
  readonly outcome: 'done' | 'read' | 'exported' | 'refused'
  /** Path of the unit concerned; an auditor of a unit above sees the entry. */
  readonly scope: string
  readonly schoolId?: string | null
  readonly subject?: string | null
  /** Ids, counts and codes only; never a name or a value. */
  readonly detail?: Readonly<Record<string, string | number | boolean | null | readonly number[]>>
}

/** Writes who did what in the transaction it tells of. [C13] */
export const audit = (db: Db, entry: AuditEntry): Promise<number> =>
  db.change(sql`insert into audit_entries (id, actor_id, action, outcome, scope, school_id, subject, detail)
    values (${uuidv7()}, ${entry.actorId}, ${entry.action}, ${entry.outcome}, ${entry.scope}, ${entry.schoolId ?? null},
      ${entry.subject ?? null}, ${JSON.stringify(entry.detail ?? {})})`)
