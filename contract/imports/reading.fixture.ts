import { inspectSheet } from './inspect-sheet.ts'
import type { RowReading } from './read-row.ts'
import { tableReader } from './read-table.ts'

/** Reads a small table given as texts: titles, headings, rows. For tests. */
export function readTableRows(
  titles: readonly string[],
  headings: readonly string[],
  rows: readonly (readonly string[])[],
): RowReading[] {
  const all = [...titles.map((title) => [title]), headings, ...rows].map((cells, i) => ({
    sheet: '',
    row: i + 1,
    cells,
  }))
  const inspection = inspectSheet(all, '')
  if (!inspection) throw new Error('no headings')
  const read = tableReader(inspection)
  return all.flatMap((row) => {
    const result = read(row)
    return result.role === 'data' ? [result.reading] : []
  })
}
