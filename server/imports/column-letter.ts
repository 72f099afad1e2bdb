import { besideReader } from '#contract/imports'

const letters = 26

const letterOf = (column: number): string =>
  (column >= letters ? letterOf(Math.floor(column / letters) - 1) : '') + String.fromCharCode(65 + (column % letters))

/** The letter a spreadsheet shows over a column, from 0; '' for one that stands beside the table, which has none. */
export const columnLetter = (headings: readonly string[], column: number): string =>
  column >= (besideReader(headings)?.width ?? headings.length) ? '' : letterOf(column)
