import { duplicateFinder } from './find-duplicates.ts'
import type { SheetInspection } from './inspect-sheet.ts'
import type { Mapping } from './mapping.ts'
import { type ReadingOptions, type RowReading, rowReader } from './read-row.ts'
import { type RowRole, rowRole } from './row-role.ts'
import type { SheetRow } from './rows.ts'

/** A row of a table: what it is, and its reading when it is data. */
export type TableRow =
  | { readonly role: 'data'; readonly reading: RowReading }
  | { readonly role: Exclude<RowRole, 'data'> }

export interface TableOptions extends ReadingOptions {
  /** One finder for all the sheets of a workbook, so that repeats across sheets are found. */
  readonly findDuplicate?: ReturnType<typeof duplicateFinder>
}

/**
 * Reads a sheet's rows one after another, in order: totals, notes, repeated headings and empty rows are told apart, data rows
 * are read and checked against the rows before. A row that repeats an earlier one is refused; its own cell faults are
 * then left out, they were reported with the first.
 */
export function tableReader(
  inspection: Pick<SheetInspection, 'kind' | 'heading' | 'headingEnd'> & { readonly mapping: Pick<Mapping, 'columns'> },
  options: TableOptions = {},
): (row: SheetRow) => TableRow {
  const { kind, mapping, heading, headingEnd } = inspection
  const read = rowReader(kind, mapping, options)
  const findDuplicate = options.findDuplicate ?? duplicateFinder(kind)
  const columns = mapping.columns.map((column) => column.column)
  const headings = heading.headings
  const nameColumn = mapping.columns.find((column) => column.field === 'name')?.column
  return (row) => {
    if (row.row <= headingEnd) return { role: 'heading' }
    const role = rowRole(row, columns, headings, nameColumn)
    if (role !== 'data') return { role }
    const reading = read(row)
    const duplicate = findDuplicate(reading, mapping.columns)
    if (!duplicate) return { role, reading }
    return { role, reading: { ...reading, faults: [duplicate], doubtful: [], refused: true } }
  }
}
