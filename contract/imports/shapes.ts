import { z } from 'zod'
import { importOutcome } from './endpoints.ts'

/** One fault in one cell or row, as previews, downloads and `--json` show it. */
export const importRowFault = z.object({
  row: z.number().int().min(1),
  column: z.string(),
  value: z.string(),
  reason: z.string(),
  scope: z.enum(['cell', 'row']),
  code: z.string(),
})
export type ImportFault = z.infer<typeof importRowFault>

export const importCounts = z.object({
  rows: z.number().int(),
  new: z.number().int(),
  changed: z.number().int(),
  unchanged: z.number().int(),
  refused: z.number().int(),
  matched: z.number().int(),
  doubtful: z.number().int(),
  unmatched: z.number().int(),
})
export type ImportCounts = z.infer<typeof importCounts>

export const noCounts: ImportCounts = {
  rows: 0,
  new: 0,
  changed: 0,
  unchanged: 0,
  refused: 0,
  matched: 0,
  doubtful: 0,
  unmatched: 0,
}

/** One row of a preview: what would happen to it, what it says, what is wrong with it. */
export const importPreviewRow = z.object({
  sheet: z.string(),
  row: z.number().int().min(1),
  outcome: importOutcome,
  title: z.string(),
  cells: z.array(z.object({ field: z.string(), label: z.string(), value: z.string() })),
  faults: z.array(importRowFault),
  changes: z.array(z.object({ field: z.string(), label: z.string(), from: z.string(), to: z.string() })),
})
export type ImportPreviewRow = z.infer<typeof importPreviewRow>

/** One object per file, as `npm run import -- --json` prints it. */
export const importReport = importCounts.omit({ refused: true }).extend({
  file: z.string(),
  kind: z.string(),
  refused: z.array(importRowFault),
  /** Sheets that are another form and were not read; left out when all were. */
  passedSheets: z.array(z.string()).optional(),
})
export type ImportReport = z.infer<typeof importReport>
