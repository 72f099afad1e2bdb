import { workerData } from 'node:worker_threads'
import { sendPacks } from '../platform/threads/index.ts'
import { type FoundTable, findTable } from './find-table.ts'

/** Finds the table of a workbook in a thread of its own. */

const { content, fileName } = workerData as { content: Uint8Array; fileName: string }

async function* found(): AsyncGenerator<FoundTable> {
  yield await findTable(content, fileName)
}

await sendPacks(found())
