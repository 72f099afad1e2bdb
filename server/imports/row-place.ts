import { type ImportRow, rowsPerSheet } from './importing.ts'

type Placed = Pick<ImportRow, 'stated'>

const readSheets = ({ stated }: Placed) => (stated.sheets ?? []).filter(({ passed }) => !passed)

/** The sheet a kept row stands on, where a workbook has several of one form; undefined where there is one. */
export const sheetOf = (of: Placed, row: number): string | undefined => {
  const sheets = readSheets(of)
  return sheets.length > 1 ? sheets[Math.floor(row / rowsPerSheet)]?.sheet : undefined
}

/** Where a kept row stands, as a person finds it in the file: 第 7 行, or “三(2)班”第 7 行. */
export const rowPlace = (of: Placed, row: number): string => {
  const sheet = sheetOf(of, row)
  return `${sheet === undefined ? '' : `“${sheet}”`}第 ${row % rowsPerSheet} 行`
}
