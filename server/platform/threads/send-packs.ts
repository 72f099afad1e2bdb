import { parentPort } from 'node:worker_threads'
import { Refusal } from '#contract/platform'
import type { ThreadMessage } from './packs-of-thread.ts'

const packsAhead = 3

/**
 * Sends packs from within a thread to whoever runs it, at most a few ahead of what was taken; a refusal is told in its own
 * words. Ends the thread's work.
 */
export const sendPacks = async <Pack>(
  packs: AsyncIterable<Pack>,
  transferOf: (pack: Pack) => ArrayBuffer[] = () => [],
): Promise<void> => {
  const port = parentPort
  if (!port) throw new Error('only a thread sends packs')
  const tell = (message: ThreadMessage<Pack>, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer)
  let taken = 0
  let sent = 0
  let wake = () => {}
  port.on('message', () => {
    taken++
    wake()
  })
  try {
    for await (const pack of packs) {
      while (sent - taken >= packsAhead)
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      sent++
      tell({ pack }, transferOf(pack))
    }
    tell({ done: true })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const { code, sentence, kind } = error
    tell({ refusal: { code, sentence, kind } })
  }
  port.close()
}
