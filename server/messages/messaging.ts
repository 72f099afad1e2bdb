import type { Services } from '#server/platform'
import type { Channels } from './channels/channel.ts'

/** What messages are sent with. */
export interface Messaging {
  readonly services: Services
  readonly channels: Channels
  /** Words that stand in no text that leaves, as the packs and procedures say. [C24 G3] */
  readonly withheld?: readonly string[]
  /** Now; fixed in tests. */
  readonly now: () => Date
}
