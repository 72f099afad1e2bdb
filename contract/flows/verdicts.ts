import { type Flow, relations } from './flow.ts'
import { whyNotMove } from './why-not-move.ts'

/** One cell of a flow's table: what happens when this role tries this move in this state. */
export interface Verdict {
  readonly state: string
  readonly move: string
  readonly role: string
  /** `may`, or the code of the refusal. */
  readonly verdict: string
}

/**
 * Every cell of (state × move × role) of a flow, `none` for the case that is not open, with a stranger who holds nothing.
 * Reason and needs are taken as given: the table tells who may and when.
 */
export const verdictsOf = (flow: Flow, posts: readonly string[]): Verdict[] =>
  ['none', ...Object.keys(flow.states)].flatMap((state) =>
    flow.moves.flatMap(({ id, needs = [] }) =>
      [...posts, ...relations, 'stranger'].map((role) => ({
        state,
        move: id,
        role,
        verdict: whyNotMove(flow, { state, move: id, roles: [role], reason: '理由', met: needs })?.code ?? 'may',
      })),
    ),
  )
