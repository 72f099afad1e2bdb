import { readerFor } from './column-reader.ts'
import { completeValues } from './complete-values.ts'
import { type FieldId, fieldOf } from './fields.ts'
import { kindOf, type ListKind, type ListKindId } from './kinds.ts'
import type { MappedColumn, Mapping } from './mapping.ts'
import type { ReadValue } from './read-value.ts'
import { faultAt, has, headingOf, type RowDraft, type RowFault, type RowValues } from './row-draft.ts'
import type { CellMark, SheetRow } from './rows.ts'
import { describeIdentity } from './values/identity.ts'
import type { Score } from './values/numbers.ts'
import type { FaultCode, ValueFault } from './values/result.ts'
import { isBlank, isDitto, trimmed } from './values/text.ts'

export type { RowFault, RowValues } from './row-draft.ts'

export interface RowReading {
  readonly sheet: string
  readonly row: number
  readonly values: RowValues
  readonly scores: readonly { readonly subject: string; readonly score: Score }[]
  readonly faults: readonly RowFault[]
  /** Fields kept as written though something contradicts them. */
  readonly doubtful: readonly FieldId[]
  readonly refused: boolean
  /** All the row says, as one text; rows that say the same have the same. */
  readonly said: string
}

const marks: Readonly<Record<CellMark, ValueFault>> = {
  formula: { code: 'cell.formula', reason: '单元格是公式，请粘贴为数值' },
  error: { code: 'cell.error', reason: '单元格是 Excel 的错误值，请改正后再导入' },
  'lossy-number': {
    code: 'id-number.lost-digits',
    reason: '号码被 Excel 存成了数字，末几位已经丢失，请把这一列设为文本后重新录入',
  },
  'too-long': { code: 'cell.too-long', reason: '单元格文字太长，没有读入' },
}

const ditto: ValueFault = { code: 'text.ditto', reason: '“同上”看不出是什么，请把内容写全' }

interface ColumnReader extends MappedColumn {
  readonly read: ReadValue
}

/** Reads one cell of the row: its value, or the fault that costs the cell. */
function readColumn(column: ColumnReader, draft: RowDraft, scores: { subject: string; score: Score }[]): void {
  const { row } = draft
  const mark = row.marks?.get(column.column)
  const text = row.cells[column.column] ?? ''
  if (mark !== undefined) {
    draft.faults.push(faultAt(row.row, column.heading, text, marks[mark], 'cell'))
    return
  }
  if (text === '' || isBlank(text)) return
  const answer = isDitto(text) ? { fault: ditto } : column.read(text)
  if (answer === undefined) return
  if ('fault' in answer) {
    draft.faults.push(faultAt(row.row, column.heading, trimmed(text).slice(0, 200), answer.fault, 'cell'))
    return
  }
  if (column.field === 'score') scores.push({ subject: column.subject ?? '', score: answer.value as Score })
  else draft.values[column.field] = answer.value
}

/** A missing required value refuses the row; when its cell already has a fault, that one becomes the row's. */
function requireFields(needs: ListKind['required'], { columns, schoolGiven }: ReadMapping, draft: RowDraft): void {
  for (const need of needs) {
    const options: readonly FieldId[] = typeof need === 'string' ? [need] : need
    if (schoolGiven && options.includes('school_name') && !options.some((field) => has(columns, field))) continue
    if (options.some((field) => draft.values[field] !== undefined)) continue
    const headings = options.map((field) => headingOf(columns, field))
    const at = draft.faults.findIndex((fault) => headings.includes(fault.column))
    const existing = draft.faults[at]
    if (existing) draft.faults[at] = { ...existing, scope: 'row' }
    else {
      const labels = options.map((field) => fieldOf(field).label).join('或')
      const missing: ValueFault = { code: 'missing', reason: `没有填${labels}` }
      draft.faults.push(faultAt(draft.row.row, headings[0] ?? labels, '', missing, 'row'))
    }
  }
}

const missingId: ValueFault = { code: 'missing-id-number', reason: '没有身份证号，只能按姓名等信息核对' }

function reportMissing(expected: readonly MappedColumn[], draft: RowDraft): void {
  for (const column of expected) {
    const field = column.field as FieldId
    if (draft.values[field] !== undefined || draft.faults.some((fault) => fault.column === column.heading)) continue
    const fault =
      field === 'id_number' ? missingId : { code: 'missing' as const, reason: `没有填${fieldOf(field).label}` }
    draft.faults.push(faultAt(draft.row.row, column.heading, '', fault, 'cell'))
  }
}

