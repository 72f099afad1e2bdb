import { mergeFiller } from './fill-merges.ts'
import type { SpreadsheetLimits } from './limits.ts'
import { asShown, type NumberFormat, padded } from './number-format.ts'
import type { Archive } from './open-archive.ts'
import type { SheetPart } from './read-parts.ts'
import { spreadsheetRefusal } from './refuse.ts'
import type { CellMark, SpreadsheetRow } from './row.ts'
import { type ScannedCell, scanCell } from './scan-cell.ts'
import { attribute, scanXml, unescapeOffice } from './scan-xml.ts'
import { surveySheet } from './survey-sheet.ts'
import { xmlPieces } from './xml-pieces.ts'

export interface SheetContext {
  readonly name: string
  readonly limits: SpreadsheetLimits
  readonly texts: readonly string[]
  readonly formats: readonly NumberFormat[]
  readonly uses1904: boolean
  /** Parts surveyed before, in these very bytes, and found without merged cells. */
  readonly unmerged: readonly string[]
}

const wholeNumber = /^-?\d{1,15}$/
const two = (n: number) => (n < 10 ? `0${n}` : `${n}`)
const lastSerial = 2_958_466

/** Excel's day number as a plain date, with the time behind it when there is one; undefined below 1 and after 9999. */
export function dateOfSerial(serial: number, uses1904: boolean): string | undefined {
  const days = uses1904 ? serial + 1462 : serial
  if (!(days >= 1 && days < lastSerial)) return undefined
  // the 1900 system counts a 29 February 1900 that never was
  const date = new Date(Math.round((days + (days < 60 ? 1 : 0) - 25_569) * 86_400) * 1000)
  const day = date.toISOString().slice(0, 10)
  const seconds = date.getUTCHours() * 3600 + date.getUTCMinutes() * 60 + date.getUTCSeconds()
  if (seconds === 0) return day
  return `${day} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`
}

/** A number cell as its digits. Excel keeps 15 digits: a longer number has already lost its end. */
export function numberText(raw: string): { text: string; lossy: boolean } {
  if (wholeNumber.test(raw)) return { text: raw, lossy: false }
  const value = Number(raw)
  if (!Number.isFinite(value)) return { text: raw, lossy: false }
  if (Math.abs(value) >= 1e15 && Number.isInteger(value)) return { text: BigInt(value).toString(), lossy: true }
  return { text: String(Number(value.toPrecision(15))), lossy: false }
}

/** Our own downloads put an apostrophe before texts that begin like a formula; sent back, it goes again. */
const withoutGuard = (text: string): string =>
  text.charCodeAt(0) === 39 && /^'[=+\-@\t\r]/.test(text) ? text.slice(1) : text

/** Column of a reference such as `AB12`, from 0; -1 when there are no letters. */
function columnOf(reference: string): number {
  let column = 0
  for (let i = 0; i < reference.length; i++) {
    const code = reference.charCodeAt(i)
    if (code < 65 || code > 90) break
    column = column * 26 + code - 64
  }
  return column - 1
}

interface SheetState extends ScannedCell {
  rows: SpreadsheetRow[]
  row: number
  cells: string[]
  marks: Map<number, CellMark> | undefined
  taking: boolean
  phonetic: boolean
  formula: boolean
}

