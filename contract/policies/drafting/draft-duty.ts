import type { PeriodName } from '../rule.ts'
import type { DraftBase } from './draft-base.ts'

/** Which options of a record's coded fields count, by label; a field not named may be any. */
export type DraftWhere = Readonly<Record<string, readonly string[]>>

export type DraftNeed =
  | { readonly kind: 'record'; readonly record: string; readonly where: DraftWhere }
  | { readonly kind: 'appointment'; readonly post: string }
  /** `shownBy`: records that fill the part; none where the system fills it itself. */
  | {
      readonly kind: 'archive'
      readonly parts: readonly { readonly part: string; readonly shownBy: readonly string[] }[]
    }

export type DraftPeriod =
  | { readonly kind: 'every'; readonly period: PeriodName }
  | { readonly kind: 'standing' }
  | { readonly kind: 'once'; readonly by: string }
  | {
      readonly kind: 'after'
      readonly event: string
      readonly where: DraftWhere
      readonly within: number
      readonly unit: 'hours' | 'working_days'
    }

/** 做什么、多久一次、谁负责、几次. */
export interface DraftDuty extends DraftBase {
  readonly neutralTitle: string
  readonly for: string
  readonly does: DraftNeed
  readonly by: string
  readonly fallback: readonly string[]
  readonly atLeast: number
  readonly per: DraftPeriod
}
