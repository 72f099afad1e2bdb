import { type moveCase as declared, moveOf, stateOf, whyNotMove } from '#contract/flows'
import { type AnswerOf, type BodyOf, notFound, type ParamsOf } from '#contract/platform'
import { type Actor, type Db, sql } from '#server/platform'
import { lockSchools } from '#server/policies'
import { checkFilled, readContent } from './content.ts'
import { asParticipant } from './desks.ts'
import type { Engine } from './engine.ts'
import { findCases, holdCases } from './find-case.ts'
import { metNeeds } from './met-needs.ts'
import type { Case, Doer } from './procedure.ts'
import { rolesOver } from './roles-over.ts'
import { writeMoves } from './write-moves.ts'

type Key = ParamsOf<typeof declared>
type Wish = BodyOf<typeof declared>
type Answer = AnswerOf<typeof declared>

/** Whether the clock of the present state ran out. */
export const isLate = (engine: Engine, standing: Pick<Case, 'dueAt'>): boolean =>
  standing.dueAt !== null && standing.dueAt < engine.now()

/** The step of this id, if it was written before: sending twice moves once. */
export const findStep = (db: Db, schoolId: string, stepId: string) =>
  db.first<{
    caseId: string
    state: string
    version: number
    actorId: string
  }>(sql`select s.case_id as "caseId", s.to_state as state,
      s.number as version, s.actor_id as "actorId" from flow_steps s where s.school_id = ${schoolId} and s.id = ${stepId}`)

/** Moves a case for somebody whom the caller has let in by other means than the door. Refuses as `moveCase`. */
export const moveCaseFor = (engine: Engine, me: Doer, { schoolId, caseId }: Key, wish: Wish): Promise<Answer> =>
  engine.services.door.asJob('importer', async (db) => {
    const before = await findStep(db, schoolId, wish.stepId)
    if (before?.caseId === caseId && before.actorId === me.personId)
      return { state: before.state, version: before.version }
    const [unheld] = await findCases(db, schoolId, [caseId])
    if (!unheld) throw notFound()
    const procedure = engine.procedureOf(unheld.flow)
    if (procedure.holdsSchool) await lockSchools(db, [schoolId])
    const [standing] = await holdCases(db, schoolId, [caseId])
    if (!standing) throw notFound()
    const { flow, passed } = engine.ruledAt(procedure, standing.place)
    const content = await readContent(db, engine.services.secrets, schoolId, caseId)
    const late = isLate(engine, standing)
    const refusal = whyNotMove(flow, {
      state: standing.state,
      move: wish.move,
      roles: rolesOver(flow, me, standing, engine.relationsOver),
      reason: wish.reason,
      met: await metNeeds(db, engine, procedure, flow, standing, content),
      late,
      seen: wish.version,
      version: standing.version,
    })
    if (refusal) throw refusal
    const move = moveOf(flow, wish.move)
    checkFilled(move.fields ?? [], wish.fields)
    const deed = { procedure, flow, passed, move, by: me, reason: wish.reason, fields: wish.fields, late }
    const [moved] = await writeMoves(db, engine, deed, [{ case: standing, stepId: wish.stepId, content }])
    return { state: moved?.state ?? standing.state, version: moved?.version ?? standing.version }
  })

/**
 * Moves a case on by one step. The same step sent twice moves once; of two people at once one moves it and the other is
 * told. Refuses `flows.*` (see `whyNotMove`), `flows.content`, `platform.not-found`.
 */
export const moveCase = async (engine: Engine, actor: Actor, key: Key, wish: Wish): Promise<Answer> => {
  const me = await asParticipant(engine.services.door, actor, async (db, person) => {
    const [seen] = await findCases(db, key.schoolId, [key.caseId])
    if (!seen) throw notFound()
    const procedure = engine.procedureOf(seen.flow)
    const { flow } = engine.ruledAt(procedure, seen.place)
    // A stranger to the step learns nothing of the version; the order and the needs are asked under lock.
    const roles = rolesOver(flow, person, seen, engine.relationsOver)
    const refusal = whyNotMove(flow, { state: seen.state, move: wish.move, roles, reason: wish.reason ?? '理由' })
    if (refusal?.kind === 'forbidden' || (refusal && !stateOf(flow, seen.state))) throw refusal
    return person
  })
  // Asked again of the case as held, which may have moved since.
  return moveCaseFor(engine, me, key, wish)
}
