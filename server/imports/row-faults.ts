import type { ImportFault } from '#contract/imports'
import type { SealedRow } from './importing.ts'

interface KeptFault {
  readonly column: string
  readonly scope: 'cell' | 'row'
  readonly code: string
  /** Only where the database found the fault; what the reading found stands sealed with its value. */
  readonly reason?: string
}

/** All that is wrong with a row, what refuses it first: found reading it, and found against the database. */
export const rowFaults = (row: number, sealed: SealedRow, kept: readonly KeptFault[]): ImportFault[] => {
  const found = kept.flatMap(({ column, scope, code, reason }) =>
    reason ? [{ row, column, value: '', reason, scope, code }] : [],
  )
  return [...sealed.faults, ...found].sort((a, b) => Number(b.scope === 'row') - Number(a.scope === 'row'))
}
