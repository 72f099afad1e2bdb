import { defaultLimits, type SpreadsheetLimits } from './limits.ts'
import { type KnownOfWorkbook, readRows } from './read-workbook.ts'
import type { SpreadsheetRow } from './row.ts'
import { openSheetThread } from './sheet-thread.ts'

/** Files below this are read faster than a thread is started. */
export const smallestApart = 512 * 1024

/**
 * Streams the rows of a workbook like `readRows`, but a large one is unpacked and scanned in a thread of its own: the
 * program goes on serving meanwhile, and whoever takes the rows works at the same time. The bytes go to that thread and
 * are not the caller's any more. Rows are gone through once.
 */
export async function* readRowsApart(
  source: { readonly content: Uint8Array; readonly name: string },
  known: KnownOfWorkbook = { unmerged: [] },
  limits: SpreadsheetLimits = defaultLimits,
): AsyncGenerator<Iterable<SpreadsheetRow>> {
  if (source.content.byteLength < smallestApart) {
    for await (const { rows } of readRows(source, limits, known)) yield rows
    return
  }
  yield* openSheetThread(source, known, limits)
}
