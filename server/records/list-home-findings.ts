import { type AnswerOf, notFound, type ParamsOf } from '#contract/platform'
import type { RecordKindDefinition } from '#contract/policies'
import { type listHomeFindings as endpoint, meansGroup } from '#contract/records'
import { type Actor, audit, type Services, sql } from '#server/platform'
import type { Registry } from '#server/policies'
import { findKind, wayOf } from './find-kind.ts'
import { showContent } from './show-content.ts'

interface Row {
  readonly recordId: string
  readonly kind: number
  readonly mode: number | null
  readonly actDate: string
  readonly authorName: string
  readonly reviewed: boolean
  readonly coded: Record<string, unknown>
  readonly sealed: Buffer | null
}

/** Visits shown beside a decision: enough to see a change, few enough to be read. */
const shown = 3

const speaksOfMeans = ({ fields }: RecordKindDefinition): boolean => fields.some(({ group }) => group === meansGroup)

/**
 * What the latest visits found of a household's means, for who decides about a level: only records this person may see,
 * only the fields under that heading, nothing that was corrected or withdrawn. One opening stands in the audit log. [T5]
 * Refuses not-found for a student who is not theirs to see.
 */
export const listHomeFindings = (
  services: Services,
  registry: Registry,
  actor: Actor,
  { schoolId, studentId }: ParamsOf<typeof endpoint>,
): Promise<AnswerOf<typeof endpoint>> =>
  services.door.asActor(actor, async (db, current) => {
    const student = await db.first<{ scope: string; schoolPath: string }>(sql`select s.scope, u.path as "schoolPath"
      from students s join units u on u.id = s.school_id where s.school_id = ${schoolId} and s.id = ${studentId}`)
    if (!student) throw notFound()
    const today = services.today()
    const kinds = registry.inForce(student.schoolPath, today).rules.records.filter(speaksOfMeans)
    const rows = await db.rows<Row>(sql`select r.id as "recordId", r.kind, r.mode, r.act_date as "actDate",
        r.author_name as "authorName", r.reviewed_at is not null as reviewed, r.coded, r.text_cipher as sealed
      from record_subjects t join records r on r.school_id = t.school_id and r.id = t.record_id
      where t.school_id = ${schoolId} and t.student_id = ${studentId} and r.kind = any(${kinds.map(({ number }) => number)}::smallint[])
        and r.superseded_by is null and r.withdrawn_at is null and r.purged_at is null
      order by r.act_date desc, r.id desc limit ${shown}`)
    if (rows.length > 0)
      await audit(db, {
        actorId: current.personId,
        action: 'records.list-home-findings',
        outcome: 'read',
        scope: student.scope,
        schoolId,
        subject: studentId,
      })
    return {
      visits: rows.flatMap(({ kind: number, mode, coded, sealed, ...line }) => {
        const kind = findKind(registry, student.schoolPath, today, number)
        if (!kind) return []
        const text = sealed ? (JSON.parse(services.secrets.open(sealed)) as Record<string, unknown>) : {}
        const means = { ...kind, fields: kind.fields.filter(({ group }) => group === meansGroup) }
        return {
          ...line,
          kindLabel: kind.neutralTitle,
          modeLabel: wayOf(kind, mode),
          fields: showContent(means, { ...coded, ...text }),
        }
      }),
    }
  })
