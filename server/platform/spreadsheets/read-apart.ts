import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { Refusal, type RefusalKind } from '#contract/platform'
import { defaultLimits, type SpreadsheetLimits } from './limits.ts'
import { type PackedRows, unpackRows } from './packed-rows.ts'
import { readWorkbook } from './read-workbook.ts'
import type { SpreadsheetRow } from './row.ts'

interface Message {
  readonly packed?: PackedRows
  readonly rows?: readonly SpreadsheetRow[]
  readonly refusal?: { readonly code: string; readonly sentence: string; readonly kind: RefusalKind }
  readonly done?: true
  readonly fault?: Error
}

/** Files below this are read faster than a thread is started. */
const smallest = 512 * 1024
const youngMegabytes = 8

// Bytes that are a memory of their own move to the thread; a piece of a shared one is copied.
const movable = ({ buffer, byteLength }: Uint8Array): ArrayBuffer[] =>
  buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : []

/**
 * Streams the rows of a workbook like `readWorkbook`, but a large one is unpacked and scanned in a thread of its own: the
 * program goes on serving meanwhile, and whoever takes the rows works at the same time. The bytes go to that thread and
 * are not the caller's any more.
 */
export async function* readWorkbookApart(
  source: { readonly content: Uint8Array; readonly name: string },
  limits: SpreadsheetLimits = defaultLimits,
): AsyncGenerator<SpreadsheetRow> {
  if (source.content.byteLength < smallest) {
    yield* readWorkbook(source, limits)
    return
  }
  const worker = new Worker(new URL('./sheet-worker.ts', import.meta.url), {
    workerData: { data: source.content, name: source.name, limits },
    transferList: movable(source.content),
    resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes },
    env: {},
  })
  const queue: Message[] = []
  let wake = () => {}
  const put = (message: Message) => {
    queue.push(message)
    wake()
  }
  worker.on('message', put)
  worker.on('error', (fault) => put({ fault: fault as Error }))
  worker.on('exit', () => put({ done: true }))
  try {
    for (;;) {
      const message = queue.shift()
      if (!message) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
        continue
      }
      if (message.fault) throw message.fault
      if (message.refusal) throw new Refusal(message.refusal.code, message.refusal.sentence, message.refusal.kind)
      if (message.done) return
      worker.postMessage('taken')
      yield* message.packed ? unpackRows(message.packed) : (message.rows ?? [])
    }
  } finally {
    if (worker.threadId !== -1) {
      const gone = once(worker, 'exit')
      void worker.terminate()
      await gone.catch(() => undefined)
    }
  }
}
