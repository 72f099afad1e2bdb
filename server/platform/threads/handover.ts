import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { movable, startedPacks, type ThreadWishes } from './packs-of-thread.ts'

/** Bytes that a thread is given after it was started: it loads what it reads by while they are fetched. */
interface Handover {
  /** The thread's end; it moves there, and may move on to a thread of its own. */
  readonly port: MessagePort
  /** The bytes go there and are not the caller's any more. */
  readonly give: (bytes: Uint8Array) => void
  /** There will be none: whoever waits for them fails. After `give` it changes nothing. */
  readonly withhold: () => void
}

const openHandover = (): Handover => {
  const { port1, port2 } = new MessageChannel()
  return {
    port: port2,
    give: (bytes) => {
      port1.postMessage(bytes, movable(bytes))
      port1.close()
    },
    withhold: () => port1.close(),
  }
}

/** A thread that was started and waits for its bytes. */
export interface WaitingThread<Pack> {
  /** What comes of these bytes, which are not the caller's any more. */
  readonly of: (bytes: Uint8Array) => AsyncGenerator<Pack>
  /** Ends it where there were none. */
  readonly leave: () => Promise<void>
}

/** Starts a thread at once that is given its bytes later, by the `port` beside its data. */
export const openWaiting = <Pack>(wishes: Omit<ThreadWishes, 'transfer'>): WaitingThread<Pack> => {
  const { port, give, withhold } = openHandover()
  const packs = startedPacks<Pack>({ ...wishes, data: { ...wishes.data, port }, transfer: [port] })
  return {
    of: (bytes) => {
      give(bytes)
      return packs
    },
    leave: async () => {
      withhold()
      await packs.next().catch(() => undefined)
      await packs.return(undefined)
    },
  }
}

/** What is fetched while a thread waits for it; when that fails the thread is left. */
export const fetchedFor = async <Bytes>(
  waiting: Pick<WaitingThread<unknown>, 'leave'>,
  fetch: () => Promise<Bytes>,
): Promise<Bytes> => {
  try {
    return await fetch()
  } catch (error) {
    await waiting.leave()
    throw error
  }
}

/** What is handed over to this thread, once it is there. */
export const handedOver = (port: MessagePort): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    port.once('message', (bytes: Uint8Array) => {
      resolve(bytes)
      port.close()
    })
    port.once('close', () => reject(new Error('what a thread waited for was withheld')))
  })
