import { type Flow, relations, stateOf } from './flow.ts'
import { whyNotMove } from './why-not-move.ts'

/** One cell of a flow's table: what happens when this role tries this move in this state. */
export interface Verdict {
  readonly state: string
  readonly move: string
  readonly role: string
  /** `may`, or the code of the refusal. */
  readonly verdict: string
}

// A draft is its writer's, whatever posts others hold.
const rolesIn = (flow: Flow, state: string, role: string): string[] =>
  stateOf(flow, state)?.own && role !== 'applicant' ? [] : [role]

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
        verdict:
          whyNotMove(flow, { state, move: id, roles: rolesIn(flow, state, role), reason: '理由', met: needs })?.code ??
          'may',
      })),
    ),
  )

/** The table as it is kept in a file and read by people: per state and move the roles that may, and of the others why not. */
export type VerdictTable = Readonly<
  Record<string, Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>>
>

const usual = 'flows.not-your-post'

/** Folds cells for a file; a role that no verdict of a move names is refused for want of the post. */
export const tableOf = (cells: readonly Verdict[]): VerdictTable => {
  const table: Record<string, Record<string, Record<string, string[]>>> = {}
  for (const { state, move, role, verdict } of cells) {
    const moves = table[state] ?? {}
    const verdicts = moves[move] ?? {}
    if (verdict !== usual) verdicts[verdict] = [...(verdicts[verdict] ?? []), role]
    moves[move] = verdicts
    table[state] = moves
  }
  return table
}

/** The cells of a table read from a file. */
export const cellsOf = (table: VerdictTable, posts: readonly string[]): Verdict[] =>
  Object.entries(table).flatMap(([state, moves]) =>
    Object.entries(moves).flatMap(([move, verdicts]) =>
      [...posts, ...relations, 'stranger'].map((role) => ({
        state,
        move,
        role,
        verdict: Object.entries(verdicts).find(([, roles]) => roles.includes(role))?.[0] ?? usual,
      })),
    ),
  )
