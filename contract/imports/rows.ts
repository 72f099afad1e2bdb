/** What a reading adapter hands to this capability: one row of one sheet, every cell already plain text. */

export type CellMark = 'formula' | 'error' | 'lossy-number' | 'too-long'

export interface SheetRow {
  readonly sheet: string
  /** Row number as Excel shows it, from 1. */
  readonly row: number
  /** Texts by column; dates are `YYYY-MM-DD`, numbers their digits, blank is ''. */
  readonly cells: readonly string[]
  /** Cells that can't be taken as they stand, by column index. */
  readonly marks?: ReadonlyMap<number, CellMark>
}
