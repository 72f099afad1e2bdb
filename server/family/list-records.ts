import type { listMyRecords as declared } from '#contract/family'
import { type AnswerOf, notFound, type ParamsOf } from '#contract/platform'
import { type Actor, type Services, sql } from '#server/platform'
import type { Registry } from '#server/policies'
import { findKind, wayOf } from '#server/records'

interface Row {
  readonly kind: number
  readonly mode: number | null
  readonly on: string
  readonly by: string | null
  readonly schoolName: string
  readonly schoolPath: string
}

const most = 200

/**
 * What was done for one's own child, as far as the kind of record is open to families and nobody kept it from this
 * guardian: the database leaves the rest out, so nothing here knows of it. Refuses not-found for any other child and for
 * staff. [C6 G1 G33]
 */
export const listMyRecords = (
  services: Services,
  registry: Registry,
  actor: Actor,
  { schoolId, studentId }: ParamsOf<typeof declared>,
): Promise<AnswerOf<typeof declared>> =>
  services.door.asActor(actor, async (db, me) => {
    const child =
      me.settings.family &&
      (await db.first<{
        name: string
      }>(sql`select name from students where school_id = ${schoolId} and id = ${studentId}
        and id = any(current_setting('app.students')::uuid[]) and status in (1, 2)`))
    if (!child) throw notFound()
    const rows = await db.rows<Row>(sql`select t.kind, t.mode, t.act_date::text as "on", r.author_name as "by",
        u.name as "schoolName", u.path as "schoolPath"
      from record_subjects t join units u on u.id = t.school_id
        left join records r on r.school_id = t.school_id and r.id = t.record_id
      where t.school_id = ${schoolId} and t.student_id = ${studentId} and t.open_to_family and (t.current or t.copied)
      order by t.act_date desc, t.record_id limit ${most}`)
    const records = rows.map(({ kind: number, mode, on, by, schoolName, schoolPath }) => {
      const kind = findKind(registry, schoolPath, services.today(), number)
      return { title: kind?.neutralTitle ?? '记录', way: wayOf(kind, mode), on, by, schoolName }
    })
    return { name: child.name, records }
  })
