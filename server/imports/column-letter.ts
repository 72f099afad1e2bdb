import { sheetNameReader } from '#contract/imports'

const letters = 26

const letterOf = (column: number): string =>
  (column >= letters ? letterOf(Math.floor(column / letters) - 1) : '') + String.fromCharCode(65 + (column % letters))

/** The letter a spreadsheet shows over a column, from 0; '' for the one that holds the name of the sheet, which has none. */
export const columnLetter = (headings: readonly string[], column: number): string =>
  column === headings.length - 1 && sheetNameReader(headings) ? '' : letterOf(column)
