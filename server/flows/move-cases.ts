import { type moveCases as declared, moveOf, whyNotMove } from '#contract/flows'
import { type AnswerOf, type BodyOf, notFound, Refusal } from '#contract/platform'
import type { Actor } from '#server/platform'
import { lockSchools } from '#server/policies'
import { readContents } from './content.ts'
import { asParticipant } from './desks.ts'
import type { Engine } from './engine.ts'
import { findCases, holdCases } from './find-case.ts'
import { isLate } from './move-case.ts'
import type { Case } from './procedure.ts'
import { rolesOver } from './roles-over.ts'
import { writeMoves } from './write-moves.ts'

type Wish = BodyOf<typeof declared>
type Answer = AnswerOf<typeof declared>

/**
 * The same move on many cases of one school and flow, in one transaction: those that may not be moved are named with the
 * reason and stay; the others move. Only moves the table calls bulk. Refuses `flows.not-in-bulk`, not-found.
 */
export const moveCases = async (engine: Engine, actor: Actor, schoolId: string, wish: Wish): Promise<Answer> => {
  const procedure = engine.procedureOf(wish.flow)
  if (!procedure.flow.moves.some(({ id, bulk }) => id === wish.move && bulk))
    throw new Refusal('flows.not-in-bulk', '这一步须逐件办理。', 'invalid')
  const items = new Map(wish.items.map((item) => [item.caseId, item]))
  const { me, seen } = await asParticipant(engine.services.door, actor, async (db, person) => {
    const cases = await findCases(db, schoolId, [...items.keys()])
    return { me: person, seen: new Set(cases.filter(({ flow }) => flow === wish.flow).map(({ id }) => id)) }
  })
  if (seen.size < items.size) throw notFound()
  return engine.services.door.asJob('importer', async (db) => {
    if (procedure.holdsSchool) await lockSchools(db, [schoolId])
    const held = await holdCases(db, schoolId, [...seen])
    const refused: { caseId: string; sentence: string }[] = []
    const moving = new Map<string, Case[]>()
    for (const standing of held) {
      const { flow } = engine.ruledAt(procedure, standing.place)
      const refusal = whyNotMove(flow, {
        state: standing.state,
        move: wish.move,
        roles: rolesOver(flow, me, standing, engine.relationsOver),
        reason: wish.reason,
        late: isLate(engine, standing),
        seen: items.get(standing.id)?.version ?? 0,
        version: standing.version,
      })
      if (refusal) refused.push({ caseId: standing.id, sentence: refusal.sentence })
      else moving.set(standing.place, [...(moving.get(standing.place) ?? []), standing])
    }
    // Opened only where something follows from it.
    const contents = procedure.follow?.[wish.move]
      ? await readContents(db, engine.services.secrets, schoolId, [...seen])
      : new Map()
    let moved = 0
    for (const [place, cases] of moving) {
      const { flow, passed } = engine.ruledAt(procedure, place)
      const deed = {
        procedure,
        flow,
        passed,
        move: moveOf(flow, wish.move),
        by: me,
        reason: wish.reason,
        fields: {},
        late: false,
      }
      const steps = cases.map((one) => ({
        case: one,
        stepId: items.get(one.id)?.stepId ?? one.id,
        content: contents.get(one.id) ?? {},
      }))
      moved += (await writeMoves(db, engine, deed, steps)).length
    }
    return { moved, refused }
  })
}
