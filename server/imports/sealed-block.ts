import type { SealedRow } from './importing.ts'

/** Rows sealed together. */
export const rowsPerBlock = 200

/** Cells and faults of one block, by row. */
export type SealedBlock = Record<string, SealedRow>
