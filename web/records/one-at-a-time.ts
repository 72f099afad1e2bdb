const lockName = 'tongxing-outbox'

// Browsers offer locks across tabs only on secure addresses; elsewhere one tab still takes its turns.
let lastTurn: Promise<unknown> = Promise.resolve()
let turns = 0

const inThisTab = async <T>(work: () => Promise<T>): Promise<T> => {
  turns += 1
  const turn = lastTurn.then(work, work).finally(() => {
    turns -= 1
  })
  lastTurn = turn.catch(() => undefined)
  return turn
}

const hasLocks = (): boolean => 'locks' in navigator

/** Does the work when no one else is sending; waits for that. */
export const inTurn = async <T>(work: () => Promise<T>): Promise<T> =>
  hasLocks() ? await navigator.locks.request(lockName, work) : inThisTab(work)

/** Does the work if no one else is sending right now, else answers `otherwise`. */
export const ifFree = async <T>(otherwise: T, work: () => Promise<T>): Promise<T> => {
  if (!hasLocks()) return turns > 0 ? otherwise : inThisTab(work)
  return await navigator.locks.request(lockName, { ifAvailable: true }, async (lock) => (lock ? work() : otherwise))
}
