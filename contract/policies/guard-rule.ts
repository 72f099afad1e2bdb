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

/** Ways by which something that is known here reaches somebody. */
export const doors = {
  announcement: '公示',
  list: '名单',
  search: '搜索',
  count: '计数',
  sort: '排序',
  filter: '筛选',
  export: '导出',
  print: '打印',
  message: '消息',
  webhook: '群机器人',
  statistic: '对外统计',
  api: '接口',
  'file-name': '文件名',
  log: '日志',
} as const
export type OutwardDoor = keyof typeof doors

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
    /** Classes (by id, whatever pack), guarded lists and procedures that leave by none of these doors but to these posts. [G3] */
    | {
        readonly kind: 'withholds'
        readonly lists: readonly string[]
        readonly doors: readonly OutwardDoor[]
        readonly but: readonly PostId[]
      }
    /** Figures below so many people are not told outside the reporting chain. */
    | { readonly kind: 'suppresses'; readonly below: number }
  readonly examples: Examples<GuardExample>
}
export interface GuardExample {
  readonly post?: PostId
  readonly domain?: SecrecyDomain
  readonly list?: string
  readonly text?: string
  readonly door?: OutwardDoor
  readonly count?: number
}
