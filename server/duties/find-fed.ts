import type { CodedContent } from '#server/records'
import type { Plan, PlannedDuty } from './duty-plan.ts'
import { fits } from './feed.ts'

/** A duty that a record counts for, and the archive part it fills (0 where records are counted). */
export interface Fed {
  readonly duty: PlannedDuty
  readonly bit: number
}

/** The duties of a school for which a record counts, by its kind, codes and act date. */
export const findFed = (
  plan: Plan,
  record: CodedContent & { readonly kind: number; readonly actDate: string },
): readonly Fed[] =>
  plan.duties.flatMap((duty): Fed[] => {
    const { startsOn, endsOn } = duty.period
    if (record.actDate < startsOn || record.actDate > endsOn) return []
    const feeds = duty.feeds.filter((feed) => fits(feed, record.kind, record))
    return feeds.length > 0 ? [{ duty, bit: feeds.reduce((bits, { bit }) => bits | bit, 0) }] : []
  })
