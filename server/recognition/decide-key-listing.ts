import { uuidv7 } from 'uuidv7'
import type { Flow } from '#contract/flows'
import { moveOf, whyNotMove } from '#contract/flows'
import { type BodyOf, notFound, type ParamsOf, type PlainDate } from '#contract/platform'
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
import { type Actor, audit, type Db, type Services, sql } from '#server/platform'
import { reclassify } from '#server/policies'
import { type Deciding, getSchoolPath, getStudents, holdStudents, insistOnMove } from './deciding.ts'
import { whyNotYet } from './first-things.ts'
import { isWritten, writeFact, writeSteps } from './write-decision.ts'

type Key = ParamsOf<typeof declared>
type Wish = BodyOf<typeof declared>

const secrecy = secrecyDomains.protection.code

interface Listing {
  readonly id: string
  readonly case_id: string
  readonly from_date: PlainDate
}

const findListing = (db: Db, { schoolId, studentId }: Key, today: PlainDate): Promise<Listing | undefined> =>
  db.first<Listing>(sql`select id, case_id, from_date from key_listings
    where school_id = ${schoolId} and student_id = ${studentId} and (until_date is null or until_date > ${today}::date)
    order by from_date desc limit 1`)

const stateOf = (listing: Listing | undefined): string => (listing ? 'listed' : 'none')

const writeListing = (db: Db, services: Services, me: Actor, key: Key, wish: Wish, caseId: string): Promise<number> => {
  const care = wish.care?.trim() ? services.secrets.seal(wish.care.trim()) : null
  const difficulties = [...new Set(wish.difficulties)].sort((one, other) => one - other)
  return db.change(sql`insert into key_listings (school_id, id, student_id, scope, from_date, difficulties, care_text_cipher,
      case_id, confirmed_by, confirmed_by_name)
    select school_id, ${wish.id}, id, scope, ${wish.on}, ${difficulties}::smallint[], ${care}, ${caseId}, ${me.personId}, ${me.name}
    from students where school_id = ${key.schoolId} and id = ${key.studentId}`)
}

const store = async (
  db: Db,
  services: Services,
  me: Actor,
  key: Key,
  wish: Wish,
  listing: Listing | undefined,
): Promise<void> => {
  const caseId = listing?.case_id ?? uuidv7()
  const { to } = moveOf(keyListingFlow as Flow, wish.move)
  const deed = { flow: keyListingFlow.id, move: wish.move, final: to !== 'listed', by: me, reason: wish.reason }
  await writeSteps(db, services.secrets, { ...deed, schoolId: key.schoolId, secrecy }, [
    { id: wish.id, caseId, studentId: key.studentId, from: stateOf(listing), to, payload: {} },
  ])
  if (wish.move === 'confirm') await writeListing(db, services, me, key, wish, caseId)
  if (wish.move === 'exit') {
    await db.change(sql`update key_listings set until_date = ${wish.on}
      where school_id = ${key.schoolId} and student_id = ${key.studentId} and id = ${listing?.id}`)
  }
  // No source row: sources are open to every signed-in person, and that a school decided is itself not for telling.
  await writeFact(
    db,
    'key_student',
    { schoolId: key.schoolId, secrecy, asOf: wish.on, validUntil: null, sourceId: null, by: me.personId },
    [{ studentId: key.studentId, value: wish.move === 'confirm' }],
  )
}

/**
 * Confirms a student the rules proposed (or people found), declines, or lets one go. Nothing of it is published; the
 * care text and the reason are sealed. [C2 G3 G7] Refuses `flows.*`, `recognition.wrong-day`, `recognition.steps-before`.
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
    const ruled = flowAsRuled(keyListingFlow as Flow, 'confirm', rule)
    const asked = { move: wish.move, reason: wish.reason }
    insistOnMove(person, ruled, [found], 'protection', { ...asked, state: moveOf(ruled, wish.move).from[0] ?? 'none' })
    const early = wish.move === 'confirm' ? whyNotInOneStep(rule) : undefined
    if (early) throw early
    return { me: person, student: found, flow: ruled, path, step: rule && stepsOf(rule).at(-1) }
  })
  await services.door.asJob('importer', async (db) => {
    await holdStudents(db, key.schoolId, [key.studentId])
    if (await isWritten(db, key.schoolId, wish.id)) return
    const listing = await findListing(db, key, today)
    const roles = flow.moves.flatMap(({ by }) => [...by])
    const refusal =
      whyNotMove(flow, { state: stateOf(listing), move: wish.move, roles, reason: wish.reason }) ??
      whyNotChangeOn(wish.on, listing?.from_date ?? '1900-01-01', today)
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
