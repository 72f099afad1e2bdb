import { workerData } from 'node:worker_threads'
import { sendPacks } from '../threads/send-packs.ts'
import type { SpreadsheetLimits } from './limits.ts'
import { packRows, type SheetPack } from './packed-rows.ts'
import { readWorkbook } from './read-workbook.ts'
import type { SpreadsheetRow } from './row.ts'

/** Reads a workbook in a thread of its own and sends its rows in packs. */

const { data, name, limits } = workerData as { data: Uint8Array; name: string; limits: SpreadsheetLimits }
const rowsPerPack = 300

const packOf = (rows: readonly SpreadsheetRow[]): SheetPack => {
  const packed = packRows(rows)
  return packed ? { packed } : { rows }
}

async function* packs(): AsyncGenerator<SheetPack> {
  let rows: SpreadsheetRow[] = []
  for await (const row of readWorkbook({ content: data, name }, limits)) {
    if (rows.length === rowsPerPack || (rows[0] && rows[0].sheet !== row.sheet)) {
      yield packOf(rows)
      rows = []
    }
    rows.push(row)
  }
  if (rows.length > 0) yield packOf(rows)
}

await sendPacks(packs())
