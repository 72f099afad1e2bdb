import type { PostId } from '#contract/people'
import type { SecrecyDomain } from '#contract/students'
import type { Examples, RuleBase } from './rule-base.ts'

export type GuardReach = 'own-students' | 'class' | 'school' | 'unit' | 'none'
export type GuardedList = 'key-students' | 'coverage-5' | 'coverage-6'
/** Lists a guard may name; the importer knows the same ids. */
export const importListKinds = [
  'roster',
  'staff',
  'dibao',
  'dibao-marginal',
  'destitute',
  'children-in-difficulty',
  'martyrs',
  'disability',
  'poverty-monitor',
  'orphans',
  'psychological-screening',
  'exam-results',
  'registration-absences',
  'home-visits',
] as const
export type ImportListKind = (typeof importListKinds)[number]

/** guard: what must never happen, said as who may. */
export interface GuardRule extends RuleBase {
  readonly kind: 'guard'
  readonly guards:
    | {
        readonly kind: 'sees'
        readonly post: PostId
        readonly domains: readonly SecrecyDomain[]
        readonly over: GuardReach
      }
    | { readonly kind: 'opens'; readonly lists: readonly GuardedList[]; readonly posts: readonly PostId[] }
    | { readonly kind: 'imports'; readonly lists: readonly ImportListKind[]; readonly posts: readonly PostId[] }
    | { readonly kind: 'unspoken'; readonly words: readonly string[] }
  readonly examples: Examples<GuardExample>
}
export interface GuardExample {
  readonly post?: PostId
  readonly domain?: SecrecyDomain
  readonly list?: string
  readonly text?: string
}
