import { z } from 'zod'

/** One fault in one cell or row. */
export const importRowFault = z.object({
  row: z.number().int().min(1),
  column: z.string(),
  value: z.string(),
  reason: z.string(),
  scope: z.enum(['cell', 'row']),
  code: z.string(),
})
export type ImportFault = z.infer<typeof importRowFault>

/** How many rows came out as what. */
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

/** What the import of one file came to. The shell prints it as one object, of each fault only what a person reads. */
export const importReport = importCounts.omit({ refused: true }).extend({
  file: z.string(),
  kind: z.string(),
  refused: z.array(importRowFault),
  /** Sheets that are another form and were not read; left out when all were. */
  passedSheets: z.array(z.string()).optional(),
  /** Further sheets that were read and have other columns than the first; left out when there is none. */
  differingSheets: z
    .array(
      z.object({
        sheet: z.string(),
        unread: z.array(z.object({ letter: z.string(), heading: z.string() })).readonly(),
        lacking: z.array(z.string()).readonly(),
      }),
    )
    .optional(),
})
export type ImportReport = z.infer<typeof importReport>
