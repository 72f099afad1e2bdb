import {
  duplicateFinder,
  type ImportFault,
  type MappedColumn,
  type RowReading,
  rowReader,
  type SheetRow,
} from '#contract/imports'
import type { CopyValue, Secrets } from '#server/platform'
import { openRowPacker } from '../platform/threads/index.ts'
import { rowEncoder } from './encoding/encode-row.ts'
import { type NamedPlace, openPlaceBook } from './encoding/place-book.ts'
import type { FormSheet } from './form-sheet.ts'
import { type KeptMapping, outcomeCodes, type Statement } from './importing.ts'
import { type DataRow, dataRows } from './open-table.ts'
import { openBlockWriter, rowsPerBlock } from './sealed-block.ts'
import { copiedTypesOf, type StagedRow, stagedColumnsOf } from './staged-row.ts'

const bytesPerPack = 384 * 1024
const longestKept = 500

/** Outcome under which sealed blocks travel into the work table. */
export const sealedOutcome = -1

/** What came out of reading a list into the work table. */
export interface StagedList {
  readonly rows: number
  readonly places: readonly NamedPlace[]
  readonly sheets: readonly FormSheet[]
}

/** Rows packed for the work table, with how many were read so far; what came out of it after the last. */
export interface StagedPack {
  readonly packed: Uint8Array<ArrayBuffer>
  readonly rows: number
  readonly list?: StagedList
}

/** What reading needs to know; it can go to a thread as it is. */
export interface Reading {
  readonly fileName: string
  readonly statement: Statement
  readonly mapping: KeptMapping
  readonly today: string
}

/** What the columns say that are mapped, as typed. */
const cellsOf = ({ row }: DataRow, columns: readonly MappedColumn[]): string[] =>
  columns.map(({ column }) => {
    const text = row.cells[column] ?? ''
    return text.length > longestKept ? text.slice(0, longestKept) : text
  })

const openFaults = (faults: readonly ImportFault[]) =>
  faults.map(({ column, scope, code }) => ({ column, scope, code }))

const refusedRow = (reading: RowReading): StagedRow => ({
  fresh_id: '00000000-0000-0000-0000-000000000000',
  name: typeof reading.values.name === 'string' ? reading.values.name : null,
})

/**
 * Reads a list row by row and packs it for the work table: values normalised, numbers sealed and digested, faults found,
 * repeated rows refused. Only a few rows are in memory at a time. `source` are the rows of the workbook.
 */
export async function* stagedLines(
  reading: Reading,
  secrets: Secrets,
  source: AsyncIterable<Iterable<SheetRow>>,
): AsyncGenerator<StagedPack> {
  const { mapping } = reading
  const { kind } = reading.statement
  const read = rowReader(kind, mapping, { today: reading.today, asOf: reading.statement.asOf })
  const findDuplicate = duplicateFinder(kind)
  const places = openPlaceBook()
  const encode = rowEncoder(kind, secrets, places)
  const stagedColumns = stagedColumnsOf(kind)
  const packer = openRowPacker(copiedTypesOf(kind))
  const sheets: FormSheet[] = []
  const waiting = openBlockWriter(secrets)
  let block = 1
  let rows = 0

  const add = (data: DataRow): void => {
    const reading = read(data.row)
    const repeated = findDuplicate(reading, mapping.columns)
    const faults = repeated ? [...reading.faults, repeated] : reading.faults
    const refused = reading.refused || repeated !== undefined
    const staged = refused ? refusedRow(reading) : encode(reading)
    staged.row = data.key
    staged.outcome = refused ? outcomeCodes.refused : 0
    waiting.add(data.key, { cells: cellsOf(data, mapping.columns), faults })
    const values: CopyValue[] = stagedColumns.map((column) => staged[column])
    values.push(block, faults.length > 0 ? openFaults(faults) : null, null)
    packer.add(values)
  }

  // A sealed block travels as a row of its own, told by its outcome; it finds its place after the copy.
  const addBlock = (): void => {
    const sealed = waiting.seal()
    const values = stagedColumns.map((column) =>
      column === 'outcome' ? sealedOutcome : column === 'row' ? -block : null,
    )
    packer.add([...values, block, null, sealed])
    block++
  }

  for await (const some of dataRows(source, mapping, (sheet) => sheets.push(sheet))) {
    for (const data of some) {
      add(data)
      rows++
      if (rows % rowsPerBlock === 0) addBlock()
    }
    if (packer.size() >= bytesPerPack) yield { packed: packer.take(), rows }
  }
  addBlock()
  yield { packed: packer.end(), rows, list: { rows, places: places.all(), sheets } }
}
