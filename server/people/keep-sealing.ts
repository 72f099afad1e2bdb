import type { Services } from '#server/platform'
import { mostEntries, sealAudit } from './audit-seals.ts'

const everyMs = 5_000

/**
 * Seals the audit log every few seconds until told to stop; a failure is logged and tried again. [C13] Answers how to
 * stop: what is being sealed is finished first.
 */
export const keepSealing = ({ door, log }: Pick<Services, 'door' | 'log'>): (() => Promise<void>) => {
  let stopped = false
  let wake: (() => void) | undefined
  const rest = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, everyMs)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  const seal = () =>
    door
      .asJob('sealer', (db) => sealAudit(db))
      .catch((error: unknown) => {
        log.warn({ code: (error as { code?: string }).code }, 'audit log not sealed')
        return 0
      })
  const run = async (): Promise<void> => {
    while (!stopped) {
      // What is left over from a burst is sealed without resting; a steady stream waits, or it would be sealed one by one.
      while ((await seal()) === mostEntries) if (stopped) return
      if (!stopped) await rest()
    }
  }
  const running = run()
  return async () => {
    stopped = true
    wake?.()
    await running
  }
}
