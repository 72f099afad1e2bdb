import type { Writable } from 'node:stream'
import { defaultLimits, type SpreadsheetLimits } from './limits.ts'
import { readWorkbook } from './read-workbook.ts'
import type { SpreadsheetRow, SpreadsheetSource } from './row.ts'
import { type WrittenCell, type WrittenSheet, writeWorkbook } from './write-workbook.ts'

/** The rows of one sheet to give back, and where its headings end. */
export interface AnnotatedSheet {
  readonly sheet: string
  /** Excel number of the first heading row; what stands above are titles and notes. */
  readonly headingStart?: number
  /** Excel number of the last heading row. */
  readonly headingEnd: number
  /** Reason by Excel row number; rows without one are left out. */
  readonly reasons: ReadonlyMap<number, string>
}

const reasonHeading = '错误原因'

const titleOf = (row: SpreadsheetRow): string => [...new Set(row.cells.filter((cell) => cell !== ''))].join(' ')

interface Found {
  readonly titles: string[]
  readonly headings: (readonly string[])[]
  readonly rows: WrittenCell[][]
  width: number
}

const isTitle = (row: SpreadsheetRow) => new Set(row.cells.filter((cell) => cell !== '')).size <= 1

async function collect(source: SpreadsheetSource, wanted: readonly AnnotatedSheet[], limits: SpreadsheetLimits) {
  const bySheet = new Map(
    wanted.map((sheet) => [
      sheet.sheet,
      { ...sheet, found: { titles: [], headings: [], rows: [], width: 0 } as Found },
    ]),
  )
  for await (const row of readWorkbook(source, limits)) {
    const sheet = bySheet.get(row.sheet)
    if (!sheet) continue
    const { found } = sheet
    const reason = sheet.reasons.get(row.row)
    if (row.row <= sheet.headingEnd) {
      const above = isTitle(row) || row.row < (sheet.headingStart ?? 1)
      if (above) found.titles.push(titleOf(row))
      else found.headings.push(row.cells)
      if (!above) found.width = Math.max(found.width, row.cells.length)
    } else if (reason !== undefined) {
      found.width = Math.max(found.width, row.cells.length)
      found.rows.push([...row.cells, reason])
    }
  }
  return [...bySheet.values()]
}

/** Cells padded so that the reason stands in the column behind the widest row. */
const padded = (cells: readonly WrittenCell[], width: number): WrittenCell[] => {
  const reason = cells.at(-1)
  return [...cells.slice(0, -1), ...Array<string>(Math.max(0, width - cells.length + 1)).fill(''), reason]
}

/**
 * Gives refused rows back as the sender sent them: same titles, headings and columns, with 错误原因 as one more column.
 * Rows corrected there can be sent again as they are. Answers the number of rows written.
 */
export async function annotateWorkbook(
  source: SpreadsheetSource,
  target: Writable,
  wanted: readonly AnnotatedSheet[],
  limits: SpreadsheetLimits = defaultLimits,
): Promise<number> {
  const sheets = await collect(source, wanted, limits)
  const written: WrittenSheet[] = sheets.map(({ sheet, found }) => {
    const [first = [], ...more] = found.headings
    const headings = Array.from({ length: found.width }, (_, c) => first[c] ?? '')
    return {
      name: sheet || '名单',
      titles: found.titles,
      columns: [...headings.map((heading) => ({ heading })), { heading: reasonHeading, width: 50 }],
      rows: [...more.map((row) => [...row]), ...found.rows.map((row) => padded(row, found.width))],
    }
  })
  return writeWorkbook(target, written)
}
