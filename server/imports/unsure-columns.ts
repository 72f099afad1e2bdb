import { meaningLabel, sureEnough } from '#contract/imports'
import { columnLetter } from './column-letter.ts'
import type { KeptMapping } from './importing.ts'

interface ToldColumn {
  /** As a spreadsheet shows it; '' for a column that stands beside the table. */
  readonly letter: string
  readonly heading: string
}

/** What a person at the screen would see marked: for those who have none. */
export interface UnsureColumns {
  readonly sheet: string
  /** Columns that are read, but may mean something else. */
  readonly unsure: readonly (ToldColumn & { readonly takenFor: string })[]
  /** Columns with a heading that are not read. */
  readonly unread: readonly ToldColumn[]
  /** Labels of required fields that no column gives. */
  readonly missing: readonly string[]
}

/** Tells which columns of a list are not surely understood, and which are not read at all. */
export const findUnsureColumns = ({ sheet, headings, columns, missing }: KeptMapping): UnsureColumns => {
  const told = (column: number): ToldColumn => ({
    letter: columnLetter(headings, column),
    heading: headings[column] ?? '',
  })
  const read = new Set(columns.map(({ column }) => column))
  return {
    sheet,
    unsure: columns
      .filter(({ confidence }) => confidence < sureEnough)
      .map(({ column, field }) => ({ ...told(column), takenFor: meaningLabel(field) })),
    unread: headings.flatMap((heading, column) => (heading === '' || read.has(column) ? [] : [told(column)])),
    missing,
  }
}
