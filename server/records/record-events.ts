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

/**
 * A record was added; nothing else changed. Listeners send all they have to say before they wait, or say that they wait:
 * the transaction ends with the same message.
 */
export interface RecordAdded extends CodedContent {
  readonly schoolId: string
  readonly schoolPath: string
  readonly kind: number
  readonly actDate: PlainDate
  readonly today: PlainDate
  readonly subjects: readonly Subject[]
  /** Told by duties for which this record counted, in neutral words. */
  readonly counted: (title: string, met: boolean) => void
  /** Called at once by a listener that must read an answer before it has sent everything. */
  readonly waits: () => void
  /** Tried before, when what was remembered of the subjects did not hold: nothing is taken from memory. */
  readonly again: boolean
  /** Called at once by who keeps figures: what to do before the record is tried again when they are not open yet. */
  readonly opensFigures: (open: () => Promise<void>) => void
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

/** What the server's error quotes when a figure that a record moves was never counted. */
export const figuresNotOpen = 'figures are not open'

/** What the server's error quotes when a duty is met by a record that was remembered as met before. */
export const metJustNow = 'met just now'

/** What the server's error quotes when a subject is not what it was remembered to be. */
export const subjectsMoved = 'subjects moved'

const quotes = (error: unknown, words: string): boolean => {
  const { code, message } = error as { code?: string; message?: string }
  return code === '22P02' && (message?.includes(`"${words}"`) ?? false)
}

/** Whether a record failed only because figures of its period have not been counted yet. */
export const wantsFigures = (error: unknown): boolean => quotes(error, figuresNotOpen)

/** Whether a record failed only because what was remembered of its subjects or their duties did not hold. */
export const wantsFreshView = (error: unknown): boolean => quotes(error, metJustNow) || quotes(error, subjectsMoved)
