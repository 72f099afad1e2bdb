import {
  besideReader,
  type CellMark,
  type ColumnPlaces,
  findHeader,
  fullHeadings,
  headingSearchRows,
  placesOfColumns,
  rowRole,
  type SheetRow,
} from '#contract/imports'
import type { FormSheet } from './form-sheet.ts'
import { type KeptMapping, rowsPerSheet } from './importing.ts'
import { sheetDifferences } from './sheet-differences.ts'

/** A data row with its number; rows of further sheets of the same form are told apart by ten millions. */
export interface DataRow {
  readonly key: number
  readonly row: SheetRow
}

interface SheetWalk {
  waiting: SheetRow[] | undefined
  startsAfter: number
  ordinal: number
  headings: readonly string[]
  /** Where the mapped columns stand in this sheet, when its form is another one. */
  places: ColumnPlaces | undefined
}

const opening = (): SheetWalk => ({ waiting: [], startsAfter: 0, ordinal: 0, headings: [], places: undefined })
const passing = (): SheetWalk => ({ ...opening(), waiting: undefined, startsAfter: Number.POSITIVE_INFINITY })

/** A row in the order of the mapping's own columns. */
function moved({ sheet, row, cells: from, marks: told }: SheetRow, places: ColumnPlaces, width: number): SheetRow {
  const cells = new Array<string>(width).fill('')
  const marks = new Map<number, CellMark>()
  for (const [column, place] of places) {
    cells[column] = from[place] ?? ''
    const mark = told?.get(place)
    if (mark) marks.set(column, mark)
  }
  return marks.size === 0 ? { sheet, row, cells } : { sheet, row, cells, marks }
}

/**
 * Streams the data rows of the table a mapping was made for, some at a time and each gone through once, on every sheet that
 * has the same headings (one sheet per class is usual), in any order and with other words for the same. Titles, totals, notes
 * and repeated headings are left out. `onSheet` is told of every sheet, also of those that are another form and not read.
 */
export async function* dataRows(
  source: AsyncIterable<Iterable<SheetRow>>,
  mapping: KeptMapping,
  onSheet: (sheet: FormSheet) => void = () => {},
): AsyncGenerator<Iterable<DataRow>> {
  const columns = mapping.columns.map((column) => column.column)
  const nameColumn = mapping.columns.find(({ field }) => field === 'name')?.column
  const told = besideReader(mapping.headings)
  const width = told?.width ?? mapping.headings.length
  const expected = mapping.headings.slice(0, width)
  const ofTable = mapping.columns.filter(({ column }) => column < width)
  let sheet: string | undefined
  let ordinal = -1
  let walk = opening()

  /** Decides on the first rows of a sheet; those among them that are data. */
  const settle = (rows: readonly SheetRow[]): readonly DataRow[] => {
    const heading = findHeader(rows)
    const top = heading && rows[heading.index]
    const headings = heading ? fullHeadings(heading) : []
    const isSame = headings.join('\n') === expected.join('\n')
    const places = heading && !isSame ? placesOfColumns(ofTable, heading) : undefined
    if (!heading || !top || !(isSame || places)) {
      walk = passing()
      if (rows[0]) onSheet({ sheet: rows[0].sheet, headingEnd: 0, passed: true })
      return []
    }
    ordinal++
    const last = rows[heading.index + heading.height - 1] ?? top
    const inPlace = places ? mapping.headings.map((_, c) => headings[places.get(c) ?? -1] ?? '') : headings
    walk = { waiting: undefined, startsAfter: last.row, ordinal, headings: inPlace, places }
    const differences = places ? sheetDifferences(mapping, headings, places) : {}
    onSheet({ sheet: top.sheet, headingStart: top.row, headingEnd: last.row, ...differences })
    told?.turn(top.sheet)
    for (const row of rows) if (row.row < top.row) told?.isLine(row)
    return rows.flatMap((row) => taken(row) ?? [])
  }
  const placed = (row: SheetRow): SheetRow => (walk.places ? moved(row, walk.places, width) : row)
  const taken = (row: SheetRow): DataRow | undefined => {
    if (row.row <= walk.startsAfter || told?.isLine(row)) return undefined
    const own = placed(row)
    if (rowRole(own, columns, walk.headings, nameColumn) !== 'data') return undefined
    return { key: walk.ordinal * rowsPerSheet + row.row, row: told ? told.beside(own) : own }
  }
  function* among(rows: Iterable<SheetRow>): Generator<DataRow> {
    for (const row of rows) {
      if (row.sheet !== sheet) {
        if (walk.waiting) yield* settle(walk.waiting)
        sheet = row.sheet
        walk = opening()
      }
      if (!walk.waiting) {
        const data = taken(row)
        if (data) yield data
      } else if (walk.waiting.push(row) >= headingSearchRows) yield* settle(walk.waiting)
    }
  }
  for await (const rows of source) yield among(rows)
  if (walk.waiting) yield settle(walk.waiting)
}