/** The handlers that turn the events of a sheet into rows of text. */
function sheetHandlers(
  sheet: string,
  context: SheetContext,
  s: SheetState,
  fill: (row: number, cells: string[]) => void,
) {
  const { limits, texts, formats } = context

  const mark = (why: CellMark) => {
    s.marks ??= new Map()
    s.marks.set(s.column, why)
  }

  const numberCell = (): string => {
    const { value } = s
    const format = s.style > 0 ? formats[s.style] : undefined
    if (format === 'date' || format === 'month') {
      const date = dateOfSerial(Number(value), context.uses1904)
      if (date !== undefined) return asShown(date, format)
    }
    const { text, lossy } = numberText(value)
    if (lossy) mark('lossy-number')
    return format === undefined ? text : padded(text, format)
  }

  const cellText = (): string => {
    if (s.formula) {
      mark('formula')
      return ''
    }
    if (s.value === '') return ''
    switch (s.type) {
      case 's':
        return withoutGuard(texts[Number(s.value)] ?? '')
      case 'b':
        return s.value === '1' || s.value === 'true' ? 'TRUE' : 'FALSE'
      case 'e':
        mark('error')
        return s.value
      case 'inlineStr':
      case 'str':
        return withoutGuard(unescapeOffice(s.value))
      case 'd':
        return s.value.replace('T00:00:00', '').replace('T', ' ').replace(/Z$/, '')
      default:
        return numberCell()
    }
  }

  const closeCell = () => {
    let text = cellText()
    if (text === '' && !s.formula) return
    if (s.column >= limits.columns)
      throw spreadsheetRefusal('imports.too-many-columns', context.name, { limit: limits.columns })
    if (text.length > limits.cellCharacters) {
      text = text.slice(0, limits.cellCharacters)
      mark('too-long')
    }
    while (s.cells.length < s.column) s.cells.push('')
    s.cells[s.column] = text
  }

  const closeRow = () => {
    if (s.cells.length === 0) return
    fill(s.row, s.cells)
    s.rows.push(s.marks ? { sheet, row: s.row, cells: s.cells, marks: s.marks } : { sheet, row: s.row, cells: s.cells })
  }

  let reference: string | undefined
  return {
    cell: (xml: string, at: number): number => {
      const before = s.column
      const past = s.phonetic || s.taking ? -1 : scanCell(xml, at, s)
      if (past === -1) s.column = before
      else {
        if (s.column === -1) s.column = before + 1
        s.formula = false
        closeCell()
      }
      return past
    },
    open: (name: string, raw: string) => {
      switch (name) {
        case 'row':
          s.row = Number(attribute(raw, 'r') ?? s.row + 1)
          s.cells = []
          s.marks = undefined
          s.column = -1
          break
        case 'c':
          reference = attribute(raw, 'r')
          s.column = reference === undefined ? s.column + 1 : columnOf(reference)
          s.type = attribute(raw, 't') ?? ''
          s.style = Number(attribute(raw, 's') ?? 0)
          s.value = ''
          s.formula = false
          break
        case 'f':
          s.formula = true
          break
        case 'v':
        case 't':
          s.taking = !s.phonetic
          break
        case 'rPh':
          s.phonetic = true
      }
    },
    text: (text: string) => {
      if (s.taking) s.value += text
    },
    close: (name: string) => {
      switch (name) {
        case 'v':
        case 't':
          s.taking = false
          break
        case 'rPh':
          s.phonetic = false
          break
        case 'c':
          closeCell()
          break
        case 'row':
          closeRow()
      }
    },
  }
}

/** Rows of one sheet, in order. `unmerged`: the part they stand in, when all of it is known to have no merged cells. */
export interface SheetRows {
  readonly rows: readonly SpreadsheetRow[]
  readonly unmerged?: string
}

const noRows = (): SheetState => ({
  rows: [],
  row: 0,
  cells: [],
  marks: undefined,
  column: -1,
  type: '',
  style: 0,
  value: '',
  taking: false,
  phonetic: false,
  formula: false,
})

/**
 * Streams the rows of one sheet that hold anything, in order, some at a time. Only one chunk of the sheet is in memory. A
 * sheet is surveyed before its first row, unless it was before (`context.unmerged`): damage then shows where it stands.
 */
export async function* readSheet(archive: Archive, part: SheetPart, context: SheetContext): AsyncGenerator<SheetRows> {
  const { name, limits } = context
  const merges = context.unmerged.includes(part.path) ? [] : await surveySheet(archive, part.path, name, limits)
  const known = merges.length === 0 ? { unmerged: part.path } : {}
  const state = noRows()
  const handlers = sheetHandlers(part.name, context, state, mergeFiller(merges, limits.columns))
  let count = 0
  for await (const piece of xmlPieces(archive.bytes(part.path), /<\/(?:\w+:)?row>/, name, limits.rowBytes)) {
    scanXml(piece, handlers)
    count += state.rows.length
    if (count > limits.rows) throw spreadsheetRefusal('imports.too-many-rows', name, { limit: limits.rows })
    if (state.rows.length > 0) yield { rows: state.rows, ...known }
    state.rows = []
  }
}
