/** Why a cell can't be taken as it stands. */
export type CellMark = 'formula' | 'error' | 'lossy-number' | 'too-long'

/** One row as text: dates are `YYYY-MM-DD` (with a time behind when the cell has one), numbers their digits, blank is ''. */
export interface SpreadsheetRow {
  readonly sheet: string
  /** Row number as Excel shows it, from 1. */
  readonly row: number
  readonly cells: readonly string[]
  readonly marks?: ReadonlyMap<number, CellMark>
}

/** A file as received. `content` is its bytes or the path where it stands; `name` is only for sentences. */
export interface SpreadsheetSource {
  readonly name: string
  readonly content: Uint8Array | string
}
