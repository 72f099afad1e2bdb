import { parentPort, workerData } from 'node:worker_threads'
import { read, utils } from 'xlsx'
import { asShown, formatOf, padded } from './number-format.ts'

/** Reads an old .xls workbook whole, in a thread of its own whose memory is bounded by the starter. */

interface Job {
  readonly data: Uint8Array
  readonly columns: number
  readonly rows: number
}

const { data, columns, rows } = workerData as Job
const batchRows = 500
/** Day numbers of a workbook that counts from 1904 are behind those that count from 1900 by so many. */
const daysTo1904 = 1462

type Batch = { sheet: string; row: number; cells: string[]; marks: [number, string][] }[]
const send = (message: unknown) => parentPort?.postMessage(message)

const two = (n: number) => String(n).padStart(2, '0')

function dateText(date: Date): string {
  const rounded = new Date(Math.round(date.getTime() / 1000) * 1000)
  const day = `${rounded.getUTCFullYear()}-${two(rounded.getUTCMonth() + 1)}-${two(rounded.getUTCDate())}`
  const time = `${two(rounded.getUTCHours())}:${two(rounded.getUTCMinutes())}:${two(rounded.getUTCSeconds())}`
  return time === '00:00:00' ? day : `${day} ${time}`
}

function serialText(serial: number): string {
  return dateText(new Date((serial + (serial < 60 ? 1 : 0) - 25_569) * 86_400_000))
}

interface OldCell {
  t?: string
  v?: unknown
  w?: string
  f?: string
  z?: string | number
}

/** An old cell as text and what is wrong with it. */
function cellOf(cell: OldCell, daysBefore: number): { text: string; mark?: string } {
  if (cell.f !== undefined) return { text: '', mark: 'formula' }
  if (cell.t === 'e') return { text: cell.w ?? '', mark: 'error' }
  if (cell.t === 'b') return { text: cell.v ? 'TRUE' : 'FALSE' }
  if (cell.t !== 'n') return { text: String(cell.v ?? '') }
  const value = Number(cell.v)
  const format = typeof cell.z === 'string' ? formatOf(cell.z, isDate) : undefined
  if ((format === 'date' || format === 'month') && value >= 1 && value < 2_958_466)
    return { text: asShown(serialText(value + daysBefore), format) }
  if (Math.abs(value) >= 1e15 && Number.isInteger(value))
    return { text: BigInt(value).toString(), mark: 'lossy-number' }
  return { text: padded(String(Number(value.toPrecision(15))), format) }
}

const isDate = (format: string) =>
  /[ymd]/i.test(format.replace(/"[^"]*"|\[[^\]]*\]|\\./g, '')) && !/^general$/i.test(format)

function run(): void {
  const book = read(data, {
    type: 'buffer',
    dense: false,
    cellNF: true,
    cellFormula: true,
    cellHTML: false,
    cellText: true,
  })
  const daysBefore = book.Workbook?.WBProps?.date1904 ? daysTo1904 : 0
  let count = 0
  for (const [index, name] of book.SheetNames.entries()) {
    if ((book.Workbook?.Sheets?.[index]?.Hidden ?? 0) !== 0) continue
    const sheet = book.Sheets[name]
    if (!sheet?.['!ref']) continue
    const range = utils.decode_range(sheet['!ref'])
    const merges = (sheet['!merges'] ?? []).map((m) => ({
      top: m.s.r + 1,
      bottom: m.e.r + 1,
      left: m.s.c,
      right: m.e.c,
    }))
    send({ sheet: name, merges })
    let batch: Batch = []
    for (let r = range.s.r; r <= range.e.r; r++) {
      const cells: string[] = []
      const marks: [number, string][] = []
      for (let c = 0; c <= range.e.c; c++) {
        const cell = sheet[utils.encode_cell({ r, c })] as OldCell | undefined
        if (!cell || cell.t === 'z') continue
        const { text, mark } = cellOf(cell, daysBefore)
        if (text === '' && !mark) continue
        if (c >= columns) throw new Error('imports.too-many-columns')
        while (cells.length < c) cells.push('')
        cells[c] = text
        if (mark) marks.push([c, mark])
      }
      if (cells.length === 0) continue
      if (++count > rows) throw new Error('imports.too-many-rows')
      batch.push({ sheet: name, row: r + 1, cells, marks })
      if (batch.length === batchRows) {
        send({ rows: batch })
        batch = []
      }
    }
    if (batch.length > 0) send({ rows: batch })
  }
}

try {
  run()
  send({ done: true })
} catch (error) {
  const message = error instanceof Error ? error.message : ''
  if (message.startsWith('imports.')) send({ refusal: message })
  else send({ refusal: /password|encrypt/i.test(message) ? 'imports.encrypted' : 'imports.truncated' })
}
