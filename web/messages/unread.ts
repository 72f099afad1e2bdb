import { countUnread } from '#contract/messages'
import { useAnswer } from '#web/platform'

/** How many messages wait unread; asked again every minute. */
export const useUnread = (): number =>
  useAnswer(countUnread, {}, { every: 60_000, whenSessionLost: 'refuse' }).data?.unread ?? 0
