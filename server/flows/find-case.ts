import { type Db, raw, sql } from '#server/platform'
import type { Case } from './procedure.ts'

/** Columns of `flow_cases c` as a `Case`. */
export const caseColumns =
  raw(`c.school_id as "schoolId", c.id, c.flow, c.student_id as "studentId", c.scope, c.secrecy, c.place, c.state,
  c.version, c.opened_by as "openedBy", c.applicant_id as "applicantId", c.panel_id as "panelId", c.round_id as "roundId",
  c.desks, c.assigned, c.excluded, c.entered_at as "enteredAt", c.opened_at as "openedAt", c.due_at as "dueAt", c.payload`)

interface Row extends Omit<Case, 'enteredAt' | 'openedAt' | 'dueAt'> {
  readonly enteredAt: Date | string
  readonly openedAt: Date | string
  readonly dueAt: Date | string | null
}

/** A row read with `caseColumns` as a case. */
export const caseFrom = (row: Row): Case => ({
  ...row,
  enteredAt: new Date(row.enteredAt),
  openedAt: new Date(row.openedAt),
  dueAt: row.dueAt === null ? null : new Date(row.dueAt),
})

/** The cases of these ids that exist for whoever asks. */
export const findCases = async (db: Db, schoolId: string, ids: readonly string[]): Promise<Case[]> => {
  const rows = await db.rows<Row>(sql`select ${caseColumns} from flow_cases c
    where c.school_id = ${schoolId} and c.id = any(${ids}::uuid[])`)
  return rows.map(caseFrom)
}

/** The same, held to this transaction in the order of their ids. */
export const holdCases = async (db: Db, schoolId: string, ids: readonly string[]): Promise<Case[]> => {
  const rows = await db.rows<Row>(sql`select ${caseColumns} from flow_cases c
    where c.school_id = ${schoolId} and c.id = any(${ids}::uuid[]) order by c.id for update`)
  return rows.map(caseFrom)
}
