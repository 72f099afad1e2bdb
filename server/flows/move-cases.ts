import { type moveCases as declared, type Flow, moveOf, type Need, whyNotMove } from '#contract/flows'
import { type AnswerOf, type BodyOf, notFound, Refusal } from '#contract/platform'
import type { Actor, Db } from '#server/platform'
import { lockSchools } from '#server/policies'
import { readContent, readContents } from './content.ts'
import { asParticipant } from './desks.ts'
import type { Engine } from './engine.ts'
import { findCases, holdCases } from './find-case.ts'
import { metNeeds } from './met-needs.ts'
import { isLate } from './move-case.ts'
import type { Case, Filled, Procedure } from './procedure.ts'
import { rolesOver } from './roles-over.ts'
import { writeMoves } from './write-moves.ts'

type Wish = BodyOf<typeof declared>
type Answer = AnswerOf<typeof declared>

interface Ruled {
  readonly flow: Flow
  readonly passed: ReadonlySet<string>
}

// Places under the same rule of a pack go together: a school's classes are moved by the same statements.
const rulesOf = (engine: Engine, procedure: Procedure): ((place: string) => Ruled) => {
  const today = engine.services.today()
  const byRule = new Map<unknown, Ruled>()
  const byPlace = new Map<string, Ruled>()
  const read = (place: string): Ruled => {
    const rule = procedure.rule?.(engine.registry.inForce(place, today).rules)
    const known = byRule.get(rule) ?? engine.ruledAt(procedure, place)
    byRule.set(rule, known)
    byPlace.set(place, known)
    return known
  }
  return (place) => byPlace.get(place) ?? read(place)
}

const followsFrom = ({ follow, followMany }: Procedure, move: string): boolean =>
  follow?.[move] !== undefined || followMany?.[move] !== undefined

// What must stand beside a move must stand beside each of many; most moves made on many need nothing.
const needsOf = async (db: Db, engine: Engine, procedure: Procedure, { move }: Wish, held: readonly Case[]) => {
  const { flow } = procedure
  if (!flow.moves.some(({ id, needs = [] }) => id === move && needs.length > 0)) return undefined
  const met = new Map<string, readonly Need[]>()
  for (const one of held) {
    const content = await readContent(db, engine.services.secrets, one.schoolId, one.id)
    met.set(one.id, await metNeeds(db, engine, procedure, flow, one, content))
  }
  return met
}

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
    const refused = new Map<string, Refusal>()
    const ruled = rulesOf(engine, procedure)
    const needs = await needsOf(db, engine, procedure, wish, held)
    const moving = new Map<Ruled, Case[]>()
    for (const standing of held) {
      const rule = ruled(standing.place)
      const met = needs?.get(standing.id)
      const refusal = whyNotMove(rule.flow, {
        state: standing.state,
        move: wish.move,
        roles: rolesOver(rule.flow, me, standing, engine.relationsOver),
        reason: wish.reason,
        late: isLate(engine, standing),
        seen: items.get(standing.id)?.version ?? 0,
        version: standing.version,
        ...(met && { met }),
      })
      if (refusal) refused.set(standing.id, refusal)
      else moving.set(rule, [...(moving.get(rule) ?? []), standing])
    }
    // Opened only where something follows from it.
    const contents = followsFrom(procedure, wish.move)
      ? await readContents(db, engine.services.secrets, schoolId, [...seen])
      : new Map<string, Filled>()
    let moved = 0
    for (const [rule, cases] of moving) {
      const move = moveOf(rule.flow, wish.move)
      const deed = { procedure, ...rule, move, by: me, reason: wish.reason, fields: {}, late: false }
      const steps = cases.map((one) => ({
        case: one,
        stepId: items.get(one.id)?.stepId ?? one.id,
        content: contents.get(one.id) ?? {},
      }))
      moved += (await writeMoves(db, engine, deed, steps, refused)).length
    }
    return { moved, refused: [...refused].map(([caseId, { sentence }]) => ({ caseId, sentence })) }
  })
}
