import type { PlainDate } from '#contract/platform'
import { findRecordKindByNumber } from '#contract/policies'
import type { RecordStanding } from '#contract/records'
import { type Db, sql } from '#server/platform'
import type { Registry } from '#server/policies'

/** A record with what operations on it ask. */
export interface StandingRecord extends RecordStanding {
  readonly id: string
  readonly kind: number
  readonly studentId: string | null
  readonly secrecy: number
  readonly schoolPath: string
}

type Row = Omit<StandingRecord, 'needsReview'>

/** Finds a record this person sees, with what may be asked of it. */
export const findStanding = async (
  db: Db,
  registry: Registry,
  schoolId: string,
  recordId: string,
  today: PlainDate,
): Promise<StandingRecord | undefined> => {
  const row = await db.first<Row>(sql`select r.id, r.kind, r.scope, r.secrecy, r.student_id as "studentId",
      r.author_id as "authorId", r.superseded_by is not null as superseded, r.withdrawn_at is not null as withdrawn,
      r.reviewed_at is not null as reviewed, u.path as "schoolPath"
    from records r join units u on u.id = r.school_id
    where r.school_id = ${schoolId} and r.id = ${recordId}`)
  if (!row) return undefined
  const kind = findRecordKindByNumber(registry.inForce(row.schoolPath, today).rules, row.kind)
  return { ...row, needsReview: kind?.needsReview ?? false }
}
