import { findHeader, fullHeading, type Heading, headingSearchRows, rowRole, type SheetRow } from '#contract/imports'
import { Refusal } from '#contract/platform'
import { readRows, smallestApart } from '../platform/spreadsheets/index.ts'
import { movable, packsOfThread } from '../platform/threads/index.ts'
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
  /** Parts of the workbook that were gone through whole and have no merged cells. */
  readonly unmerged: readonly string[]
}

const noTable = () =>
  new Refusal(
    'imports.no-table',
    '没有找到表头。请检查文件里有没有“姓名”“学校”这样的列名,表头应在前 40 行内。',
    'invalid',
  )

const tableOf = (rows: readonly SheetRow[], unmerged: ReadonlySet<string>): FoundTable | undefined => {
  const heading = findHeader(rows)
  const top = heading && rows[heading.index]
  if (!heading || !top) return undefined
  const samples = rows.slice(heading.index + heading.height)
  if (samples.length === 0) return undefined
  return { sheet: top.sheet, heading, headingRow: top.row, samples, unmerged: [...unmerged] }
}

/** Finds the first sheet with headings and at least one row below them. Refuses `imports.no-table` and unreadable files. */
export const findTable = async (content: Uint8Array, fileName: string): Promise<FoundTable> => {
  let found: SheetRow[] = []
  const unmerged = new Set<string>()
  for await (const { rows, unmerged: part } of readRows({ content, name: fileName })) {
    if (part !== undefined) unmerged.add(part)
    for (const row of rows) {
      if (found[0] && found[0].sheet !== row.sheet) {
        const table = tableOf(found, unmerged)
        if (table) return table
        found = []
      }
      found.push(row)
      if (found.length < headingSearchRows + sampleRows) continue
      const table = tableOf(found, unmerged)
      if (table) return table
      // a sheet whose first rows hold no headings is passed over
      found.length = 1
    }
  }
  const table = tableOf(found, unmerged)
  if (!table) throw noTable()
  return table
}

const youngMegabytes = 8

/**
 * Finds the table like `findTable`; a large workbook is gone through in a thread of its own, with which the memory goes
 * that it took. The bytes go there and are not the caller's any more.
 */
export const findTableApart = async (content: Buffer, fileName: string): Promise<FoundTable> => {
  if (content.byteLength < smallestApart) return findTable(content, fileName)
  const file = new URL('./table-worker.ts', import.meta.url)
  const wishes = { file, data: { content, fileName }, transfer: movable(content), youngMegabytes }
  for await (const table of packsOfThread<FoundTable>(wishes)) return table
  throw new Error('the search for a table broke off')
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
 * Streams the data rows of the table a mapping was made for, some at a time and each gone through once, on every sheet that
 * has the same headings (one sheet per class is usual). Titles, totals, notes and repeated headings are left out.
 */
export async function* dataRows(
  source: AsyncIterable<Iterable<SheetRow>>,
  mapping: KeptMapping,
  onSheet: (sheet: FormSheet) => void = () => {},
): AsyncGenerator<Iterable<DataRow>> {
  const columns = mapping.columns.map((column) => column.column)
  const nameColumn = mapping.columns.find(({ field }) => field === 'name')?.column
  let sheet: string | undefined
  let ordinal = -1
  let walk: SheetWalk = { waiting: [], startsAfter: 0, ordinal: 0 }
  const isSame = (heading: Heading | undefined) =>
    heading !== undefined && headingsOf(heading).join('\n') === mapping.headings.join('\n')

  /** Decides on the first rows of a sheet; those among them that are data. */
  const settle = (rows: readonly SheetRow[]): readonly DataRow[] => {
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
    return rows.filter(isData).map(dataOf)
  }
  const isData = (row: SheetRow): boolean =>
    row.row > walk.startsAfter && rowRole(row, columns, mapping.headings, nameColumn) === 'data'
  const dataOf = (row: SheetRow): DataRow => ({ key: walk.ordinal * rowsPerSheet + row.row, row })
  function* among(rows: Iterable<SheetRow>): Generator<DataRow> {
    for (const row of rows) {
      if (row.sheet !== sheet) {
        if (walk.waiting) yield* settle(walk.waiting)
        sheet = row.sheet
        walk = { waiting: [], startsAfter: 0, ordinal: 0 }
      }
      if (!walk.waiting) {
        if (isData(row)) yield dataOf(row)
      } else if (walk.waiting.push(row) >= headingSearchRows) yield* settle(walk.waiting)
    }
  }
  for await (const rows of source) yield among(rows)
  if (walk.waiting) yield settle(walk.waiting)
}
