import { addDays, daysBetween, type PlainDate } from '#contract/platform'
import type { Period } from './period.ts'

/** How a duty stands for one student, or a group of them. */
export type DutyState = 'done' | 'soon' | 'due' | 'overdue' | 'missed'

/**
 * Days after a period ends in which acts of that period are still written down; then it is closed and what is missing
 * stands as missed. (平台口径)
 */
export const graceDays = 15

/** Whether a period's figures still move on a day: it runs, or ended no longer than the days of grace ago. */
export const isOpen = (period: Pick<Period, 'startsOn' | 'endsOn'>, today: PlainDate): boolean =>
  period.startsOn <= today && today <= addDays(period.endsOn, graceDays)

// The last quarter of a period is when people plan to do it: a week's duty is due on Saturday, a year's in June.
const dueDays = (period: Pick<Period, 'startsOn' | 'endsOn'>): number =>
  Math.max(1, Math.floor((daysBetween(period.startsOn, period.endsOn) + 1) / 4))

/**
 * How a duty stands on a day: `done` once met; `soon` while there is time, `due` in the last quarter of its period,
 * `overdue` after its last day while acts may still be written down, `missed` once the period is closed. A duty that
 * must hold at all times has no last day: it is `due` until met. `by` is the last day of a duty owed once.
 */
export const dutyState = (
  met: boolean,
  period: Pick<Period, 'startsOn' | 'endsOn'>,
  today: PlainDate,
  by: PlainDate | null = null,
): DutyState => {
  if (met) return 'done'
  if (by !== null) return today > by ? 'overdue' : daysBetween(today, by) <= 30 ? 'due' : 'soon'
  if (period.startsOn <= '1900-01-01') return 'due'
  if (!isOpen(period, today) && today > period.endsOn) return 'missed'
  if (today > period.endsOn) return 'overdue'
  return daysBetween(today, period.endsOn) < dueDays(period) ? 'due' : 'soon'
}

/**
 * How a duty stands that an event made due: `done` once settled, in time or late; `overdue` from the moment it was to be
 * done by, `missed` after the days of grace; the day before and the last day it is `due`.
 */
export const eventState = (
  { settled, past, dueOn }: { readonly settled: boolean; readonly past: boolean; readonly dueOn: PlainDate },
  today: PlainDate,
): DutyState => {
  if (settled) return 'done'
  if (today > addDays(dueOn, graceDays)) return 'missed'
  if (past) return 'overdue'
  return daysBetween(today, dueOn) <= 1 ? 'due' : 'soon'
}
