import { addDays, type PlainDate } from '#contract/platform'
import type { Clock } from './flow.ts'

/** Whether offices of a place work on a day: weekdays that are no holiday, and weekends made up. */
export type IsWorkingDay = (date: PlainDate) => boolean

const hourMs = 3_600_000
const shanghai = '+08:00'

/** The day in Asia/Shanghai of an instant. */
export const dayOf = (instant: Date): PlainDate => new Date(instant.getTime() + 8 * hourMs).toISOString().slice(0, 10)

// A search that finds no working day in so many is a broken calendar, not a long holiday.
const longestSearch = 400

/** The n-th working day after a day; the day itself is not counted. */
export const addWorkingDays = (from: PlainDate, count: number, isWorkingDay: IsWorkingDay): PlainDate => {
  let date = from
  let left = count
  for (let looked = 0; left > 0; looked++) {
    if (looked > longestSearch + count * 3) throw new Error('the calendar has no working days')
    date = addDays(date, 1)
    if (isWorkingDay(date)) left--
  }
  return date
}

const endOf = (date: PlainDate): Date => new Date(`${date}T23:59:59.999${shanghai}`)

const after = (since: Date, count: number, unit: Clock['unit'], isWorkingDay: IsWorkingDay): Date => {
  if (unit === 'hours') return new Date(since.getTime() + count * hourMs)
  if (unit === 'days') return endOf(addDays(dayOf(since), count))
  return endOf(addWorkingDays(dayOf(since), count, isWorkingDay))
}

/** When the clock of a state entered at `since` runs out: the end of the last day in Shanghai, or the hour exactly. */
export const dueAt = (clock: Clock, since: Date, isWorkingDay: IsWorkingDay): Date =>
  after(since, clock.count, clock.unit, isWorkingDay)

/** When those who act are reminded; undefined when the clock warns of nothing. */
export const warnAt = (clock: Clock, since: Date, isWorkingDay: IsWorkingDay): Date | undefined =>
  clock.warnBefore === undefined
    ? undefined
    : after(since, Math.max(clock.count - clock.warnBefore, 0), clock.unit, isWorkingDay)
