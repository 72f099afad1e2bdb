import { type Services, sql } from '#server/platform'
import { deliverDue, followReceipts } from './deliver.ts'
import type { Messaging } from './messaging.ts'
import { spreadOrders } from './spread.ts'

/** Spreads and sends until nothing is due; what comes of it stands in the tables, so a cut-off run is taken up by the next. */
export const sendMessages = async (messaging: Messaging): Promise<void> => {
  while ((await spreadOrders(messaging)) > 0);
  while ((await deliverDue(messaging)) > 0);
  await followReceipts(messaging)
}

const task = 'send-messages'

export const messageTasks = (messaging: Messaging): Record<string, () => Promise<void>> => ({
  [task]: () => sendMessages(messaging),
})

/** Every minute, for what is held back or tried again. */
export const messagesCrontab = `* * * * * ${task} ?jobKey=${task}`

const everyMs = 2_000

/**
 * Puts the sending on the queue as soon as something was ordered. The order itself is in the act's own transaction; this
 * only wakes the job early. Answers how to stop.
 */
export const keepSending = ({ door, log, enqueue }: Services): (() => Promise<void>) => {
  let running: Promise<void> = Promise.resolve()
  const look = async (): Promise<void> => {
    const waiting = await door.asJob('importer', (db) =>
      db.first(sql`select 1 as waiting from message_outbox where spread_at is null limit 1`),
    )
    if (waiting) await enqueue(task, {}, task)
  }
  const timer = setInterval(() => {
    running = running.then(look).catch((error: unknown) => {
      log.warn({ part: 'messages', code: (error as { code?: string }).code }, 'messages not looked for')
    })
  }, everyMs)
  return async () => {
    clearInterval(timer)
    await running
  }
}
