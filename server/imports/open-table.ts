import { findHeader, fullHeading, type Heading, headingSearchRows, rowRole, type SheetRow } from '#contract/imports'
import { Refusal } from '#contract/platform'
import { readWorkbook, readWorkbookApart } from '../platform/spreadsheets/index.ts'
import type { FormSheet } from './form-sheet.ts'
import { type KeptMapping, rowsPerSheet } from './importing.ts'

const sampleRows = 60

/** The table found in a workbook, with a few rows to judge columns by. */
export interface FoundTable {
  readonly sheet: string
  readonly heading: Heading
  /** Row of the first heading, as Excel counts. */
  readonly headingRow: number
  readonly samples: readonly SheetRow[]
}

const noTable = () =>
  new Refusal(
    'imports.no-table',
    '没有找到表头。请检查文件里有没有“姓名”“学校”这样的列名,表头应在前 40 行内。',
    'invalid',
  )

const tableOf = (rows: readonly SheetRow[]): FoundTable | undefined => {
  const heading = findHeader(rows)
  const top = heading && rows[heading.index]
  if (!heading || !top) return undefined
  const samples = rows.slice(heading.index + heading.height)
  return samples.length === 0 ? undefined : { sheet: top.sheet, heading, headingRow: top.row, samples }
}

/** Finds the first sheet with headings and at least one row below them. Refuses `imports.no-table` and unreadable files. */
export const findTable = async (content: Buffer, fileName: string): Promise<FoundTable> => {
  let rows: SheetRow[] = []
  for await (const row of readWorkbook({ content, name: fileName })) {
    if (rows[0] && rows[0].sheet !== row.sheet) {
      const table = tableOf(rows)
      if (table) return table
      rows = []
    }
    rows.push(row)
    if (rows.length < headingSearchRows + sampleRows) continue
    const table = tableOf(rows)
    if (table) return table
    // a sheet whose first rows hold no headings is passed over
    rows.length = 1
  }
  const table = tableOf(rows)
  if (!table) throw noTable()
  return table
}

/** A data row with its number; rows of further sheets of the same form are told apart by ten millions. */
export interface DataRow {
  readonly key: number
  readonly row: SheetRow
}

const headingsOf = (heading: Heading): string[] => heading.headings.map((_, column) => fullHeading(heading, column))

interface SheetWalk {
  waiting: SheetRow[] | undefined
  startsAfter: number
  ordinal: number
}

/**
 * Streams the data rows of the table a mapping was made for, on every sheet that has the same headings (one sheet per
 * class is usual). Titles, totals, notes and repeated headings are left out.
 */
export async function* dataRows(
  content: Uint8Array,
  fileName: string,
  mapping: KeptMapping,
  onSheet: (sheet: FormSheet) => void = () => {},
): AsyncGenerator<DataRow> {
  const columns = mapping.columns.map((column) => column.column)
  let sheet: string | undefined
  let ordinal = -1
  let walk: SheetWalk = { waiting: [], startsAfter: 0, ordinal: 0 }
  const isSame = (heading: Heading | undefined) =>
    heading !== undefined && headingsOf(heading).join('\n') === mapping.headings.join('\n')

  const settle = (rows: SheetRow[]): SheetRow[] => {
    const heading = findHeader(rows)
    const top = heading && rows[heading.index]
    if (!heading || !top || !isSame(heading)) {
      walk = { waiting: undefined, startsAfter: Number.POSITIVE_INFINITY, ordinal: 0 }
      return []
    }
    ordinal++
    const last = rows[heading.index + heading.height - 1] ?? top
    walk = { waiting: undefined, startsAfter: last.row, ordinal }
    onSheet({ sheet: top.sheet, headingEnd: last.row })
    return rows
  }
  const take = (row: SheetRow): DataRow | undefined =>
    row.row > walk.startsAfter && rowRole(row, columns, mapping.headings) === 'data'
      ? { key: walk.ordinal * rowsPerSheet + row.row, row }
      : undefined
  for await (const row of readWorkbookApart({ content, name: fileName })) {
    if (row.sheet !== sheet) {
      for (const kept of walk.waiting ? settle(walk.waiting) : []) {
        const data = take(kept)
        if (data) yield data
      }
      sheet = row.sheet
      walk = { waiting: [], startsAfter: 0, ordinal: 0 }
    }
    if (walk.waiting) {
      walk.waiting.push(row)
      if (walk.waiting.length < headingSearchRows) continue
      for (const kept of settle(walk.waiting)) {
        const data = take(kept)
        if (data) yield data
      }
      continue
    }
    const data = take(row)
    if (data) yield data
  }
  for (const kept of walk.waiting ? settle(walk.waiting) : []) {
    const data = take(kept)
    if (data) yield data
  }
}
