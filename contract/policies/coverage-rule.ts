import type { PostId } from '#contract/people'
import type { SecrecyDomain } from '#contract/students'
import type { ClassRef } from './condition.ts'
import type { Examples, RuleBase, RuleRef } from './rule-base.ts'

/** 1 to 6 are the six coverages of Jiangsu wherever they stand; a pack that counts something else takes a number of its own. */
export type CoverageNumber = number
export const MOST_COVERAGE_NUMBER = 99
export type CoverageSplit = 'stage' | 'urban' | 'class'
export type CentrePart = 'place' | 'director' | 'member'
export type CentreUnit = 'county' | 'school' | 'college'

/** count: one coverage. A student counts when every duty named is met; a unit when its centre is complete. */
export interface CoverageRule extends RuleBase {
  readonly kind: 'count'
  readonly number: CoverageNumber
  readonly denominator:
    | { readonly kind: 'class'; readonly class: ClassRef }
    | { readonly kind: 'units'; readonly units: readonly CentreUnit[] }
  readonly numerator:
    | { readonly kind: 'duties'; readonly duties: readonly RuleRef[] }
    | { readonly kind: 'centre'; readonly needs: readonly CentrePart[] }
  readonly splits: readonly CoverageSplit[]
  readonly secrecy: SecrecyDomain
  /** Posts that may open the names of who is missing. */
  readonly namesFor: readonly PostId[]
  /** Show "reviewed" beside "done" (visited and reviewed are told apart). */
  readonly showsReviewed: boolean
  readonly examples: Examples<CoverageExample>
}
export interface CoverageExample {
  readonly dutiesMet: readonly RuleRef[]
  readonly centre: readonly CentrePart[]
}
