import { parentPort, workerData } from 'node:worker_threads'
import { Refusal } from '#contract/platform'
import type { SpreadsheetLimits } from './limits.ts'
import { packRows } from './packed-rows.ts'
import { readWorkbook } from './read-workbook.ts'
import type { SpreadsheetRow } from './row.ts'

/** Reads a workbook in a thread of its own and sends its rows in packs, a few ahead of whoever takes them. */

const { data, name, limits } = workerData as { data: Uint8Array; name: string; limits: SpreadsheetLimits }
const port = parentPort
const rowsPerPack = 400
const packsAhead = 6

let taken = 0
let sent = 0
let wake = () => {}
port?.on('message', () => {
  taken++
  wake()
})

const send = async (rows: readonly SpreadsheetRow[]): Promise<void> => {
  if (rows.length === 0) return
  while (sent - taken >= packsAhead)
    await new Promise<void>((resolve) => {
      wake = resolve
    })
  sent++
  const packed = packRows(rows)
  port?.postMessage(packed ? { packed } : { rows })
}

const run = async (): Promise<void> => {
  let rows: SpreadsheetRow[] = []
  for await (const row of readWorkbook({ content: data, name }, limits)) {
    if (rows.length === rowsPerPack || (rows[0] && rows[0].sheet !== row.sheet)) {
      await send(rows)
      rows = []
    }
    rows.push(row)
  }
  await send(rows)
}

try {
  await run()
  port?.postMessage({ done: true })
} catch (error) {
  if (!(error instanceof Refusal)) throw error
  const { code, sentence, kind } = error
  port?.postMessage({ refusal: { code, sentence, kind } })
}
port?.close()
