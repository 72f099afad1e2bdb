import { type PlainDate, Refusal, schoolYearOf } from '#contract/platform'

/** Last day of the school year a day belongs to: until then a recognition holds. [C8] */
export const lastDayOf = (date: PlainDate): PlainDate => `${schoolYearOf(date) + 1}-08-31`

const wrong = (field: string, reason: string): Refusal =>
  new Refusal('recognition.wrong-day', `日期${reason}。`, 'invalid', [{ field, reason }])

/** Why a recognition cannot begin on this day; undefined when it can: in this school year, not ahead. */
export const whyNotFrom = (from: PlainDate, today: PlainDate): Refusal | undefined => {
  if (from > today) return wrong('fromDate', '不能晚于今天')
  return schoolYearOf(from) === schoolYearOf(today) ? undefined : wrong('fromDate', '须在本学年内')
}

/** Why a decision cannot change on this day; undefined when it can: not before it began, not ahead. */
export const whyNotChangeOn = (on: PlainDate, from: PlainDate, today: PlainDate): Refusal | undefined => {
  if (on > today) return wrong('on', '不能晚于今天')
  return on < from ? wrong('on', `不能早于 ${from}`) : undefined
}
