import type { PlainDate } from '#contract/platform'

/**
 * Full years of age on a day. One is a year older on the birthday; born on 29 February, on 1 March of a common year
 * (the day the calendar first passes the birthday), as PostgreSQL's date arithmetic has it too. Negative before birth.
 */
export function ageOn(birth: PlainDate, date: PlainDate): number {
  const number = (day: PlainDate) => Number(day.replaceAll('-', ''))
  return Math.floor((number(date) - number(birth)) / 10_000)
}
