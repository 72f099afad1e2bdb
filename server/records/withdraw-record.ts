import { type BodyOf, notFound, type ParamsOf } from '#contract/platform'
import { type withdrawRecord as endpoint, whyNotWithdraw } from '#contract/records'
import { type Actor, audit, endAsCounter, type Services, sql } from '#server/platform'
import type { Registry } from '#server/policies'
import { findStanding } from './find-standing.ts'
import { holdSchool } from './lock-school.ts'
import { recordsMoved } from './record-events.ts'
import { retireSubjects } from './retire-subjects.ts'

/**
 * Withdraws a record entered by mistake: it stays on file with its reason, and leaves all figures at once.
 * Withdrawing it again changes nothing. Refuses not-found, `records.over`, `records.not-yours`.
 */
export const withdrawRecord = (
  services: Services,
  registry: Registry,
  actor: Actor,
  { schoolId, recordId }: ParamsOf<typeof endpoint>,
  { reason }: BodyOf<typeof endpoint>,
): Promise<Record<string, never>> =>
  services.door.asActor(actor, async (db, current) => {
    await holdSchool(db, schoolId)
    const record = await findStanding(db, registry, schoolId, recordId, services.today())
    if (!record) throw notFound()
    if (record.withdrawn && record.authorId === current.personId) return {}
    const refusal = whyNotWithdraw(record, current)
    if (refusal) throw refusal
    await db.change(sql`update records set withdrawn_at = clock_timestamp(),
        withdrawn_reason_cipher = ${services.secrets.seal(reason)}
      where school_id = ${schoolId} and id = ${recordId}`)
    await audit(db, {
      actorId: current.personId,
      action: 'records.withdraw-record',
      outcome: 'done',
      scope: record.scope,
      schoolId,
      subject: recordId,
    })
    await endAsCounter(db)
    const studentIds = await retireSubjects(db, schoolId, recordId)
    await services.events.announce(db, recordsMoved, {
      schoolId,
      schoolPath: record.schoolPath,
      studentIds,
      kinds: [record.kind],
      today: services.today(),
    })
    return {}
  })
