import type { Logger } from 'pino'
import type { Door } from './database/door.ts'
import type { Events } from './events.ts'
import type { FileStore } from './files.ts'
import type { Secrets } from './secrets.ts'

/** What operations are given: the ways out of the pure world. Nothing here has a domain word in it. */
export interface Services {
  readonly door: Door
  readonly secrets: Secrets
  readonly files: FileStore
  readonly log: Logger
  readonly events: Events
  /** Today as a plain date in Asia/Shanghai. */
  readonly today: () => string
  /** Puts a named job on the queue; it survives a restart. The same key waits only once. */
  readonly enqueue: (task: string, payload: object, key?: string) => Promise<void>
  readonly demo: boolean
}
