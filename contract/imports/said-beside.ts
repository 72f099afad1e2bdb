import type { FieldId } from './fields.ts'
import type { Heading } from './headers.ts'
import { meaningsOf } from './heading-meaning.ts'
import type { SheetRow } from './rows.ts'
import { readClassName } from './values/school.ts'
import { folded, trimmed } from './values/text.ts'

/**
 * What no column of a table says, but the name of its sheet or a line over a part of it: one sheet a class, a list cut into
 * schools. Each gives one more column, which a person sees and may correct like any other.
 */

type Source = 'sheet' | 'line'

interface Telling {
  readonly field: FieldId
  readonly word: string
  readonly pattern: RegExp
}

// The wider before the narrower: a new school begins without a class.
const telling: readonly Telling[] = [
  { field: 'township', word: '乡镇', pattern: /^.{1,10}(?:镇|乡|街道|办事处)$/ },
  {
    field: 'school_name',
    word: '学校',
    pattern: /^.{2,30}(?:小学|中学|学校|幼儿园|教学点|初中|高中|中心校|职教中心|一中|二中|三中|四中|实小)$/,
  },
  {
    field: 'class_name',
    word: '班级',
    pattern: /^(?!.*(?:全部|所有|各|分)班).{1,20}班$|^(?:[一二三四五六七八九]|初[一二三]|高[一二三])[(]\d{1,2}[)]$/,
  },
]

/** Ends the heading of a column that is filled from there. */
const marks: Readonly<Record<Source, string>> = { sheet: '(工作表名称)', line: '(分段标题)' }

const label = /^(?:班级|学校|学校名称|所在学校|乡镇|所在乡镇):/
const count = /\(?共?\d{1,4}[人名]\)?$/
const roll = /(?:学生)?(?:花名册|名册|名单)$/
const timed = /\d|[〇零一二三四五六七八九]年|学年|学期|年度/

// A title names its year or what the list is besides the class: only words that are a class alone are one.
const isClassAlone = (text: string): boolean => {
  const read = readClassName(text)
  return read !== undefined && 'value' in read && (read.value.number !== undefined || read.value.grade !== undefined)
}

/** The one text of a row, merged or not; undefined when it has several or none. */
const onlyText = ({ cells, marks: told }: SheetRow): string | undefined => {
  if (told?.size) return undefined
  const texts = new Set(cells.map(trimmed).filter((text) => text !== ''))
  const [text] = texts
  return texts.size === 1 ? text : undefined
}

/** What a sheet's name says of this meaning; '' when nothing. */
const saidBySheet = (sheet: string, { pattern }: Telling): string => (pattern.test(folded(sheet)) ? trimmed(sheet) : '')

/** What a line says of this meaning; undefined when the row is no such line. */
const saidByLine = (row: SheetRow, { field, pattern }: Telling): string | undefined => {
  const text = onlyText(row)?.normalize('NFKC').replace(label, '').replace(count, '')
  if (text === undefined) return undefined
  if (field !== 'class_name') return pattern.test(folded(text)) && !timed.test(text) ? trimmed(text) : undefined
  const said = trimmed(text.replace(roll, ''))
  return pattern.test(folded(said)) && isClassAlone(said) ? said : undefined
}

/** The heading with one more column for each thing that no column says, but the sheet's name or lines among its first rows. */
export function withSaidBeside(heading: Heading, rows: readonly SheetRow[]): Heading {
  const meanings = meaningsOf(heading)
  const end = heading.index + heading.height
  const lines = rows.filter((_, at) => at < heading.index || at >= end)
  const added = telling.flatMap((one): string[] => {
    if (meanings.some(({ fields }) => fields.includes(one.field))) return []
    if (saidBySheet(rows[heading.index]?.sheet ?? '', one) !== '') return [one.word + marks.sheet]
    return lines.some((row) => saidByLine(row, one) !== undefined) ? [one.word + marks.line] : []
  })
  if (added.length === 0) return heading
  return { ...heading, headings: [...heading.headings, ...added], groups: [...heading.groups, ...added.map(() => '')] }
}

/** Follows a table row by row for its columns that no cell fills. */
export interface SaidBeside {
  /** How many columns the sheet itself has: the others follow them. */
  readonly width: number
  /** A sheet begins. */
  readonly turn: (sheet: string) => void
  /** Whether a row is a line over what follows; what it says holds from here on. */
  readonly isLine: (row: SheetRow) => boolean
  /** A row with what holds for it now. */
  readonly beside: (row: SheetRow) => SheetRow
}

type BesideColumn = Telling & { readonly source: Source }

const columnOf = (heading: string): BesideColumn | undefined => {
  const source = (['sheet', 'line'] as const).find((one) => heading.endsWith(marks[one]))
  const one = source && telling.find(({ word }) => heading === word + marks[source])
  return one && { ...one, source }
}

/** Reads what stands beside the table into the last of these headings; undefined when none of them is such a column. */
export function besideReader(headings: readonly string[]): SaidBeside | undefined {
  const columns: BesideColumn[] = []
  for (const heading of headings.toReversed()) {
    const column = columnOf(heading)
    if (!column) break
    columns.unshift(column)
  }
  if (columns.length === 0) return undefined
  const width = headings.length - columns.length
  let said = columns.map(() => '')
  return {
    width,
    turn: (sheet) => {
      said = columns.map((one) => (one.source === 'sheet' ? saidBySheet(sheet, one) : ''))
    },
    isLine: (row) => {
      const at = columns.findIndex((one) => one.source === 'line' && saidByLine(row, one) !== undefined)
      const one = columns[at]
      if (!one) return false
      said = said.map((text, other) => (other > at && columns[other]?.source === 'line' ? '' : text))
      said[at] = saidByLine(row, one) ?? ''
      return true
    },
    beside: (row) => {
      const cells = row.cells.slice(0, width)
      while (cells.length < width) cells.push('')
      return { ...row, cells: [...cells, ...said] }
    },
  }
}
