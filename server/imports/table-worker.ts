import { type MessagePort, workerData } from 'node:worker_threads'
import { handedOver, sendPacks } from '../platform/threads/index.ts'
import { type FoundTable, findTable } from './find-table.ts'

/** Finds the table of a workbook in a thread of its own. */

const { port, fileName } = workerData as { port: MessagePort; fileName: string }

async function* found(): AsyncGenerator<FoundTable> {
  yield await findTable(await handedOver(port), fileName)
}

await sendPacks(found())
