import { uuidv7 } from 'uuidv7'
import type { Flow } from '#contract/flows'
import { moveOf, whyNotMove } from '#contract/flows'
import { type BodyOf, notFound, type ParamsOf, type PlainDate, Refusal, schoolYearOf } from '#contract/platform'
import { stepsOf } from '#contract/policies'
import {
  type decideKeyListing as declared,
  findFlowRule,
  flowAsRuled,
  keyListingFlow,
  whyNotChangeOn,
  whyNotInOneStep,
} from '#contract/recognition'
import { secrecyDomains } from '#contract/students'
import { isWritten, writeDirectSteps } from '#server/flows'
import { type Actor, audit, type Db, type Services } from '#server/platform'
import { reclassify } from '#server/policies'
import { type Deciding, getSchoolPath, getStudents, holdStudents, insistOnMove } from './deciding.ts'
import { whyNotYet } from './first-things.ts'
import { declineListing, endListing, findListing, type Listing, writeListing } from './write-key-listing.ts'

type Key = ParamsOf<typeof declared>
type Wish = BodyOf<typeof declared>

const secrecy = secrecyDomains.protection.code

const stateOf = (listing: Listing | undefined): string => (listing ? 'listed' : 'none')

const store = async (
  db: Db,
  services: Services,
  me: Actor,
  key: Key,
  wish: Wish,
  listing: Listing | undefined,
): Promise<void> => {
  const caseId = listing?.caseId ?? uuidv7()
  const { to } = moveOf(keyListingFlow as Flow, wish.move)
  const deed = { flow: keyListingFlow.id, move: wish.move, final: to !== 'listed', by: me, reason: wish.reason }
  await writeDirectSteps(db, services.secrets, { ...deed, schoolId: key.schoolId, secrecy }, [
    { id: wish.id, caseId, studentId: key.studentId, from: stateOf(listing), to, payload: {} },
  ])
  if (wish.move === 'exit' && listing) return endListing(db, key, listing.id, wish.on, me.personId)
  if (wish.move === 'decline') return declineListing(db, key, wish.on, me.personId)
  const { difficulties, care, id, on } = wish
  await writeListing(db, services.secrets, { ...key, id, caseId, on, concerns: difficulties, care, by: me })
}

// What was confirmed step by step ends step by step.
const whyNotQuickly = (listing: Listing | undefined): Refusal | undefined =>
  listing && listing.flow !== keyListingFlow.id
    ? new Refusal('recognition.in-procedure', '这名学生由逐步办理的事项列入,请在“办理”里评估或提出退出。')
    : undefined

// What begins now begins in this school year: a decision is not dated back beyond what can still be looked into. 平台口径
const firstOf = (schoolYear: number): PlainDate => `${schoolYear}-09-01`

/**
 * Confirms a student the rules proposed (or people found), declines, or lets one go. Nothing of it is published; the
 * care text and the reason are sealed. [C2 G3 G7] Refuses `flows.*`, `recognition.wrong-day`, `recognition.steps-before`,
 * `recognition.in-procedure`.
 */
export const decideKeyListing = async (
  services: Services,
  deciding: Deciding,
  actor: Actor,
  key: Key,
  wish: Wish,
): Promise<Record<string, never>> => {
  const today = services.today()
  const { me, student, flow, path, step } = await services.door.asActor(actor, async (db, person) => {
    const path = await getSchoolPath(db, key.schoolId)
    const [found] = await getStudents(db, key.schoolId, [key.studentId])
    if (!found) throw notFound()
    const rule = findFlowRule(deciding.registry.inForce(path, today).rules, 'key-listing')
    const early = wish.move === 'confirm' ? whyNotInOneStep(rule) : undefined
    if (early) throw early
    const ruled = flowAsRuled(keyListingFlow as Flow, 'confirm', rule)
    const asked = { move: wish.move, reason: wish.reason }
    insistOnMove(person, ruled, [found], 'protection', { ...asked, state: moveOf(ruled, wish.move).from[0] ?? 'none' })
    return { me: person, student: found, flow: ruled, path, step: rule && stepsOf(rule).at(-1) }
  })
  await services.door.asJob('importer', async (db) => {
    await holdStudents(db, key.schoolId, [key.studentId])
    if (await isWritten(db, key.schoolId, wish.id)) return
    const listing = await findListing(db, key, today)
    const roles = flow.moves.flatMap(({ by }) => [...by])
    const refusal =
      whyNotQuickly(listing) ??
      whyNotMove(flow, { state: stateOf(listing), move: wish.move, roles, reason: wish.reason }) ??
      whyNotChangeOn(wish.on, listing?.from ?? firstOf(schoolYearOf(today)), today)
    if (refusal) throw refusal
    const decision = { schoolId: key.schoolId, students: [student], by: me, reason: wish.reason, on: wish.on }
    const first = wish.move === 'confirm' ? step : undefined
    const early = await whyNotYet(db, deciding.registry.inForce(path, today), first, decision)
    if (early) throw early
    await store(db, services, me, key, wish, listing)
    await audit(db, {
      actorId: me.personId,
      action: 'recognition.decide-key-listing',
      outcome: 'done',
      scope: student.scope,
      schoolId: key.schoolId,
      subject: key.studentId,
      detail: { move: wish.move },
    })
    await reclassify(db, deciding, {
      schoolIds: [key.schoolId],
      studentIds: [key.studentId],
      on: today,
      back: 'importer',
    })
  })
  return {}
}
