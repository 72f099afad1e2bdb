import { addDays, type PlainDate, schoolYearLabel, schoolYearOf } from '#contract/platform'

/** How often a duty returns. `standing` has no period: it holds or it does not. */
export type PeriodKind =
  | 'school-day'
  | 'week'
  | 'teaching-week'
  | 'month'
  | 'term'
  | 'vacation'
  | 'school-year'
  | 'calendar-year'
  | 'standing'

export interface Term {
  readonly schoolYear: number
  readonly term: number
  readonly startsOn: PlainDate
  readonly endsOn: PlainDate
  /** Weekdays without school and weekend days with school. */
  readonly closedOn?: ReadonlySet<PlainDate>
  readonly openOn?: ReadonlySet<PlainDate>
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

const longestBreak = 120

const isSchoolDay = (date: PlainDate, terms: readonly Term[]): boolean => {
  const isWeekend = date === addDays(monday(date), 5) || date === addDays(monday(date), 6)
  return terms.some(
    (term) =>
      term.startsOn <= date &&
      date <= term.endsOn &&
      (term.openOn?.has(date) || (!isWeekend && !term.closedOn?.has(date))),
  )
}

// On a Sunday the day that counts is Friday: nothing is owed of days without school.
const lastSchoolDay = (date: PlainDate, terms: readonly Term[]): PlainDate | undefined => {
  for (let back = 0; back <= longestBreak; back++) {
    const day = addDays(date, -back)
    if (isSchoolDay(day, terms)) return day
  }
  return undefined
}

const weekPeriod = (date: PlainDate): Period => {
  const startsOn = monday(date)
  return { startsOn, endsOn: addDays(startsOn, 6), label: `${startsOn.slice(5).replace('-', '月')}日当周` }
}

// A week without a school day is none; one that begins in the holidays and ends in term is.
const teachingWeek = (date: PlainDate, terms: readonly Term[]): Period | undefined => {
  const whole = weekPeriod(date)
  const begun = [0, 1, 2, 3, 4].map((day) => addDays(whole.startsOn, day)).some((day) => isSchoolDay(day, terms))
  const day = begun ? date : lastSchoolDay(date, terms)
  return day === undefined ? undefined : weekPeriod(day)
}

// The days between two terms; during a term, the holidays before it: what was owed in them may still be written down.
const vacationPeriod = (date: PlainDate, terms: readonly Term[]): Period | undefined => {
  const inOrder = terms.toSorted((a, b) => (a.startsOn < b.startsOn ? -1 : 1))
  const breaks = inOrder.flatMap((term, index): Period[] => {
    const next = inOrder[index + 1]
    const startsOn = addDays(term.endsOn, 1)
    if (!next || next.startsOn <= startsOn) return []
    const endsOn = addDays(next.startsOn, -1)
    const label = `${endsOn.slice(0, 4)}年${next.schoolYear > term.schoolYear ? '暑假' : '寒假'}`
    return [{ startsOn, endsOn, label }]
  })
  return breaks.findLast((one) => one.startsOn <= date)
}

/**
 * The period of a kind that a day falls into, on a calendar of terms. Undefined when the calendar does not reach the day
 * (a term before the first known one). On a day without school, the last school day, teaching week or vacation before it.
 * Dates are plain dates; the caller gives today, this function has no clock.
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
    case 'week':
      return weekPeriod(date)
    case 'teaching-week':
      return teachingWeek(date, terms)
    case 'vacation':
      return vacationPeriod(date, terms)
    case 'school-day': {
      const day = lastSchoolDay(date, terms)
      return day === undefined ? undefined : { startsOn: day, endsOn: day, label: day }
    }
    case 'term':
      return termPeriod(date, terms)
  }
}
