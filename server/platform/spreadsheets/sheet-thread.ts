import { MessagePort } from 'node:worker_threads'
import { movable, startedPacks } from '../threads/packs-of-thread.ts'
import { defaultLimits, type SpreadsheetLimits } from './limits.ts'
import { type SheetPack, unpackRows } from './packed-rows.ts'
import type { KnownOfWorkbook } from './read-workbook.ts'
import type { SpreadsheetRow } from './row.ts'

const youngMegabytes = 8

async function* rowsOf(packs: AsyncGenerator<SheetPack>): AsyncGenerator<Iterable<SpreadsheetRow>> {
  for await (const { packed, rows } of packs) {
    if (rows) yield rows
    for (const some of packed ?? []) yield unpackRows(some)
  }
}

/**
 * Has a workbook unpacked and scanned by a thread of its own, which starts at once; nothing of what reads workbooks is
 * loaded here. The bytes, or the port they will come by, go there and are not the caller's any more. Rows are gone through once,
 * and the answer to its end or left.
 */
export const openSheetThread = (
  source: { readonly content: Uint8Array | MessagePort; readonly name: string },
  known: KnownOfWorkbook = { unmerged: [] },
  limits: SpreadsheetLimits = defaultLimits,
): AsyncGenerator<Iterable<SpreadsheetRow>> =>
  rowsOf(
    startedPacks<SheetPack>({
      file: new URL('./sheet-worker.ts', import.meta.url),
      data: { data: source.content, name: source.name, limits, known },
      transfer: source.content instanceof MessagePort ? [source.content] : movable(source.content),
      youngMegabytes,
    }),
  )
