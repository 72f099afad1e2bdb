import { workerData } from 'node:worker_threads'
import { sendPacks } from '../threads/send-packs.ts'
import type { SpreadsheetLimits } from './limits.ts'
import { packRows, type SheetPack } from './packed-rows.ts'
import { type KnownOfWorkbook, readRows } from './read-workbook.ts'
import type { SpreadsheetRow } from './row.ts'

/** Reads a workbook in a thread of its own and sends its rows in packs. */

interface Wishes {
  readonly data: Uint8Array
  readonly name: string
  readonly limits: SpreadsheetLimits
  readonly known: KnownOfWorkbook
}

const { data, name, limits, known } = workerData as Wishes
const rowsPerPack = 300

const packOf = (rows: readonly SpreadsheetRow[]): SheetPack => {
  const packed = packRows(rows)
  return packed ? { packed } : { rows }
}

async function* packs(): AsyncGenerator<SheetPack> {
  let waiting: SpreadsheetRow[] = []
  for await (const { rows } of readRows({ content: data, name }, limits, known)) {
    if (waiting[0] && waiting[0].sheet !== rows[0]?.sheet) {
      yield packOf(waiting)
      waiting = []
    }
    for (const row of rows) waiting.push(row)
    if (waiting.length < rowsPerPack) continue
    yield packOf(waiting)
    waiting = []
  }
  if (waiting.length > 0) yield packOf(waiting)
}

await sendPacks(packs())
