import type { PostId } from '#contract/people'
import type { RecordField } from '#contract/policies'
import type { SecrecyDomain } from '#contract/students'

/** What a person is to one case, beside the posts they hold over its place. `clock` is the time that ran out. */
export const relations = [
  'applicant',
  'guardian',
  'student',
  'panel-member',
  'panel-chair',
  'assigned',
  'clock',
] as const
export type Relation = (typeof relations)[number]

/** Who may make a move: a post held at or above the case's place, or a relation to the case. */
export type Role = PostId | Relation

/** Time allowed in a state. Working days follow the calendar of the place; hours are real and stop for nothing. */
export interface Clock {
  readonly count: number
  readonly unit: 'hours' | 'days' | 'working-days'
  /** Told so many units before it runs out. */
  readonly warnBefore?: number
  /** What late means: the next post up is brought in, or the time itself makes this move. */
  readonly whenOver: 'escalate' | { readonly move: string }
}

export interface State {
  readonly label: string
  /** What the family reads about where their request stands: plain, with no word that labels a child. */
  readonly told: string
  readonly final?: boolean
  /** Only who began it acts here, whatever posts others hold: a draft is its writer's. */
  readonly own?: boolean
  /** Who acts next: posts in order of preference (the nearest holder at or above the place), or a relation. */
  readonly desk?: readonly Role[]
  /** Told when a case comes here, without having to act: posts whose reach shows the case, each where it is held nearest. */
  readonly copies?: readonly PostId[]
  readonly clock?: Clock
  /** The step of a pack that this state waits for; a pack that leaves the step out passes the state over. */
  readonly awaits?: string
}

/** What must stand beside a move before it may be made; the operation says which of them do. */
export type Need = 'content' | 'attachment' | 'signature' | 'panel' | 'quorum' | 'panel-closed' | 'answer' | 'visit'

/** One allowed move of a procedure. */
export interface Move<Name extends string = string> {
  readonly id: string
  readonly label: string
  readonly from: readonly (Name | 'none')[]
  /** `next`: the first state after the present one, in the order of the table, that nothing passes over. */
  readonly to: Name | 'next'
  /** Who may make it; the pack may narrow posts, never widen them. */
  readonly by: readonly Role[]
  /** A reason must be written. */
  readonly needsReason: boolean
  readonly needs?: readonly Need[]
  /** What is filled in with the move itself: an amount, a level, an answer. */
  readonly fields?: readonly RecordField[]
  /** Of these fields, those asked only where the case names no student yet. */
  readonly untilKnown?: readonly string[]
  /** The reason is written for who asked and told to them: why it comes back, why it was not granted. */
  readonly tellsReason?: boolean
  /** May be made on many cases of a list at once. */
  readonly bulk?: boolean
  /** No longer possible once the state's clock ran out. */
  readonly refusedLate?: boolean
  /** The step of a pack that this move carries out. */
  readonly step?: string
  /** Said before the click: what will happen next. */
  readonly follows?: string
}

/** The move by which a flow keeps a draft: it leads to the state of drafts, where `next` never stops. */
export const draftMove = 'save'

/** A procedure as a typed table of states and moves. The screen hides a button by the function the server refuses by. */
export interface Flow<Name extends string = string> {
  readonly id: string
  readonly label: string
  /** What it is called where others may read it: inbox titles, messages, file names. */
  readonly neutralLabel: string
  /** Secrecy domain of the case: who sees it over the student. */
  readonly domain: SecrecyDomain
  /** Whether the outcome may ever be announced. `never` is enforced wherever data leaves. [G3] */
  readonly publication: 'announced' | 'never'
  /**
   * `desk`: the case exists for nobody by reach, only for its desk, those it was given to by name, and whoever acted on it.
   * For what colleagues of the same school must not learn of. [G33 Z9]
   */
  readonly seenBy?: 'desk'
  readonly states: Readonly<Record<Name, State>>
  readonly moves: readonly Move<Name>[]
  /** The form of the request. */
  readonly form?: readonly RecordField[]
}

/** The move by id; call after `whyNotMove` said nothing. */
export const moveOf = (flow: Flow, id: string): Move => {
  const move = flow.moves.find((candidate) => candidate.id === id)
  if (!move) throw new Error(`flow ${flow.id} has no move ${id}`)
  return move
}

/** The state by name. */
export const stateOf = (flow: Flow, name: string): State | undefined =>
  Object.hasOwn(flow.states, name) ? flow.states[name] : undefined
