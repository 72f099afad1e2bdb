import type { PoolClient } from 'pg'
import { duplicateFinder, type ImportFault, type MappedColumn, type RowReading, rowReader } from '#contract/imports'
import { copyLine, openCopy, type Secrets } from '#server/platform'
import { rowEncoder } from './encoding/encode-row.ts'
import { type NamedPlace, openPlaceBook } from './encoding/place-book.ts'
import type { FormSheet } from './form-sheet.ts'
import type { Reporter } from './import-state.ts'
import { type ImportRow, type KeptMapping, outcomeCodes, type Statement } from './importing.ts'
import { type DataRow, dataRows } from './open-table.ts'
import { rowsPerBlock, type SealedBlock } from './sealed-rows.ts'
import { copyIntoWorkTable, type StagedRow, stagedColumnsOf } from './staged-row.ts'

const chunkCharacters = 64 * 1024

/** Outcome under which sealed blocks travel into the work table. */
export const sealedOutcome = -1

/** What the columns say that are mapped, as typed. */
const cellsOf = ({ row }: DataRow, columns: readonly MappedColumn[]): string[] =>
  columns.map(({ column }) => (row.cells[column] ?? '').slice(0, 500))

const openFaults = (faults: readonly ImportFault[]) =>
  faults.map(({ column, scope, code }) => ({ column, scope, code }))

const refusedRow = (reading: RowReading): StagedRow => ({
  fresh_id: '00000000-0000-0000-0000-000000000000',
  name: typeof reading.values.name === 'string' ? reading.values.name : null,
})

/** What came out of reading a list into the work table. */
export interface StagedList {
  readonly rows: number
  readonly places: readonly NamedPlace[]
  readonly sheets: readonly FormSheet[]
}

interface Staging {
  readonly client: PoolClient
  readonly secrets: Secrets
  readonly row: ImportRow
  readonly statement: Statement
  readonly mapping: KeptMapping
  readonly content: Buffer
  readonly report: Reporter
  readonly today: string
}

/**
 * Reads a list row by row into the work table: values normalised, numbers sealed and digested, faults found, repeated
 * rows refused. Only a few rows are in memory at a time. Nothing else may use the connection meanwhile.
 */
export const stageRows = async (staging: Staging): Promise<StagedList> => {
  const { client, secrets, mapping, content, report, row } = staging
  const { kind } = staging.statement
  const read = rowReader(kind, mapping, { today: staging.today })
  const findDuplicate = duplicateFinder(kind)
  const places = openPlaceBook()
  const encode = rowEncoder(kind, secrets, places)
  const stagedColumns = stagedColumnsOf(kind)
  const copy = openCopy(client, copyIntoWorkTable(kind))
  const sheets: FormSheet[] = []
  let waiting: SealedBlock = {}
  let block = 1
  let rows = 0
  let lines = ''

  const lineOf = (data: DataRow): string => {
    const reading = read(data.row)
    const repeated = findDuplicate(reading, mapping.columns)
    const faults = repeated ? [...reading.faults, repeated] : reading.faults
    const refused = reading.refused || repeated !== undefined
    const staged = refused ? refusedRow(reading) : encode(reading)
    staged.row = data.key
    staged.outcome = refused ? outcomeCodes.refused : 0
    waiting[data.key] = { cells: cellsOf(data, mapping.columns), faults }
    const values = stagedColumns.map((column) => staged[column])
    return copyLine([...values, block, faults.length > 0 ? openFaults(faults) : null, null])
  }

  // A sealed block travels as a row of its own, told by its outcome; it finds its place after the copy.
  const blockLine = (): string => {
    const sealed = secrets.sealBytes(Buffer.from(JSON.stringify(waiting)))
    const values = stagedColumns.map((column) =>
      column === 'outcome' ? sealedOutcome : column === 'row' ? -block : null,
    )
    const line = copyLine([...values, block, null, sealed])
    waiting = {}
    block++
    return line
  }

  try {
    for await (const data of dataRows(content, row.file_name, mapping, (sheet) => sheets.push(sheet))) {
      lines += lineOf(data)
      rows++
      if (rows % rowsPerBlock === 0) lines += blockLine()
      if (lines.length < chunkCharacters) continue
      await copy.write(lines)
      lines = ''
      await report.at('reading', rows, null)
    }
    await copy.write(lines + blockLine())
  } catch (error) {
    await copy.abort()
    throw error
  }
  await copy.end()
  return { rows, places: places.all(), sheets }
}
