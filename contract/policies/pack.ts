import type { PlainDate } from './condition.ts'
import type { Cite, Rule, RuleKind, RuleRef } from './rule.ts'

/** A rule of a higher pack that this pack ends, from that day on. */
export interface Ending {
  readonly kind: RuleKind
  readonly ends: RuleRef
  readonly from: PlainDate
  readonly cite: readonly Cite[]
}

export interface SourceDocument {
  readonly id: string
  readonly title: string
  readonly number?: string
  readonly issued?: PlainDate
}

/** A checked pack. */
export interface Pack {
  readonly issuer: string
  readonly name: string
  readonly extends?: string
  readonly version: string
  readonly documents: readonly SourceDocument[]
  readonly rules: readonly Rule[]
  readonly endings: readonly Ending[]
}

/** What a loader found wrong: where, in which rule, and a sentence the author understands. */
export interface PackProblem {
  readonly file: string
  readonly line: number
  readonly rule?: string
  readonly sentence: string
}
