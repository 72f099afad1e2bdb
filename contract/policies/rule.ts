import type { SecrecyDomain } from '#contract/students'
import type { Condition, FactValue } from './condition.ts'
import type { CoverageRule } from './coverage-rule.ts'
import type { DutyRule } from './duty-rule.ts'
import type { FlowRule } from './flow-rule.ts'
import type { GuardRule } from './guard-rule.ts'
import type { RecordKindDefinition } from './record-kind.ts'
import type { Examples, RuleBase, StudentExample } from './rule-base.ts'

// One noun, one file; whoever speaks of rules finds them all here.
export * from './coverage-rule.ts'
export * from './duty-rule.ts'
export * from './flow-rule.ts'
export * from './guard-rule.ts'
export * from './record-kind.ts'
export type * from './rule-base.ts'

/** who: a class of students. */
export interface ClassRule extends RuleBase {
  readonly kind: 'who'
  /** Who may learn of membership: those who see this domain. */
  readonly secrecy: SecrecyDomain
  /** Why membership may be known more widely than the facts it rests on. */
  readonly discloses?: string
  /** True for candidates: the rule proposes, a person confirms. Never the base of a duty, a figure or another class. */
  readonly proposes: boolean
  /** For candidates: the value to propose, by the first condition met. */
  readonly suggests?: {
    readonly fact: 'hardship_level' | 'key_student'
    readonly choose: readonly { readonly value: FactValue; readonly when?: Condition }[]
  }
  readonly when: Condition
  readonly examples: Examples<StudentExample>
}

export type Rule = ClassRule | DutyRule | RecordKindDefinition | FlowRule | CoverageRule | GuardRule
export type RuleKind = Rule['kind']
export type RuleOf<K extends RuleKind> = Extract<Rule, { kind: K }>
