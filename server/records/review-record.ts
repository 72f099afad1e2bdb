import { notFound, type ParamsOf } from '#contract/platform'
import { type reviewRecord as endpoint, whyNotReview } from '#contract/records'
import { type Actor, audit, endAsCounter, type Services, sql } from '#server/platform'
import type { Registry } from '#server/policies'
import { findStanding } from './find-standing.ts'
import { holdSchool } from './lock-school.ts'
import { recordsMoved } from './record-events.ts'

/**
 * Reviews a record; visited and reviewed are shown apart. Reviewing it again changes nothing. [C9 C12]
 * Refuses not-found, `records.over`, `records.needs-no-review`, `records.own-record`, `people.not-permitted`.
 */
export const reviewRecord = (
  services: Services,
  registry: Registry,
  actor: Actor,
  { schoolId, recordId }: ParamsOf<typeof endpoint>,
): Promise<Record<string, never>> =>
  services.door.asActor(actor, async (db, current) => {
    await holdSchool(db, schoolId)
    const record = await findStanding(db, registry, schoolId, recordId, services.today())
    if (!record) throw notFound()
    const refusal = whyNotReview(record, current)
    if (refusal) throw refusal
    if (record.reviewed) return {}
    await db.change(sql`update records set reviewed_at = clock_timestamp(), reviewed_by = ${current.personId}
      where school_id = ${schoolId} and id = ${recordId}`)
    await audit(db, {
      actorId: current.personId,
      action: 'records.review-record',
      outcome: 'done',
      scope: record.scope,
      schoolId,
      subject: recordId,
    })
    await endAsCounter(db)
    const subjects = await db.rows<{ id: string }>(sql`update record_subjects set reviewed = true
      where school_id = ${schoolId} and record_id = ${recordId} returning student_id as id`)
    await services.events.announce(db, recordsMoved, {
      schoolId,
      schoolPath: record.schoolPath,
      studentIds: subjects.map(({ id }) => id),
      kinds: [record.kind],
      today: services.today(),
    })
    return {}
  })
