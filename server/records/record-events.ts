import type { PlainDate } from '#contract/platform'
import { eventKind } from '#server/platform'

/** A subject of a record as figures need it. */
export interface Subject {
  readonly id: string
  readonly scope: string
  readonly stage: number
}

/** Coded content of a record: what rules may ask of it. */
export interface CodedContent {
  readonly mode: number | null
  readonly coded: Readonly<Record<string, unknown>>
  /** The archive part it stands for, if any. */
  readonly part: number | null
}

/** A record was added; nothing else changed. Listeners send all they have to say before they wait. */
export interface RecordAdded extends CodedContent {
  readonly schoolId: string
  readonly schoolPath: string
  readonly kind: number
  readonly actDate: PlainDate
  readonly today: PlainDate
  readonly subjects: readonly Subject[]
  /** Told by duties for which this record counted, in neutral words. */
  readonly counted: (title: string, met: boolean) => void
}
export const recordAdded = eventKind<RecordAdded>('record.added')

/** Records of these students were corrected, withdrawn or reviewed; the school is locked against other moves. */
export interface RecordsMoved {
  readonly schoolId: string
  readonly schoolPath: string
  readonly studentIds: readonly string[]
  readonly kinds: readonly number[]
  readonly today: PlainDate
}
export const recordsMoved = eventKind<RecordsMoved>('records.moved')

/** An error that names what must be done before the same operation is tried once more. */
export interface NeedsFirst extends Error {
  readonly needsFirst: () => Promise<void>
}

/** Whether an operation failed only for want of something that can be done now. */
export const needsFirst = (error: unknown): error is NeedsFirst => error instanceof Error && 'needsFirst' in error
