import { type FieldId, fieldOf } from './fields.ts'
import type { MappedColumn } from './mapping.ts'
import type { FieldValue } from './read-value.ts'
import type { SheetRow } from './rows.ts'
import type { FaultCode, ValueFault } from './values/result.ts'

/** Something wrong in one row. `cell`: that value is not stored, the rest is. `row`: the row is refused. */
export interface RowFault {
  readonly row: number
  /** Heading of the column as the file has it; the field's label when the file has no such column. */
  readonly column: string
  /** What stands in the cell, as typed; '' when nothing does. */
  readonly value: string
  readonly reason: string
  readonly scope: 'cell' | 'row'
  readonly code: FaultCode
}

/** What a row says, by field. */
export type RowValues = { -readonly [F in FieldId]?: FieldValue }

/** A row while it is being read. */
export interface RowDraft {
  readonly row: SheetRow
  readonly values: RowValues
  readonly faults: RowFault[]
  readonly doubtful: FieldId[]
}

/** A fault of a cell or of its whole row. */
export const faultAt = (
  row: number,
  column: string,
  value: string,
  fault: ValueFault,
  scope: 'cell' | 'row',
): RowFault => ({
  row,
  column,
  value,
  reason: fault.reason,
  scope,
  code: fault.code,
})

export const has = (columns: readonly MappedColumn[], field: FieldId): boolean =>
  columns.some((column) => column.field === field)

/** Heading of the column of a field; the field's own label when the file has no such column. */
export const headingOf = (columns: readonly MappedColumn[], field: FieldId): string =>
  columns.find((column) => column.field === field)?.heading ?? fieldOf(field).label
