import type { RecordAdded } from '#server/records'
import type { Fed } from './find-fed.ts'

/** A progress row as this transaction left it; it is held until the end. */
export interface Moved {
  readonly studentId: string
  readonly rule: number
  readonly period: string
  readonly met: boolean
  readonly wasMet: boolean
  readonly done: number
  readonly parts: number
  /** Days of the first and the last record; not told of duties that only count records. */
  readonly firstOn?: string
  readonly lastOn?: string
}

/** A duty a record touches: counted for it (`add` 1), or held because it makes up a coverage with one that is (0). */
export interface Touched extends Fed {
  readonly add: number
}

/** One row to be moved: what it holds when this record is the first of its period. */
export interface ProgressRow {
  readonly duty: Touched['duty']
  readonly student: RecordAdded['subjects'][number]
  readonly parts: number
  readonly done: number
  readonly met: boolean
  readonly day: string | null
  /** What `done` or `parts` is compared with. */
  readonly asked: number
}

/** What is known before a record is counted: whether nothing can be met by it, and rows that hold what it brings. */
export interface Known {
  readonly settled: boolean
  readonly held: readonly Moved[]
}
