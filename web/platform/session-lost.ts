/**
 * A lost session does not take the page away: whoever calls waits here until the person has signed in again in a dialog,
 * then goes on as if nothing had happened. Giving up rejects all who wait.
 */
type Listener = (lost: boolean) => void

let waiting: { promise: Promise<void>; resolve: () => void; reject: (reason: Error) => void } | undefined
const listeners = new Set<Listener>()

const tell = (): void => {
  for (const listener of listeners) listener(waiting !== undefined)
}

/** Resolves when the session is back. All callers share one dialog. */
export const waitForSession = (): Promise<void> => {
  if (!waiting) {
    waiting = Promise.withResolvers<void>()
    // Background readings may have gone away by then; their rejection is nobody's news.
    waiting.promise.catch(() => undefined)
    tell()
  }
  return waiting.promise
}

export const sessionRestored = (): void => {
  waiting?.resolve()
  waiting = undefined
  tell()
}

export const sessionGivenUp = (reason: Error): void => {
  waiting?.reject(reason)
  waiting = undefined
  tell()
}

/** Listens for sessions lost (`true`) and back (`false`). Answers how to stop. */
export const onSessionLost = (listener: Listener): (() => void) => {
  listeners.add(listener)
  listener(waiting !== undefined)
  return () => listeners.delete(listener)
}
