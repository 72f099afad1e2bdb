import { once } from 'node:events'
import { getCompileCacheDir } from 'node:module'
import { dirname } from 'node:path'
import { type Transferable, Worker } from 'node:worker_threads'
import { Refusal, type RefusalKind } from '#contract/platform'

/** What a thread sends, one after another; `done` after the last pack, or why there are no more. */
export interface ThreadMessage<Pack> {
  readonly pack?: Pack
  readonly refusal?: { readonly code: string; readonly sentence: string; readonly kind: RefusalKind }
  readonly done?: true
  readonly fault?: Error
}

export interface ThreadWishes {
  /** The program of the thread; it sends with `sendPacks`. */
  readonly file: URL
  readonly data: object
  /** Memory, or the end of a handover, that goes over to the thread and is not the caller's any more. */
  readonly transfer?: readonly Transferable[]
  /** Bound of the memory for short-lived objects; large ones cost the whole program its peak. */
  readonly youngMegabytes: number
  /** Bound of the memory for what stays; well below what a machine has, dead objects are cleared away sooner. */
  readonly oldMegabytes?: number
}

/** Bytes that are a memory of their own can move to a thread; a piece of a shared one is copied. */
export const movable = ({ buffer, byteLength }: Uint8Array): ArrayBuffer[] =>
  buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : []

// Without what this process compiled before, each thread would bring the compiler along: 60 MB and a quarter of a second.
const compiled = (): Record<string, string> => {
  const folder = getCompileCacheDir()
  return folder ? { NODE_COMPILE_CACHE: dirname(folder) } : {}
}

/**
 * Runs a thread and answers its packs as they come; it works a few ahead of whoever takes them and no more. A refusal of
 * the thread is thrown here as one; left early, the thread ends. Of the
 * environment it sees only where compiled code is kept.
 */
export async function* packsOfThread<Pack>(wishes: ThreadWishes): AsyncGenerator<Pack> {
  const old = wishes.oldMegabytes ? { maxOldGenerationSizeMb: wishes.oldMegabytes } : {}
  const worker = new Worker(wishes.file, {
    workerData: wishes.data,
    transferList: [...(wishes.transfer ?? [])],
    resourceLimits: { maxYoungGenerationSizeMb: wishes.youngMegabytes, ...old },
    env: compiled(),
  })
  const queue: ThreadMessage<Pack>[] = []
  let wake = () => {}
  const put = (message: ThreadMessage<Pack>) => {
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
      if (message.pack !== undefined) yield message.pack
    }
  } finally {
    if (worker.threadId !== -1) {
      const gone = once(worker, 'exit')
      void worker.terminate()
      await gone.catch(() => undefined)
    }
  }
}

/** Packs that are asked for at once, before anybody takes them: their thread starts while whoever takes them does. */
export const startedPacks = <Pack>(wishes: ThreadWishes): AsyncGenerator<Pack> => {
  const packs = packsOfThread<Pack>(wishes)
  const first = packs.next()
  // told to whoever takes it
  first.catch(() => undefined)
  return (async function* () {
    try {
      for (let next = await first; !next.done; next = await packs.next()) yield next.value
    } finally {
      await packs.return(undefined)
    }
  })()
}