const sexWords = { 1: '男', 2: '女' } as const

/** Sex and birth date against the identity number: reported on the cell, kept as written, marked doubtful. */
function reportContradictions(columns: readonly MappedColumn[], draft: RowDraft): void {
  const { values } = draft
  if (typeof values.id_number !== 'string') return
  const said = describeIdentity(values.id_number)
  if (values.sex !== undefined && values.sex !== said.sex) {
    const word = sexWords[values.sex as 1 | 2]
    const reason = `性别填“${word}”，按身份证号应为“${sexWords[said.sex]}”，请核实哪个对`
    draft.faults.push(
      faultAt(draft.row.row, headingOf(columns, 'sex'), word, { code: 'sex.contradicts-id', reason }, 'cell'),
    )
    draft.doubtful.push('sex')
  }
  if (typeof values.birth_date === 'string' && values.birth_date !== said.birthDate) {
    const reason = `出生日期填“${values.birth_date}”，按身份证号应为“${said.birthDate}”，请核实哪个对`
    const fault: ValueFault = { code: 'birth-date.contradicts-id', reason }
    draft.faults.push(faultAt(draft.row.row, headingOf(columns, 'birth_date'), values.birth_date, fault, 'cell'))
    draft.doubtful.push('birth_date')
  }
}

/** A birth later than today is a typing error, in its own column and in the identity number alike. */
function refuseFutureBirth(columns: readonly MappedColumn[], today: string, draft: RowDraft): void {
  const { values } = draft
  const refuse = (field: 'birth_date' | 'id_number', code: FaultCode, reason: string) => {
    draft.faults.push(
      faultAt(draft.row.row, headingOf(columns, field), String(values[field]), { code, reason }, 'cell'),
    )
    delete values[field]
  }
  if (typeof values.birth_date === 'string' && values.birth_date > today) {
    refuse('birth_date', 'date.out-of-range', '出生日期晚于今天，请核对')
  }
  if (typeof values.id_number === 'string' && describeIdentity(values.id_number).birthDate > today) {
    refuse('id_number', 'id-number.date', '身份证号里的出生日期晚于今天，请核对')
  }
}

/** What reading a row needs of a mapping. `schoolGiven`: the list was handed over for a school, its rows need not name it. */
export type ReadMapping = Pick<Mapping, 'columns'> & { readonly schoolGiven?: boolean }

export interface ReadingOptions {
  /** Plain date of today; births after it are refused. Not checked when not given: this capability has no clock. */
  readonly today?: string
  /** The day the list speaks of, for grades told by the year of entry; today when not given. */
  readonly asOf?: string
}

/**
 * Prepares the reading of rows of one list: `rowReader(kind, mapping)(row)` answers the row's values and faults.
 * Cheap per row: no schema, no pattern is compiled per cell.
 * Faults on the side of the cell keep the row; a row without its required values is refused. [T2]
 */
export function rowReader(
  kindId: ListKindId,
  mapping: ReadMapping,
  options: ReadingOptions = {},
): (row: SheetRow) => RowReading {
  const kind = kindOf(kindId)
  const { columns } = mapping
  const readers: ColumnReader[] = columns.map((column) => ({ ...column, read: readerFor(column) }))
  const asked = (kind.requiredIfAsked ?? []).filter((field) => has(columns, field))
  const needs = [...kind.required, ...asked]
  const expected = columns.filter((column) => column.field !== 'score' && kind.expected.includes(column.field))
  return (row) => {
    const draft: RowDraft = { row, values: {}, faults: [], doubtful: [] }
    const scores: { subject: string; score: Score }[] = []
    for (const reader of readers) readColumn(reader, draft, scores)
    completeValues(draft, columns, options.asOf ?? options.today)
    if (options.today !== undefined) refuseFutureBirth(columns, options.today, draft)
    requireFields(needs, mapping, draft)
    const refused = draft.faults.some((fault) => fault.scope === 'row')
    if (!refused) {
      reportMissing(expected, draft)
      reportContradictions(columns, draft)
    }
    const { values, faults, doubtful } = draft
    const said = scores.length === 0 ? JSON.stringify(values) : JSON.stringify([values, scores])
    return { sheet: row.sheet, row: row.row, values, scores, faults, doubtful, refused, said }
  }
}
