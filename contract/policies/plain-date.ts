import type { PlainDate } from './condition.ts'

const PATTERN = /^(\d{4})-(\d{2})-(\d{2})$/

/** Whether it is a day of the calendar written `yyyy-mm-dd`, years 1900 to 2999. */
export function isPlainDate(value: unknown): value is PlainDate {
  if (typeof value !== 'string') return false
  const parts = PATTERN.exec(value)
  if (!parts) return false
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])]
  if (year < 1900 || year > 2999) return false
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

/** The day `days` before; pure calendar arithmetic, no time zone. */
export function daysBefore(date: PlainDate, days: number): PlainDate {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number]
  return new Date(Date.UTC(year, month - 1, day - days)).toISOString().slice(0, 10)
}

/**
 * Full years of age on a day. One is a year older on the birthday; born on 29 February, on 1 March of a common year
 * (the day the calendar first passes the birthday), as PostgreSQL's date arithmetic has it too. Negative before birth.
 */
export function ageOn(birth: PlainDate, date: PlainDate): number {
  const number = (day: PlainDate) => Number(day.replaceAll('-', ''))
  return Math.floor((number(date) - number(birth)) / 10_000)
}
