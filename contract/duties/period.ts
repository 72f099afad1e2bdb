import { addDays, type PlainDate, schoolYearLabel, schoolYearOf } from '#contract/platform'

/** How often a duty returns. `standing` has no period: it holds or it does not. */
export type PeriodKind = 'school-day' | 'week' | 'month' | 'term' | 'school-year' | 'calendar-year' | 'standing'

export interface Term {
  readonly schoolYear: number
  readonly term: number
  readonly startsOn: PlainDate
  readonly endsOn: PlainDate
}

/** A period on the calendar: stored by its first day, shown by its label, over after its last day. */
export interface Period {
  readonly startsOn: PlainDate
  readonly endsOn: PlainDate
  readonly label: string
}

export const standingPeriod: Period = { startsOn: '1900-01-01', endsOn: '2199-12-31', label: '持续' }

const termLabels = ['', '第一学期', '第二学期', '第三学期']

const monday = (date: PlainDate): PlainDate => {
  const weekday = (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7
  return addDays(date, -weekday)
}

const schoolYearPeriod = (date: PlainDate): Period => {
  const year = schoolYearOf(date)
  return { startsOn: `${year}-09-01`, endsOn: `${year + 1}-08-31`, label: schoolYearLabel(year) }
}

const monthPeriod = (date: PlainDate): Period => {
  const [year, month] = [Number(date.slice(0, 4)), Number(date.slice(5, 7))]
  const next = month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, '0')}-01`
  return { startsOn: `${date.slice(0, 7)}-01`, endsOn: addDays(next, -1), label: `${year}年${month}月` }
}

// Between two terms (holidays) an act still counts for the term that just ended: winter visits are first-term visits.
const termPeriod = (date: PlainDate, terms: readonly Term[]): Period | undefined => {
  const begun = terms.filter((term) => term.startsOn <= date).sort((a, b) => (a.startsOn < b.startsOn ? 1 : -1))
  const term = begun[0]
  if (!term) return undefined
  const after = terms
    .filter((other) => other.startsOn > term.startsOn)
    .sort((a, b) => (a.startsOn < b.startsOn ? -1 : 1))[0]
  const endsOn = after ? addDays(after.startsOn, -1) : term.endsOn >= date ? term.endsOn : date
  return { startsOn: term.startsOn, endsOn, label: `${schoolYearLabel(term.schoolYear)}${termLabels[term.term] ?? ''}` }
}

/**
 * The period of a kind that a day falls into, on a calendar of terms. Undefined when the calendar does not reach the day
 * (a term before the first known one). Dates are plain dates; the caller gives today, this function has no clock.
 */
export const periodOf = (kind: PeriodKind, date: PlainDate, terms: readonly Term[]): Period | undefined => {
  switch (kind) {
    case 'standing':
      return standingPeriod
    case 'school-year':
      return schoolYearPeriod(date)
    case 'calendar-year':
      return {
        startsOn: `${date.slice(0, 4)}-01-01`,
        endsOn: `${date.slice(0, 4)}-12-31`,
        label: `${date.slice(0, 4)}年`,
      }
    case 'month':
      return monthPeriod(date)
    case 'week': {
      const startsOn = monday(date)
      return { startsOn, endsOn: addDays(startsOn, 6), label: `${startsOn.slice(5).replace('-', '月')}日当周` }
    }
    case 'school-day':
      return { startsOn: date, endsOn: date, label: date }
    case 'term':
      return termPeriod(date, terms)
  }
}
