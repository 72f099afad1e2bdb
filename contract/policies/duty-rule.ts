import type { PostId } from '#contract/people'
import type { ClassRef, PlainDate } from './condition.ts'
import type { Examples, RecordKindId, RuleBase } from './rule-base.ts'

/** Which records count: the kind, and for coded fields the codes accepted. */
export interface RecordNeed {
  readonly kind: 'record'
  readonly record: RecordKindId
  readonly number: number
  readonly where: Readonly<Record<string, readonly number[]>>
}
/** A person must be in post for the student, e.g. a mentor. */
export interface AppointmentNeed {
  readonly kind: 'appointment'
  readonly post: PostId
}
/** Every part of the archive has content or is verified as empty. */
export interface ArchiveNeed {
  readonly kind: 'archive'
  readonly parts: readonly ArchivePart[]
}
/** The four parts of a student's archive, as forms call them. */
export const archivePartLabels = {
  'aid-history': '资助历史',
  visits: '家庭走访',
  traits: '学生特点',
  rewards: '成长奖励',
} as const
export interface ArchivePart {
  readonly part: keyof typeof archivePartLabels
  /** Record kinds that fill the part; `[]` where the system derives it and it is never empty. */
  readonly shownBy: readonly RecordKindId[]
  readonly numbers: readonly number[]
}

export type DutyNeed = RecordNeed | AppointmentNeed | ArchiveNeed

/** A teaching week is one with a school day in it; a vacation is the winter or the summer holiday between two terms. */
export type PeriodName =
  | 'school-day'
  | 'week'
  | 'teaching-week'
  | 'month'
  | 'term'
  | 'vacation'
  | 'school-year'
  | 'calendar-year'
export type DutyPeriod =
  | { readonly kind: 'every'; readonly period: PeriodName }
  /** Must hold at all times (a mentor in post). */
  | { readonly kind: 'standing' }
  | { readonly kind: 'once'; readonly by: PlainDate }
  /** Within so long of a record of this kind; with `where`, only of one that says so (a finding, a change). */
  | {
      readonly kind: 'after'
      readonly event: RecordKindId
      readonly where: Readonly<Record<string, readonly number[]>>
      readonly hours?: number
      readonly workingDays?: number
    }

export interface DutyExample {
  readonly period?: { readonly from: PlainDate; readonly until: PlainDate }
  readonly acts: readonly DutyAct[]
  readonly posts: readonly PostId[]
  readonly parts: readonly string[]
}
/** A current record as a duty reads it. */
export interface DutyAct {
  readonly record: RecordKindId
  readonly on: PlainDate
  readonly codes: Readonly<Record<string, readonly number[]>>
}

/** duty: for this class, this post does this, at least n, every period. */
export interface DutyRule extends RuleBase {
  readonly kind: 'duty'
  /** What others may read on a screen, in a message or a file name: no word that labels a child. */
  readonly neutralTitle: string
  readonly for: ClassRef
  readonly does: DutyNeed
  readonly by: PostId
  /** To whom the duty passes, in order, while the post is vacant. */
  readonly fallback: readonly PostId[]
  readonly atLeast: number
  readonly per: DutyPeriod
  readonly examples: Examples<DutyExample>
}
