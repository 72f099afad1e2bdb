import { Refusal } from '#contract/platform'

/** One allowed move of a procedure. */
export interface Move<State extends string> {
  readonly id: string
  readonly label: string
  readonly from: readonly (State | 'none')[]
  readonly to: State
  /** Posts that may make it (post ids of the packs); the pack may narrow them, never widen. */
  readonly posts: readonly string[]
  /** A reason must be written. */
  readonly needsReason: boolean
}

/** A procedure as a typed table of states and moves. The screen hides a button by the function the server refuses by. */
export interface Flow<State extends string = string> {
  readonly id: string
  readonly label: string
  readonly states: Readonly<Record<State, { readonly label: string; readonly final?: boolean }>>
  readonly moves: readonly Move<State>[]
}

export interface MoveAttempt {
  /** `none` when the case is not open yet. */
  readonly state: string
  readonly move: string
  /** Posts the person holds over this case. */
  readonly posts: readonly string[]
  readonly reason: string | null
}

/** Why a move may not be made now, or undefined when it may. Deny is the default for a move nobody listed. */
export const whyNotMove = (flow: Flow, attempt: MoveAttempt): Refusal | undefined => {
  const move = flow.moves.find((candidate) => candidate.id === attempt.move)
  if (!move) return new Refusal('flows.no-such-move', '没有这一步。', 'invalid')
  if (!move.posts.some((post) => attempt.posts.includes(post))) {
    return new Refusal('flows.not-your-post', '这一步不由您的岗位办理。', 'forbidden')
  }
  if (!move.from.includes(attempt.state)) {
    return new Refusal('flows.out-of-order', `事项已不在可以“${move.label}”的状态,请刷新后再看。`)
  }
  if (move.needsReason && !attempt.reason?.trim()) {
    return new Refusal('flows.reason-missing', '请写明理由。', 'invalid', [{ field: 'reason', reason: '请写明理由' }])
  }
  return undefined
}

/** The move by id; call after `whyNotMove` said nothing. */
export const moveOf = (flow: Flow, id: string): Move<string> => {
  const move = flow.moves.find((candidate) => candidate.id === id)
  if (!move) throw new Error(`flow ${flow.id} has no move ${id}`)
  return move
}
