import type { listBox as declared, Flow } from '#contract/flows'
import type { AnswerOf, QueryOf } from '#contract/platform'
import type { Actor } from '#server/platform'
import type { Engine } from './engine.ts'
import { movesOffered } from './moves-offered.ts'
import { rolesOver } from './roles-over.ts'

type Offered = AnswerOf<typeof declared>['bulkMoves']

const movesIn = (flow: Flow, me: Actor, place: string, state: string, engine: Engine): Offered => {
  const standing = {
    place,
    state,
    studentId: null,
    applicantId: null,
    openedBy: '',
    assigned: [],
    desks: [],
    excluded: [],
  }
  const roles = rolesOver(flow, me, standing, engine.relationsOver)
  const bulk = new Set(flow.moves.filter((move) => move.bulk).map(({ id }) => id))
  return movesOffered(flow, { state, roles, met: flow.moves.flatMap(({ needs = [] }) => [...needs]) })
    .filter(({ id }) => bulk.has(id))
    .map(({ id, label, needsReason }) => ({ id, label, needsReason }))
}

/** One flow and one state chosen: what may be done with many lines at once, asked of the first, whose place stands for the list. */
export const bulkMovesFor = (engine: Engine, me: Actor, { flow, state }: QueryOf<typeof declared>): Offered => {
  if (!flow || !state) return []
  const procedure = engine.procedureOf(flow)
  const mine = me.posts.flatMap((post) =>
    movesIn(engine.ruledAt(procedure, post.unitPath).flow, me, post.unitPath, state, engine),
  )
  return [...new Map(mine.map((move) => [move.id, move])).values()]
}
