import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { movable } from './packs-of-thread.ts'

/** Bytes that a thread is given after it was started: it loads what it reads by while they are fetched. */
export interface Handover {
  /** The thread's end; it moves there, and may move on to a thread of its own. */
  readonly port: MessagePort
  /** The bytes go there and are not the caller's any more. */
  readonly give: (bytes: Uint8Array) => void
  /** There will be none: whoever waits for them fails. After `give` it changes nothing. */
  readonly withhold: () => void
}

/** Opens a way for bytes to one thread. */
export const openHandover = (): Handover => {
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

/** What is handed over to this thread, once it is there. */
export const handedOver = (port: MessagePort): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    port.once('message', (bytes: Uint8Array) => {
      resolve(bytes)
      port.close()
    })
    port.once('close', () => reject(new Error('what a thread waited for was withheld')))
  })
