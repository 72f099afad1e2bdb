import type { Writable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'

export type WrittenCell = string | number | null | undefined

export interface WrittenColumn {
  readonly heading: string
  /** Width in characters; 14 when not given. */
  readonly width?: number
  /** `text` keeps long numbers whole (identity and student numbers); the usual. */
  readonly kind?: 'text' | 'number'
}

export interface WrittenSheet {
  readonly name: string
  /** Lines above the headings, merged over all columns. */
  readonly titles?: readonly string[]
  readonly columns: readonly WrittenColumn[]
  readonly rows: Iterable<readonly WrittenCell[]> | AsyncIterable<readonly WrittenCell[]>
}

const formulaStart = /^[=+\-@\t\r]/
const longestCell = 32_000
const rowsPerTurn = 400

/** Text that a spreadsheet program would run as a formula gets an apostrophe in front; numbers stay numbers. */
export const guardFormula = (text: string): string => (formulaStart.test(text) ? `'${text}` : text)

/** Control characters that no XML can hold, and lone halves of surrogate pairs. */
const unwritable = /[^\P{Cc}\t\n\r]|\p{Cs}|[\ufffe\uffff]/gu

const cellValue = (cell: WrittenCell): string | number | null => {
  if (cell === null || cell === undefined || cell === '') return null
  return typeof cell === 'number' ? cell : guardFormula(cell.replace(unwritable, '').slice(0, longestCell))
}

const sheetName = (name: string) =>
  name
    .replace(/[[\]:*?/\\]/g, ' ')
    .slice(0, 31)
    .trim() || '名单'

/**
 * Streams one or more sheets into an .xlsx; rows are taken as they can be written, so a cursor may feed them.
 * Text columns have text format; texts that begin like a formula are guarded. Answers the number of rows written.
 */
export async function writeWorkbook(target: Writable, sheets: readonly WrittenSheet[]): Promise<number> {
  // loaded when the first sheet is written: an idle program does without its 37 MB
  const { default: ExcelJS } = await import('exceljs')
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: target, useStyles: true, useSharedStrings: false })
  let written = 0
  for (const sheet of sheets) {
    const titles = sheet.titles ?? []
    const worksheet = workbook.addWorksheet(sheetName(sheet.name), {
      views: [{ state: 'frozen', ySplit: titles.length + 1 }],
    })
    worksheet.columns = sheet.columns.map((column) => ({
      width: column.width ?? 14,
      style: { numFmt: column.kind === 'number' ? 'General' : '@' },
    }))
    for (const [i, title] of titles.entries()) {
      const row = worksheet.addRow([cellValue(title)])
      row.font = { bold: true, size: i === 0 ? 14 : 11 }
      if (sheet.columns.length > 1) worksheet.mergeCells(i + 1, 1, i + 1, sheet.columns.length)
      row.commit()
    }
    const heading = worksheet.addRow(sheet.columns.map((column) => cellValue(column.heading)))
    heading.font = { bold: true }
    heading.commit()
    for await (const cells of sheet.rows) {
      worksheet.addRow(cells.map(cellValue)).commit()
      if (++written % rowsPerTurn === 0) await setImmediate()
    }
    worksheet.commit()
  }
  await workbook.commit()
  return written
}
