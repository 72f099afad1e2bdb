import type { Db } from './database/statement.ts'

/** A kind of news with the shape of what it tells. Named like `pairing.changed`. */
export interface EventKind<Payload> {
  readonly name: string
  readonly payload?: Payload
}

/** Declares a kind of news; the capability that tells it exports it. */
export const eventKind = <Payload>(name: string): EventKind<Payload> => ({ name })

type Handler<Payload> = (db: Db, payload: Payload) => Promise<void>

/** News travels upward inside the transaction that made it: lower capabilities tell, higher ones listen. */
export interface Events {
  readonly when: <Payload>(kind: EventKind<Payload>, handler: Handler<Payload>) => void
  /** Runs the listeners one after another; if one fails, everything is undone. */
  readonly announce: <Payload>(db: Db, kind: EventKind<Payload>, payload: Payload) => Promise<void>
  /** Starts all listeners in order without waiting in between: for listeners that send everything before they wait. */
  readonly announceAtOnce: <Payload>(db: Db, kind: EventKind<Payload>, payload: Payload) => Promise<void>
}

/** Builds an empty board of listeners. */
export const openEvents = (): Events => {
  const listeners = new Map<string, Handler<never>[]>()
  return {
    when: (kind, handler) => {
      listeners.set(kind.name, [...(listeners.get(kind.name) ?? []), handler as Handler<never>])
    },
    announce: async (db, kind, payload) => {
      for (const handler of listeners.get(kind.name) ?? []) await handler(db, payload as never)
    },
    announceAtOnce: async (db, kind, payload) => {
      await Promise.all((listeners.get(kind.name) ?? []).map((handler) => handler(db, payload as never)))
    },
  }
}
