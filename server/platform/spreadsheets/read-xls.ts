import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { mergeFiller } from './fill-merges.ts'
import type { SpreadsheetLimits } from './limits.ts'
import { type SpreadsheetRefusalCode, spreadsheetRefusal } from './refuse.ts'
import type { CellMark, SpreadsheetRow } from './row.ts'
import type { Merge } from './survey-sheet.ts'

interface Message {
  readonly sheet?: string
  readonly merges?: readonly Merge[]
  readonly rows?: readonly { sheet: string; row: number; cells: string[]; marks: [number, CellMark][] }[]
  readonly refusal?: SpreadsheetRefusalCode
  readonly done?: true
}

const workerMemory = 512

/**
 * Rows of an old .xls workbook. The format can only be read whole and its reader is old, so it runs in a thread with
 * bounded memory, no environment and a bounded file; a thread that dies of a crafted file is a refusal, not a crash.
 */
export async function* readXls(data: Buffer, name: string, limits: SpreadsheetLimits): AsyncGenerator<SpreadsheetRow> {
  if (data.length > limits.oldFileBytes) throw spreadsheetRefusal('imports.file-too-large', name)
  const worker = new Worker(new URL('./xls-worker.ts', import.meta.url), {
    workerData: { data, columns: limits.columns, rows: limits.rows },
    resourceLimits: { maxOldGenerationSizeMb: workerMemory, stackSizeMb: 4 },
    env: {},
    stdout: true,
    stderr: true,
  })
  const queue: Message[] = []
  let wake = () => {}
  const put = (message: Message) => {
    queue.push(message)
    wake()
  }
  worker.on('message', put)
  worker.on('error', () => put({ refusal: 'imports.truncated' }))
  worker.on('exit', () => put({ done: true }))
  try {
    let fill = mergeFiller([], limits.columns)
    for (;;) {
      const message = queue.shift()
      if (!message) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
        continue
      }
      if (message.done) return
      if (message.refusal) throw spreadsheetRefusal(message.refusal, name, { limit: limits.columns })
      if (message.merges)
        fill = mergeFiller(
          [...message.merges].sort((a, b) => a.top - b.top),
          limits.columns,
        )
      for (const row of message.rows ?? []) {
        fill(row.row, row.cells)
        const { sheet, cells, marks } = row
        yield marks.length === 0
          ? { sheet, row: row.row, cells }
          : { sheet, row: row.row, cells, marks: new Map(marks) }
      }
    }
  } finally {
    if (worker.threadId !== -1) {
      const gone = once(worker, 'exit')
      void worker.terminate()
      await gone.catch(() => undefined)
    }
  }
}
