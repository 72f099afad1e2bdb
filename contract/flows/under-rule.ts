import { type FlowRule, stepsOf } from '#contract/policies'
import { draftMove, type Flow, type Move, relations, type State, stateOf } from './flow.ts'

const narrowed = (move: Move, rule: Pick<FlowRule, 'steps'>): Move => {
  const step = move.step === undefined ? undefined : stepsOf(rule).find(({ id }) => id === move.step)
  if (!step) return move
  return {
    ...move,
    by: move.by.filter((role) => step.by.some((post) => post === role) || !isPostOfSteps(role)),
    needsReason: move.needsReason || step.needsReason,
  }
}

// Relations to a case (its applicant, its panel) are not for a pack to take away.
const isPostOfSteps = (role: string): boolean => !relations.some((relation) => relation === role)

// Whom the pack names for the step finds the case on the desk, in the order of the pack.
const atDesks = (state: State, rule: Pick<FlowRule, 'steps'>): State => {
  const step = state.awaits === undefined ? undefined : stepsOf(rule).find(({ id }) => id === state.awaits)
  if (!step || !state.desk?.some(isPostOfSteps)) return state
  return { ...state, desk: [...step.by, ...state.desk.filter((role) => !isPostOfSteps(role))] }
}

const clocked = (state: State, rule: Pick<FlowRule, 'steps'>): State => {
  const step = state.awaits === undefined ? undefined : stepsOf(rule).find(({ id }) => id === state.awaits)
  if (step?.days === undefined) return state
  const whenOver = state.clock?.whenOver ?? 'escalate'
  return { ...state, clock: { ...state.clock, count: step.days, unit: 'working-days', whenOver } }
}

/**
 * A flow as the pack in force leaves it: a move keeps the posts that table and pack both name and needs a reason when
 * either says so; a state's days are the pack's; a state whose step the pack leaves out or switches off is passed over.
 * Without a rule the table stands as it is.
 */
export const underRule = (flow: Flow, rule: Pick<FlowRule, 'steps'> | undefined): Flow => {
  if (!rule) return flow
  const states = Object.entries(flow.states).map(
    ([name, state]) => [name, atDesks(clocked(state, rule), rule)] as const,
  )
  return {
    ...flow,
    states: Object.fromEntries(states),
    moves: flow.moves.map((move) => narrowed(move, rule)),
  }
}

/** Steps that are passed over: named by the table, but off or absent in the pack. Nothing is, without a rule. */
export const stepsPassedOver = (flow: Flow, rule: Pick<FlowRule, 'steps'> | undefined): ReadonlySet<string> => {
  const awaited = Object.values(flow.states).flatMap(({ awaits }) => (awaits === undefined ? [] : [awaits]))
  const on = new Set(rule ? stepsOf(rule).map(({ id }) => id) : awaited)
  return new Set(awaited.filter((step) => !on.has(step)))
}

/**
 * Where a move leads from a state. `next` is the first later state of the table whose step is on; a procedure may pass
 * over more by saying `skips` (a visit that was made already).
 */
export const targetOf = (flow: Flow, move: Move, from: string, skips: ReadonlySet<string>): string => {
  if (move.to !== 'next') return move.to
  const names = Object.keys(flow.states)
  const later = names.slice(names.indexOf(from) + 1)
  const drafts = flow.moves.flatMap(({ id, to }) => (id === draftMove ? [to] : []))
  const found = later.find((name) => {
    if (drafts.includes(name)) return false
    const awaits = stateOf(flow, name)?.awaits
    return awaits === undefined || !skips.has(awaits)
  })
  if (found === undefined) throw new Error(`flow ${flow.id}: nothing follows ${from}`)
  return found
}
