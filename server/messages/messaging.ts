import type { Services } from '#server/platform'
import type { Channels } from './channels/channel.ts'

/** What messages are sent with. */
export interface Messaging {
  readonly services: Services
  readonly channels: Channels
  /** Now; fixed in tests. */
  readonly now: () => Date
}
