import { type FieldId, fieldOf, fields } from './fields.ts'
import type { SheetRow } from './rows.ts'

/** Where the table begins: titles and notes above, one or two heading rows, data, totals, notes below. */

const bracketed = /[(\uff08[\u3010<\u300a\u3014][^)\uff09\]\u3011>\u300b\u3015]*[)\uff09\]\u3011>\u300b\u3015]/g
const punctuation = /[\s\u3000*\u2217\u2605\u2606#:\u3001,./\\_\-\u2014\u2013\u00b7"'\u201c\u201d()?!+|]/g
const orderMark = /^(?:[0-9]{1,2}[.\u3001]|[(\uff08][0-9]{1,2}[)\uff09])/

/** A heading without asterisks, spaces, line breaks, brackets and numbering: `身份证件\n号码 *(18位)` is `身份证件号码`. */
export function cleanHeading(text: string): string {
  const plain = text.normalize('NFKC').trim().replace(orderMark, '')
  const bare = plain.replace(bracketed, '').replace(punctuation, '')
  return (bare === '' ? plain.replace(punctuation, '') : bare).toLowerCase()
}

/** What stands in the brackets of a heading: a unit or a code list. */
export const headingNote = (text: string): string => (text.normalize('NFKC').match(bracketed) ?? []).join('')

/** Cleaned heading → fields it names outright. */
export const fieldsBySynonym: ReadonlyMap<string, readonly FieldId[]> = (() => {
  const map = new Map<string, FieldId[]>()
  for (const id of Object.keys(fields) as FieldId[]) {
    for (const synonym of fieldOf(id).synonyms) {
      const key = cleanHeading(synonym)
      map.set(key, [...(map.get(key) ?? []), id])
    }
  }
  return map
})()

/** Parts of an address that are too wide to tell anybody apart. */
export const regionWords = new Set(
  '省 市 县 区 县区 区县 市县 县市区 县市 省份 省市 地市 地市州 市州 州市 省自治区 自治区 地区'.split(' '),
)

const plainHeadings = new Set([
  ...regionWords,
  '序号',
  '编号',
  '序',
  'no',
  '语文',
  '数学',
  '英语',
  '综合',
  '物理',
  '化学',
  '生物',
  '政治',
  '历史',
  '地理',
  '科学',
  '体育',
])

const dataLike = /^(?:\d{5,}[\dXx]?|\d{4}[-/.年]\d{1,2}.*|\d+(?:\.\d+)?)$/
/** A heading is no longer than this; what is, is a sentence. */
export const longWords = 24

/** How much a row looks like headings: known words count, data and sentences count against. */
function headingScore(cells: readonly string[]): number {
  let known = 0
  let filled = 0
  let against = 0
  const seen = new Set<string>()
  for (const cell of cells) {
    const text = cell.trim()
    if (text === '' || seen.has(text)) continue
    seen.add(text)
    filled++
    if (dataLike.test(text)) against += 2
    const clean = cleanHeading(text)
    if (fieldsBySynonym.has(clean) || plainHeadings.has(clean)) known += 1
    else if (clean.length > longWords) against += 1
  }
  if (filled < 2 || known < 1) return 0
  return known - against
}

export interface Heading {
  /** Index into the given rows of the first heading row. */
  readonly index: number
  /** How many rows the headings take: 1 or 2. */
  readonly height: 1 | 2
  /** Heading text by column, as written; of a two-row heading the lower word. */
  readonly headings: readonly string[]
  /** The word above it in a two-row heading, by column; '' when there is none. */
  readonly groups: readonly string[]
  /** Titles and notes above the headings, each text once. */
  readonly titles: readonly string[]
}

const distinct = (cells: readonly string[]) => [...new Set(cells.map((c) => c.trim()).filter((c) => c !== ''))]

/** Rows looked through for headings. */
export const headingSearchRows = 40

/** Words of a row of group words that is not merged: a word stands for the blank cells behind it as well. */
const carried = (cells: readonly string[], column: number): string => {
  for (let c = column; c >= 0; c--) {
    const word = (cells[c] ?? '').trim()
    if (word !== '') return word
  }
  return ''
}

const isKnown = (word: string) => fieldsBySynonym.has(cleanHeading(word)) || plainHeadings.has(cleanHeading(word))

/** Whether a heading stands over several columns: written in each of them (merged), or with blanks behind it over known words. */
function spans(top: SheetRow, below: SheetRow, column: number): boolean {
  const word = (top.cells[column] ?? '').trim()
  const next = (top.cells[column + 1] ?? '').trim()
  if (word === '') return false
  if (word === next || word === (top.cells[column - 1] ?? '').trim()) return true
  const under = [column, column + 1].map((c) => (below.cells[c] ?? '').trim())
  return next === '' && under.every((text) => text !== '' && isKnown(text))
}

function isSubHeading(top: SheetRow, below: SheetRow | undefined): below is SheetRow {
  if (!below || below.row !== top.row + 1) return false
  let refined = 0
  for (let c = 0; c < Math.max(top.cells.length, below.cells.length); c++) {
    const above = (top.cells[c] ?? '').trim()
    const text = (below.cells[c] ?? '').trim()
    if (text === '') continue
    if (dataLike.test(text) || cleanHeading(text).length > longWords) return false
    if (text === above) continue
    // a sub-heading stands below a word that spans several columns, or below nothing
    const spanned = spans(top, below, c)
    if (above !== '' && !spanned) return false
    if (spanned || isKnown(text) || isKnown(above + text)) refined++
  }
  return refined > 0
}

/** Group word over a column of a two-row heading. */
function groupOver(top: SheetRow, below: SheetRow, column: number): string {
  const own = (top.cells[column] ?? '').trim()
  if (own !== '') return own
  for (let c = column - 1; c >= 0; c--) {
    if ((top.cells[c] ?? '').trim() === '') continue
    return spans(top, below, c) ? carried(top.cells, column) : ''
  }
  return ''
}

/**
 * Finds the heading row under titles and notes. Undefined when no row among the first forty looks like headings.
 * A row of group words over sub-headings is joined with the row below it; of three rows the lower two count.
 */
export function findHeader(rows: readonly SheetRow[]): Heading | undefined {
  let best = -1
  let bestScore = 0
  rows.slice(0, headingSearchRows).forEach((row, i) => {
    const score = headingScore(row.cells)
    if (score > bestScore) {
      best = i
      bestScore = score
    }
  })
  const found = rows[best]
  if (!found) return undefined
  const above = rows[best - 1]
  const isTop = isSubHeading(found, rows[best + 1])
  const start = above && !isTop && isSubHeading(above, found) && isGroupRow(above) ? best - 1 : best
  const top = rows[start] ?? found
  const below = rows[start + 1]
  const two = isSubHeading(top, below)
  const width = Math.max(top.cells.length, two ? below.cells.length : 0)
  const headings: string[] = []
  const groups: string[] = []
  for (let c = 0; c < width; c++) {
    const sub = two ? (below.cells[c] ?? '').trim() : ''
    const word = sub === '' || !two ? (top.cells[c] ?? '').trim() : groupOver(top, below, c)
    const joined = sub !== '' && sub !== word
    headings.push(joined ? sub : word)
    groups.push(joined ? word : '')
  }
  const titles = rows.slice(0, start).flatMap((row) => distinct(row.cells))
  return { index: start, height: two ? 2 : 1, headings, groups, titles }
}

/** A row of group words: known headings among them, or at least two words that are merged over several columns each; no line with a colon. */
function isGroupRow({ cells }: SheetRow): boolean {
  if (headingScore(cells) > 0) return true
  const merged = distinct(cells.filter((cell, c) => cell === cells[c + 1] || cell === cells[c - 1]))
  const words = distinct(cells)
  return merged.length >= 2 && words.every((word) => !/[:\uff1a]/.test(word) && cleanHeading(word).length <= longWords)
}
