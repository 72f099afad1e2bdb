import iconv from 'iconv-lite'
import { detectEncoding } from './detect-kind.ts'
import type { SpreadsheetLimits } from './limits.ts'
import { spreadsheetRefusal } from './refuse.ts'
import type { SpreadsheetRow } from './row.ts'

const step = 256 * 1024

function* decoded(data: Buffer): Generator<string> {
  const decoder = iconv.getDecoder(detectEncoding(data))
  for (let at = 0; at < data.length; at += step) yield decoder.write(data.subarray(at, at + step))
  const end = decoder.end()
  if (end) yield end
}

/** The separator of the first line outside quotes: comma, tab, semicolon, or their full-width comma. */
export function findSeparator(text: string): string {
  let quoted = false
  const counts: Record<string, number> = { ',': 0, '\t': 0, ';': 0 }
  let lines = 0
  for (const c of text.slice(0, 20_000)) {
    if (c === '"') quoted = !quoted
    else if (quoted) continue
    else if (c === '\n' && ++lines === 10) break
    else if (counts[c] !== undefined) counts[c]++
  }
  return Object.entries(counts).sort((a, b) => b[1] - a[1])[0]?.[0] ?? ','
}

interface Field {
  text: string
  quoted: boolean
  /** Inside quotes, or just behind a quote that may close them. */
  state: 'open' | 'inside' | 'behind'
}

const quote = 34

/**
 * Reads records as RFC 4180 has them (quotes doubled, line breaks inside quotes), in chunks of any size. Also undoes
 * `="0012"`, by which systems keep Excel from eating zeros. Row numbers count records, as Excel shows them.
 */
function csvRecords(separator: string, limits: SpreadsheetLimits, name: string) {
  const separatorCode = separator.charCodeAt(0)
  let field: Field = { text: '', quoted: false, state: 'open' }
  let cells: string[] = []
  let size = 0
  let row = 1

  const endField = () => {
    const { text } = field
    cells.push(text.startsWith('="') && text.endsWith('"') ? text.slice(2, -1) : text)
    if (cells.length > limits.columns * 4)
      throw spreadsheetRefusal('imports.too-many-columns', name, { limit: limits.columns })
    field = { text: '', quoted: false, state: 'open' }
  }

  const endRecord = (): SpreadsheetRow | undefined => {
    endField()
    const record = cells
    cells = []
    size = 0
    while (record.length > 0 && record.at(-1) === '') record.pop()
    if (record.length > limits.columns)
      throw spreadsheetRefusal('imports.too-many-columns', name, { limit: limits.columns })
    const number = row++
    if (record.length === 0) return undefined
    const long = record.findIndex((text) => text.length > limits.cellCharacters)
    if (long === -1) return { sheet: '', row: number, cells: record }
    const cut = record.map((text) => text.slice(0, limits.cellCharacters))
    return { sheet: '', row: number, cells: cut, marks: new Map([[long, 'too-long']]) }
  }

  return {
    /** Takes a chunk and answers the records that ended in it. */
    take(chunk: string): SpreadsheetRow[] {
      const records: SpreadsheetRow[] = []
      let start = 0
      for (let i = 0; i < chunk.length; i++) {
        const code = chunk.charCodeAt(i)
        if (field.state === 'inside') {
          if (code !== quote) continue
          field.text += chunk.slice(start, i)
          field.state = 'behind'
          start = i + 1
          continue
        }
        if (code === quote && field.state === 'behind') {
          field.text += '"'
          field.state = 'inside'
          start = i + 1
        } else if (code === quote && !field.quoted && field.text === '' && start === i) {
          field.quoted = true
          field.state = 'inside'
          start = i + 1
        } else if (code === separatorCode || code === 10 || code === 13) {
          field.text += chunk.slice(start, i)
          start = i + 1
          if (code === separatorCode) endField()
          else if (code === 10) {
            const record = endRecord()
            if (record) records.push(record)
          }
        }
      }
      size += chunk.length - start
      field.text += chunk.slice(start)
      if (size > limits.rowBytes) throw spreadsheetRefusal('imports.row-too-large', name, { where: `第 ${row} 行附近` })
      return records
    },
    end(): SpreadsheetRow | undefined {
      return field.text === '' && cells.length === 0 ? undefined : endRecord()
    },
  }
}

/** Streams the records of a text file in UTF-8, UTF-16, GBK or GB18030, separated by comma, tab or semicolon. */
export function* readCsv(data: Buffer, name: string, limits: SpreadsheetLimits): Generator<SpreadsheetRow> {
  let records: ReturnType<typeof csvRecords> | undefined
  let count = 0
  for (const chunk of decoded(data)) {
    if (!records) {
      const head = chunk.slice(0, 4_000)
      if (head.includes('\ufffd') || head.includes('\0')) throw spreadsheetRefusal('imports.unreadable-text', name)
      records = csvRecords(findSeparator(chunk), limits, name)
    }
    for (const record of records.take(chunk)) {
      if (++count > limits.rows) throw spreadsheetRefusal('imports.too-many-rows', name, { limit: limits.rows })
      yield record
    }
  }
  const last = records?.end()
  if (last) yield last
}
