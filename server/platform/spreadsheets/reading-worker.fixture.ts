import { parentPort, workerData } from 'node:worker_threads'
import { readWorkbook } from './read-workbook.ts'

/** Counts the rows of a file in a thread and tells the highest heap it saw. For the reader's own test. */

const { path } = workerData as { path: string }
let rows = 0
let last = ''
let peakHeap = 0
for await (const row of readWorkbook({ name: path, content: path })) {
  last = row.cells.at(-1) ?? ''
  if (++rows % 5_000 === 0) peakHeap = Math.max(peakHeap, process.memoryUsage().heapUsed)
}
parentPort?.postMessage({ rows, last, peakHeap })
