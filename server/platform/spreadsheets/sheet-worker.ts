import { MessagePort, workerData } from 'node:worker_threads'
import { handedOver } from '../threads/handover.ts'
import { sendPacks } from '../threads/send-packs.ts'
import type { SpreadsheetLimits } from './limits.ts'
import { type PackedRows, packRows, type SheetPack } from './packed-rows.ts'
import { type KnownOfWorkbook, readRows } from './read-workbook.ts'

/** Reads a workbook in a thread of its own and sends its rows in packs. */

interface Wishes {
  readonly data: Uint8Array | MessagePort
  readonly name: string
  readonly limits: SpreadsheetLimits
  readonly known: KnownOfWorkbook
}

const { data, name, limits, known } = workerData as Wishes
const rowsPerPack = 1_200

async function* packs(): AsyncGenerator<SheetPack> {
  const content = data instanceof MessagePort ? await handedOver(data) : data
  let waiting: PackedRows[] = []
  let many = 0
  for await (const { rows } of readRows({ content, name }, limits, known)) {
    // packed at once: rows that waited as they are would be moved about while they wait
    const packed = packRows(rows)
    if (packed) waiting.push(packed)
    many += rows.length
    if (packed && many < rowsPerPack) continue
    if (waiting.length > 0) yield { packed: waiting }
    if (!packed) yield { rows }
    waiting = []
    many = 0
  }
  if (waiting.length > 0) yield { packed: waiting }
}

await sendPacks(packs())
