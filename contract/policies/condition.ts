import type { PlainDate } from '#contract/platform'
import type { FactId, RosterFactId } from '#contract/students'

export type { PlainDate } from '#contract/platform'

/** A fact of the dictionary or one that stands on the student's own row or school. */
export type FactRef = FactId | RosterFactId

/** yes-no: boolean; code, integer: whole number; money: whole fen; date: `yyyy-mm-dd`. */
export type FactValue = boolean | number | string

/** A class as rules name it: `<issuer>/<id>` of the pack that defined it first; a replacement keeps the name. */
export type ClassRef = string

/**
 * A condition after loading: labels are codes, money is fen, short names are full. The vocabulary is closed: a rule
 * that cannot be said with these words needs a new word here, never a script in a pack.
 */
export type Condition =
  | { readonly kind: 'is'; readonly fact: FactRef; readonly value: FactValue }
  | { readonly kind: 'in'; readonly fact: FactRef; readonly values: readonly FactValue[] }
  | { readonly kind: 'at_least'; readonly fact: FactRef; readonly value: FactValue }
  | { readonly kind: 'at_most'; readonly fact: FactRef; readonly value: FactValue }
  | { readonly kind: 'between'; readonly fact: FactRef; readonly from: FactValue; readonly to: FactValue }
  | { readonly kind: 'known'; readonly fact: FactRef }
  | { readonly kind: 'has_any'; readonly facts: readonly FactRef[] }
  | { readonly kind: 'has_all'; readonly facts: readonly FactRef[] }
  | { readonly kind: 'member_of'; readonly class: ClassRef }
  /** At least one current record of this kind with an act date in the last `days` days, today included. */
  | { readonly kind: 'done_within'; readonly record: string; readonly number: number; readonly days: number }
  | { readonly kind: 'all'; readonly of: readonly Condition[] }
  | { readonly kind: 'any'; readonly of: readonly Condition[] }
  | { readonly kind: 'none'; readonly of: readonly Condition[] }
  | { readonly kind: 'at_least_n_of'; readonly n: number; readonly of: readonly Condition[] }

export type ConditionKind = Condition['kind']
export type ConditionOf<K extends ConditionKind> = Extract<Condition, { kind: K }>

/** `unknown` is not `not met`: somebody has to ask before the rule can answer. */
export type Answer = 'met' | 'not met' | 'unknown'

export interface Verdict {
  readonly answer: Answer
  /** The facts whose absence keeps the answer open; empty unless the answer is unknown. */
  readonly missing: readonly FactRef[]
}

/** What rules read about one student. An absent or null value is unknown. */
export interface Subject {
  readonly facts: Readonly<Partial<Record<FactId, FactValue | null>>>
  readonly roster: {
    readonly stage?: number | null
    readonly grade?: number | null
    readonly sex?: number | null
    readonly birth_date?: PlainDate | null
    readonly entered_on?: PlainDate | null
    readonly urban?: number | null
  }
  /** Current (not superseded, not withdrawn) records: kind number and act date. */
  readonly acts?: readonly { readonly kind: number; readonly on: PlainDate }[]
}

/** Finds the condition of a class that is in force; undefined when there is none (its members are then nobody). */
export type ClassLookup = (ref: ClassRef) => Condition | undefined
