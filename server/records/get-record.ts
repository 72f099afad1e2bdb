import { type AnswerOf, notFound, type ParamsOf } from '#contract/platform'
import {
  type getRecord as endpoint,
  whyNotAttach,
  whyNotCorrect,
  whyNotReview,
  whyNotWithdraw,
} from '#contract/records'
import { type Actor, audit, type Services, sql } from '#server/platform'
import type { Registry } from '#server/policies'
import { findKind, wayOf } from './find-kind.ts'
import { showContent } from './show-content.ts'

type Answer = AnswerOf<typeof endpoint>

interface Row {
  readonly id: string
  readonly kind: number
  readonly scope: string
  readonly schoolPath: string
  readonly actDate: string
  readonly recordedAt: string
  readonly authorId: string
  readonly authorName: string
  readonly mode: number | null
  readonly coded: Record<string, unknown>
  readonly sealed: Buffer | null
  readonly supersedes: string | null
  readonly supersededBy: string | null
  readonly withdrawn: boolean
  readonly reviewed: boolean
  readonly subjects: Answer['subjects'] | null
  readonly attachments: Answer['attachments'] | null
}

const statement = (schoolId: string, recordId: string) => sql`select r.id, r.kind, r.scope, u.path as "schoolPath",
    r.act_date as "actDate", to_char(r.recorded_at, 'YYYY-MM-DD HH24:MI') as "recordedAt", r.author_id as "authorId",
    r.author_name as "authorName", r.mode, r.coded, r.text_cipher as sealed, r.supersedes,
    r.superseded_by as "supersededBy", r.withdrawn_at is not null as withdrawn, r.reviewed_at is not null as reviewed,
    (select json_agg(json_build_object('studentId', s.id, 'name', s.name) order by s.name_order, s.id)
      from record_subjects t join students s on s.school_id = t.school_id and s.id = t.student_id
      where t.school_id = r.school_id and t.record_id = r.id) as subjects,
    (select json_agg(json_build_object('id', a.id, 'mediaType', a.media_type, 'byteSize', a.byte_size) order by a.recorded_at, a.id)
      from attachments a where a.school_id = r.school_id and a.record_id = r.id and a.purged_at is null) as attachments
  from records r join units u on u.id = r.school_id
  where r.school_id = ${schoolId} and r.id = ${recordId} and r.purged_at is null`

/**
 * One record in full, its free text opened; each opening stands in the audit log. [T6 C13]
 * Refuses not-found for a record that is not theirs to see.
 */
export const getRecord = (
  services: Services,
  registry: Registry,
  actor: Actor,
  { schoolId, recordId }: ParamsOf<typeof endpoint>,
): Promise<Answer> =>
  services.door.asActor(actor, async (db, current) => {
    const row = await db.first<Row>(statement(schoolId, recordId))
    const kind = row && findKind(registry, row.schoolPath, services.today(), row.kind)
    if (!row || !kind) throw notFound()
    await audit(db, {
      actorId: current.personId,
      action: 'records.get-record',
      outcome: 'read',
      scope: row.scope,
      schoolId,
      subject: recordId,
    })
    const text = row.sealed ? (JSON.parse(services.secrets.open(row.sealed)) as Record<string, unknown>) : {}
    const values = { ...row.coded, ...text, ...(row.mode === null ? {} : { mode: row.mode }) }
    const standing = { ...row, superseded: row.supersededBy !== null, needsReview: kind.needsReview }
    const may = [
      ['correct', whyNotCorrect(standing, current)],
      ['withdraw', whyNotWithdraw(standing, current)],
      ['review', row.reviewed || whyNotReview(standing, current)],
      ['attach', whyNotAttach(standing, current)],
    ] as const
    return {
      id: row.id,
      kind: row.kind,
      kindLabel: kind.label,
      actDate: row.actDate,
      recordedAt: row.recordedAt,
      authorName: row.authorName,
      mine: row.authorId === current.personId,
      modeLabel: wayOf(kind, row.mode),
      fields: showContent(kind, values),
      values,
      subjects: row.subjects ?? [],
      attachments: row.attachments ?? [],
      supersedes: row.supersedes,
      supersededBy: row.supersededBy,
      withdrawn: row.withdrawn,
      reviewed: row.reviewed,
      may: may.flatMap(([act, refusal]) => (refusal ? [] : [act])),
    }
  })
