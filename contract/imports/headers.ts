import { type FieldId, fieldOf, fields } from './fields.ts'
import type { SheetRow } from './rows.ts'
import { isDigits } from './values/text.ts'

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

const plainHeadings = new Set([
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
const longWords = 24

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
  /** Heading text by column, as written; two-row headings joined by a space. */
  readonly headings: readonly string[]
  /** Group word above a two-row heading, by column, '' when there is none. */
  readonly groups: readonly string[]
  /** Titles and notes above the headings, each text once. */
  readonly titles: readonly string[]
}

const distinct = (cells: readonly string[]) => [...new Set(cells.map((c) => c.trim()).filter((c) => c !== ''))]

/** Rows looked through for headings. */
export const headingSearchRows = 40

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
    const spans =
      above !== '' && (above === (top.cells[c - 1] ?? '').trim() || above === (top.cells[c + 1] ?? '').trim())
    const known = fieldsBySynonym.has(cleanHeading(text)) || fieldsBySynonym.has(cleanHeading(above + text))
    if (above !== '' && !spans) return false
    if (known || spans) refined++
  }
  return refined > 0
}

/**
 * Finds the heading row under titles and notes. Undefined when no row among the first forty looks like headings.
 * A row of group words over sub-headings is joined with the row below it.
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
  const start = above && headingScore(above.cells) > 0 && isSubHeading(above, found) ? best - 1 : best
  const top = rows[start] ?? found
  const below = rows[start + 1]
  const two = isSubHeading(top, below)
  const width = Math.max(top.cells.length, two ? below.cells.length : 0)
  const headings: string[] = []
  const groups: string[] = []
  for (let c = 0; c < width; c++) {
    const word = (top.cells[c] ?? '').trim()
    const sub = two ? (below.cells[c] ?? '').trim() : ''
    const joined = sub !== '' && sub !== word
    headings.push(joined ? sub : word)
    groups.push(joined ? word : '')
  }
  const titles = rows.slice(0, start).flatMap((row) => distinct(row.cells))
  return { index: start, height: two ? 2 : 1, headings, groups, titles }
}

const totalWord =
  /^(?:[\u3010(]?(?:合计|总计|小计|共计|总共|累计|本页小计|本页合计|平均分|平均|及格率|优秀率)[:\u3011)]?\d*人?|.{0,20}(?:小计|合计|总计)|共\d+(?:人|名|户|条).*)$/
const noteWord =
  /^(?:注\d?[:.]|备注:|说明[:.]|填表说明|填报说明|填表人|填报人|填表日期|制表|审核人|负责人|单位\(盖章\)|单位盖章|联系人[::]|经办人|以上|以下空白|打印)/

export type RowRole = 'data' | 'total' | 'note' | 'empty' | 'heading'

/**
 * What a row below the headings is (`columns` have a meaning, `nameColumn` holds the person's name): data, a totals row, a note, nothing, or the headings printed again on a new page.
 * `columns` are those with a meaning; a row that fills none of them is empty however many serial numbers it has.
 */
export function rowRole(
  row: SheetRow,
  columns: readonly number[],
  headings: readonly string[],
  nameColumn?: number,
): RowRole {
  const { cells } = row
  let first = ''
  let filled = 0
  for (let c = 0; c < cells.length && filled < 4; c++) {
    const cell = cells[c]
    if (!cell) continue
    const text = cell.trim()
    if (text === '' || text === first) continue
    if (filled === 0) first = text
    filled++
  }
  let meant = 0
  let repeated = 0
  for (const c of columns) {
    const cell = cells[c]
    if (row.marks?.has(c)) meant++
    if (!cell || cell.trim() === '') continue
    meant++
    if (cell === headings[c]) repeated++
  }
  if (first === '' && meant === 0) return 'empty'
  if (repeated >= 2 && repeated * 2 > meant) return 'heading'
  // what tells a total or a note from data are Chinese words; most rows begin with their number
  const word = isDigits(first) ? '' : first.normalize('NFKC').replaceAll(' ', '')
  const nameless = nameColumn !== undefined && (cells[nameColumn] ?? '').trim() === ''
  if (word.length < 40 && totalWord.test(word) && (nameless || meant * 2 <= columns.length + 1)) return 'total'
  if (noteWord.test(word) && meant * 2 <= columns.length + 1) return 'note'
  if (meant === 0) return filled === 1 && first.length > 12 ? 'note' : 'empty'
  if (filled === 1 && first.length > longWords && columns.length > 2) return 'note'
  return 'data'
}
