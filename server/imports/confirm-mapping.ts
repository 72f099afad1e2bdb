import {
  type FieldId,
  isFieldId,
  kindOf,
  type ListKindId,
  type MappedColumn,
  mappedColumn,
  missingFields,
} from '#contract/imports'
import { Refusal } from '#contract/platform'
import type { KeptMapping } from './importing.ts'

/** What every column means as a person says it; a column not named, or with null, is not read. */
export type AskedMapping = readonly { readonly column: number; readonly field: string | null }[]

/** A mapping as a person left it. */
export interface ConfirmedMapping {
  readonly mapping: KeptMapping
  /** It is another than was recognised, and worth remembering. */
  readonly corrected: boolean
}

/** Says which column, or which part of the statement, cannot be taken as it was asked. */
export const invalidMapping = (field: string, reason: string): Refusal =>
  new Refusal('imports.invalid-mapping', '列的含义有误,请看各项提示。', 'invalid', [{ field, reason }])

const mayMean = (kind: ListKindId, field: string): field is FieldId | 'score' =>
  field === 'score' ? kindOf(kind).scores === true : isFieldId(field) && kindOf(kind).fields.includes(field)

const columnOf = (kept: KeptMapping, kind: ListKindId, column: number, field: string): MappedColumn => {
  const heading = kept.headings[column]
  if (heading === undefined) throw invalidMapping(String(column), '表里没有这一列')
  const known = kept.columns.find((one) => one.column === column && one.field === field)
  if (known) return known
  if (!mayMean(kind, field)) throw invalidMapping(String(column), '这种名单没有这一项')
  return mappedColumn({ column, field, confidence: 1 }, { heading, word: heading, samples: [] })
}

/** Columns as a person wants them: each field once, only fields this kind of list has. Fields may still be missing. */
export const correctMapping = (kept: KeptMapping, kind: ListKindId, asked: AskedMapping): ConfirmedMapping => {
  const wanted = asked.filter((one): one is { column: number; field: string } => one.field !== null)
  const columns = wanted
    .map(({ column, field }) => columnOf(kept, kind, column, field))
    .sort((a, b) => a.column - b.column)
  const fields = columns.map(({ field }) => field).filter((field): field is FieldId => field !== 'score')
  const doubled = fields.find((field, index) => fields.indexOf(field) !== index)
  if (doubled) throw invalidMapping(doubled, '有两列选了同一项,请只留一列')
  if (new Set(columns.map(({ column }) => column)).size < columns.length)
    throw invalidMapping('mapping', '一列只能选一项')
  const before = kept.columns.map(({ column, field }) => `${column} ${field}`).join()
  const corrected = columns.map(({ column, field }) => `${column} ${field}`).join() !== before
  return { mapping: { ...kept, columns, missing: missingFields(kind, columns, kept.schoolGiven) }, corrected }
}

/** Columns as a person confirmed them; refuses what is missing. */
export const confirmMapping = (kept: KeptMapping, kind: ListKindId, asked: AskedMapping): ConfirmedMapping => {
  const confirmed = correctMapping(kept, kind, asked)
  const { missing } = confirmed.mapping
  if (missing.length > 0) throw invalidMapping('mapping', `还没有指明哪一列是${missing.join('、')}`)
  return confirmed
}
