import { inspectSheet, type SheetInspection } from './inspect-sheet.ts'
import type { RowReading } from './read-row.ts'
import { tableReader } from './read-table.ts'
import { checkDigitOf } from './values/identity.ts'

/** People and a reader of small tables given as texts. For tests. */

const id = (first17: string) => first17 + checkDigitOf(first17)
export const girl = id('41132320150617002')
export const grandmother = id('41132319530102004')
export const mother = id('41132319880102004')

export interface Read {
  readonly inspection: SheetInspection
  readonly readings: readonly RowReading[]
  readonly fields: Readonly<Record<number, string>>
}

/** Reads rows given as texts separated by bars, of a list that speaks of a day. */
export const readOn = (asOf: string | undefined, ...lines: readonly string[]): Read => {
  const rows = lines.map((line, i) => ({ sheet: '', row: i + 1, cells: line.split('|') }))
  const inspection = inspectSheet(rows, '')
  if (!inspection) throw new Error('no headings')
  const reader = tableReader(inspection, asOf === undefined ? {} : { asOf })
  const readings = rows.map(reader).flatMap((row) => (row.role === 'data' ? [row.reading] : []))
  return {
    inspection,
    readings,
    fields: Object.fromEntries(inspection.mapping.columns.map(({ column, field }) => [column, field])),
  }
}

/** The same of a list of no day. */
export const read = (...lines: readonly string[]): Read => readOn(undefined, ...lines)

export const codes = ({ readings }: Read) => readings.map(({ faults }) => faults.map(({ code }) => code))
