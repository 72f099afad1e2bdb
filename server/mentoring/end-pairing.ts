import { type endPairing as declared, whyNotEndPairing } from '#contract/mentoring'
import { type BodyOf, notFound, type ParamsOf } from '#contract/platform'
import { rewriteActorSettings, type SeesOf } from '#server/people'
import { type Actor, audit, type Db, type Services, sql } from '#server/platform'
import { lockSchools } from '#server/policies'
import { getStudentToPair } from './find-student.ts'
import { pairingChanged } from './pairing-changed.ts'

type Key = ParamsOf<typeof declared>

interface PairingRow {
  readonly mentorId: string
  readonly fromDate: string
  readonly untilDate: string | null
}

const findPairing = (db: Db, { schoolId, studentId, pairingId }: Key): Promise<PairingRow | undefined> =>
  db.first<PairingRow>(sql`select mentor_id as "mentorId", from_date as "fromDate", until_date as "untilDate"
    from pairings where school_id = ${schoolId} and student_id = ${studentId} and id = ${pairingId}`)

/**
 * Ends a pairing: `untilDate` is the first day it no longer holds; the file closes to the mentor on the next request,
 * what was done stays. [C16] Refuses `mentoring.already-ended`, `mentoring.wrong-end`, `people.not-permitted`.
 */
export const endPairing = async (
  services: Services,
  seesOf: SeesOf,
  actor: Actor,
  key: Key,
  { untilDate, reason }: BodyOf<typeof declared>,
): Promise<Record<string, never>> => {
  const today = services.today()
  const student = await services.door.asActor(actor, async (db, me) => {
    const found = await getStudentToPair(db, me, 'mentoring.end-pairing', key)
    if (!(await findPairing(db, key))) throw notFound()
    return found
  })
  await services.door.asJob('importer', async (db) => {
    await lockSchools(db, [key.schoolId])
    const pairing = await findPairing(db, key)
    if (!pairing) throw notFound()
    if (pairing.untilDate === untilDate) return
    const refusal = whyNotEndPairing(pairing, untilDate, today)
    if (refusal) throw refusal
    await db.change(sql`update pairings set until_date = ${untilDate}, ended_reason_cipher = ${reason ? services.secrets.seal(reason) : null}
      where school_id = ${key.schoolId} and student_id = ${key.studentId} and id = ${key.pairingId}`)
    await rewriteActorSettings(db, [pairing.mentorId], seesOf, today)
    await audit(db, {
      actorId: actor.personId,
      action: 'mentoring.end-pairing',
      outcome: 'done',
      scope: student.scope,
      schoolId: key.schoolId,
      subject: key.studentId,
      detail: { pairing: key.pairingId, mentor: pairing.mentorId },
    })
    await services.events.announce(db, pairingChanged, {
      schoolId: key.schoolId,
      schoolPath: student.schoolPath,
      studentId: key.studentId,
      pairingId: key.pairingId,
      mentorId: pairing.mentorId,
      change: 'ended',
    })
  })
  return {}
}
