import type { FactValue, PlainDate, Subject } from './condition.ts'

/** Where a rule comes from: the requirement, the document (listed in pack.yaml) and the place in it. */
export interface Cite {
  readonly requirement: readonly string[]
  readonly document: string
  /** Article or paragraph. */
  readonly at: string
  readonly quote?: string
}

/** `<issuer>/<id>` of the rule's first definition. A rule that replaces another keeps the name of the one it replaces. */
export type RuleRef = string

export interface RuleBase {
  readonly id: string
  readonly ref: RuleRef
  /** The pack this text of the rule stands in. */
  readonly issuer: string
  readonly label: string
  readonly cite: readonly Cite[]
  /** First and last day in force; open when absent. */
  readonly from?: PlainDate
  readonly until?: PlainDate
  /** 平台口径: the figure or boundary is ours, the document is silent. */
  readonly standpoint?: 'platform'
  readonly replaces?: RuleRef
  readonly line: number
}

/** A child made up for an example, and what the rule should say. */
export interface StudentExample {
  readonly subject: Subject
  readonly date?: PlainDate
  readonly suggests?: FactValue
}

export interface Examples<E> {
  readonly in: readonly E[]
  readonly out: readonly E[]
  readonly unknown: readonly E[]
}

/** Id of a kind of record: `home-visit`. */
export type RecordKindId = string
