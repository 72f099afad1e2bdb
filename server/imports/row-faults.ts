import { fieldOf, type ImportFault } from '#contract/imports'
import { type ImportRow, rowsPerSheet, type SealedRow } from './importing.ts'

interface KeptFault {
  readonly column: string
  readonly scope: 'cell' | 'row'
  readonly code: string
  /** Only where the database found the fault; what the reading found stands sealed with its value. */
  readonly reason?: string
}

type ReadList = Pick<ImportRow, 'mapping' | 'stated'>

/** The column of the file that a label of ours stands for, and what the row says there. */
const cellOf = ({ mapping }: ReadList, label: string, { cells }: SealedRow): { column: string; value: string } => {
  const columns = mapping?.columns ?? []
  const at = columns.findIndex(({ field }) => field !== 'score' && fieldOf(field).label === label)
  return { column: columns[at]?.heading || label, value: cells[at]?.trim() ?? '' }
}

/**
 * All that is wrong with a row, what refuses it first: found reading it, and found against the database. Row numbers are those of the sheet.
 */
export const rowFaults = (of: ReadList, row: number, sealed: SealedRow, kept: readonly KeptFault[]): ImportFault[] => {
  const found = kept.flatMap(({ column, scope, code, reason }) =>
    reason ? [{ row, ...cellOf(of, column, sealed), reason, scope, code }] : [],
  )
  return [...sealed.faults, ...found]
    .sort((a, b) => Number(b.scope === 'row') - Number(a.scope === 'row'))
    .map((fault) => ({ ...fault, row: row % rowsPerSheet }))
}
