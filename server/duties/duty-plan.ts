import { graceDays, isOpen, type Period, type PeriodKind, periodOf, standingPeriod, type Term } from '#contract/duties'
import { addDays, type PlainDate } from '#contract/platform'
import type { ArchiveNeed, DutyRule } from '#contract/policies'
import { secrecyDomains } from '#contract/students'
import type { InForce, Registry } from '#server/policies'
import type { Calendar, WorkingDays } from './calendar.ts'
import { type Feed, recordFeed } from './feed.ts'
import { followedDays, type PlannedEvent, planEvents } from './plan-events.ts'

/** One duty in one period, as progress is kept. */
export interface PlannedDuty {
  readonly rule: number
  readonly duty: DutyRule
  readonly period: Period
  /** Whether its figures still move. */
  readonly open: boolean
  readonly classRule: number
  readonly secrecy: number
  readonly atLeast: number
  /** Bits of all parts; 0 for a duty that counts records. */
  readonly full: number
  /** Bits of parts the system derives itself. */
  readonly base: number
  readonly feeds: readonly Feed[]
  readonly appointment: boolean
}

/** One coverage in one period, as figures are kept. A student counts when all its duties are met. */
export interface PlannedCoverage {
  readonly measure: number
  readonly number: number
  readonly period: Period
  readonly classRule: number
  readonly secrecy: number
  readonly duties: readonly PlannedDuty[]
  /** Membership is asked as of this day: today, or the last day of a period that ended. */
  readonly on: PlainDate
  readonly ended: boolean
  /** Duties of this coverage that events make due: a student counts when each was settled in time, or nothing happened. */
  readonly events: readonly { readonly rule: number; readonly duty: DutyRule }[]
  /** Classes by which the figure is split. */
  readonly splits: readonly number[]
}

/** What is kept for the students of one school on one day. */
export interface Plan {
  /** Schools with equal texts here are counted by one statement. */
  readonly alike: string
  readonly today: PlainDate
  readonly schoolPath: string
  readonly inForce: InForce
  readonly duties: readonly PlannedDuty[]
  readonly events: readonly PlannedEvent[]
  /** Events from this day on are followed. */
  readonly eventsFrom: PlainDate
  readonly isWorkingDay: (date: PlainDate) => boolean
  readonly coverages: readonly PlannedCoverage[]
}

// The codes of the archive's parts as the record of an empty part names them. [C15]
const partCodes = { 'aid-history': 1, visits: 2, traits: 3, rewards: 4 } as const
const partField = 'part'

const kindOf = (duty: DutyRule): PeriodKind | undefined => {
  if (duty.per.kind === 'every') return duty.per.period
  // Duties that run from an event are owed per event, not per period: see `planEvents`.
  return duty.per.kind === 'after' ? undefined : 'standing'
}

const archiveFeeds = (need: ArchiveNeed, inForce: InForce): Feed[] => {
  const verifying = inForce.rules.records.filter(({ fields }) => fields.some(({ id }) => id === partField))
  return need.parts.flatMap((part, index): Feed[] => {
    const any = { modes: null, coded: null, bit: 1 << index }
    return [
      ...part.numbers.map((kind): Feed => ({ ...any, kind, part: null })),
      ...verifying.map(({ number }): Feed => ({ ...any, kind: number, part: partCodes[part.part] })),
    ]
  })
}

const planDuty = (duty: DutyRule, period: Period, open: boolean, inForce: InForce): PlannedDuty => {
  const { does } = duty
  const classRule = inForce.rules.who.find(({ ref }) => ref === duty.for)
  const parts = does.kind === 'archive' ? does.parts : []
  return {
    rule: inForce.dutyNumber(duty.ref),
    duty,
    period,
    open,
    classRule: inForce.classNumber(duty.for),
    secrecy: secrecyDomains[classRule?.secrecy ?? 'protection'].code,
    atLeast: duty.atLeast,
    full: (1 << parts.length) - 1,
    base: parts.reduce((bits, part, index) => (part.shownBy.length === 0 ? bits | (1 << index) : bits), 0),
    feeds: does.kind === 'record' ? [recordFeed(does)] : does.kind === 'archive' ? archiveFeeds(does, inForce) : [],
    appointment: does.kind === 'appointment' && does.post === 'mentor',
  }
}

const kinds: readonly PeriodKind[] = [
  'standing',
  'school-year',
  'calendar-year',
  'term',
  'vacation',
  'month',
  'week',
  'teaching-week',
  'school-day',
]
const shortKinds: readonly PeriodKind[] = ['week', 'teaching-week', 'school-day']
// Between two of these lie days that belong to neither.
const brokenKinds: readonly PeriodKind[] = ['vacation', 'teaching-week', 'school-day']
const yearsBack = 2

// Long periods are kept two years back, as far as acts may be written down; days and weeks only while they are open.
const periodsOf = (kind: PeriodKind, today: PlainDate, terms: readonly Term[]): Period[] => {
  if (kind === 'standing') return [standingPeriod]
  const reach = shortKinds.includes(kind) ? graceDays : yearsBack * 366
  const first = addDays(today, -reach)
  const periods: Period[] = []
  for (let day = today; ; ) {
    const period = periodOf(kind, day, terms)
    if (!period || period.endsOn < first) return periods
    const later = periods.at(-1)
    periods.push(later && !brokenKinds.includes(kind) ? { ...period, endsOn: addDays(later.startsOn, -1) } : period)
    day = addDays(period.startsOn, -1)
  }
}

/** The last day of a period, or today while it runs: the day whose rules judge it. */
const judgedOn = (period: Period, today: PlainDate): PlainDate => (period.endsOn < today ? period.endsOn : today)

const planCoverages = (
  inForce: InForce,
  kind: PeriodKind,
  period: Period,
  today: PlainDate,
  find: (rule: number, kind: PeriodKind, on: PlainDate) => PlannedDuty | undefined,
): PlannedCoverage[] =>
  inForce.rules.counts.flatMap((coverage): PlannedCoverage[] => {
    const { numerator, denominator } = coverage
    if (numerator.kind !== 'duties' || denominator.kind !== 'class') return []
    const rules = numerator.duties.flatMap((ref) => inForce.rules.duties.filter((duty) => duty.ref === ref))
    const kindsOfAll = rules.map(kindOf)
    const events = rules.filter(({ per }) => per.kind === 'after')
    // The period of a coverage is that of its first returning duty; what only events make due is asked of a school year;
    // a mentor in post has none.
    const own =
      kindsOfAll.find((one) => one !== undefined && one !== 'standing') ??
      (events.length > 0 ? 'school-year' : 'standing')
    if (own !== kind || rules.length < numerator.duties.length) return []
    const on = judgedOn(period, today)
    const duties = rules.flatMap((duty, index) => {
      if (duty.per.kind === 'after') return []
      const dutyKind = kindsOfAll[index]
      const found = dutyKind && find(inForce.dutyNumber(duty.ref), dutyKind, on)
      return found && found.full > 0 && found.base === found.full ? [] : [found]
    })
    if (duties.some((duty) => duty === undefined)) return []
    return [
      {
        measure: inForce.coverageNumber(coverage.ref),
        number: coverage.number,
        period,
        classRule: inForce.classNumber(denominator.class),
        secrecy: secrecyDomains[coverage.secrecy].code,
        duties: duties as PlannedDuty[],
        events: events.map((duty) => ({ rule: inForce.dutyNumber(duty.ref), duty })),
        on,
        ended: period.endsOn < today,
        splits: coverage.splits.includes('class')
          ? inForce.rules.who.filter((rule) => !rule.proposes).map((rule) => inForce.classNumber(rule.ref))
          : [],
      },
    ]
  })

const build = (
  registry: Pick<Registry, 'inForce' | 'turns'>,
  schoolPath: string,
  today: PlainDate,
  terms: readonly Term[],
  { isWorkingDay, text }: WorkingDays,
): Plan => {
  const inForce = registry.inForce(schoolPath, today)
  const eachPeriod = kinds.flatMap((kind) => periodsOf(kind, today, terms).map((period) => ({ kind, period })))
  const duties = eachPeriod.flatMap(({ kind, period }) => {
    const then = registry.inForce(schoolPath, judgedOn(period, today))
    return then.rules.duties
      .filter((duty) => kindOf(duty) === kind)
      .map((duty) => planDuty(duty, period, isOpen(period, today), then))
  })
  const find = (rule: number, kind: PeriodKind, on: PlainDate) => {
    const period = eachPeriod.find((one) => one.kind === kind && one.period.startsOn <= on && on <= one.period.endsOn)
    return duties.find((duty) => duty.rule === rule && duty.period.startsOn === period?.period.startsOn)
  }
  const coverages = eachPeriod
    .filter(({ period }) => isOpen(period, today))
    .flatMap(({ kind, period }) =>
      planCoverages(registry.inForce(schoolPath, judgedOn(period, today)), kind, period, today, find),
    )
  const judged = new Set(eachPeriod.map(({ period }) => registry.inForce(schoolPath, judgedOn(period, today)).key))
  const spans = duties.map(({ rule, period }) => `${rule}:${period.startsOn}:${period.endsOn}`)
  const eventsFrom = addDays(today, -followedDays)
  const events = planEvents(registry, schoolPath, eventsFrom, today)
  const followed = events.length > 0 ? [text, ...events.map(({ rule, from }) => `${rule}:${from}`)] : []
  const alike = [...judged, ...spans, ...followed].join(' ')
  return { alike, today, schoolPath, inForce, duties, events, eventsFrom, isWorkingDay, coverages }
}

/** Plans at hand: what is kept at a school on a day follows from its rules and its calendar alone. */
export interface Plans {
  readonly planOf: (schoolPath: string, today: PlainDate) => Plan
  /** The plan as of the program's today. */
  readonly planNow: (schoolPath: string) => Plan
}

/** Builds plans over the registry and the calendar and keeps them while both stand. */
export const openPlans = (
  registry: Pick<Registry, 'inForce' | 'turns'>,
  calendar: Pick<Calendar, 'termsAt' | 'worksAt'>,
  now: () => PlainDate,
): Plans => {
  const known = new Map<string, { readonly plan: Plan; readonly terms: readonly Term[] }>()
  const planOf = (schoolPath: string, today: PlainDate): Plan => {
    const terms = calendar.termsAt(schoolPath)
    const inForce = registry.inForce(schoolPath, today)
    const key = `${today} ${schoolPath}`
    const cached = known.get(key)
    if (cached && cached.terms === terms && cached.plan.inForce === inForce) return cached.plan
    const plan = build(registry, schoolPath, today, terms, calendar.worksAt(schoolPath))
    if (known.size > 20_000) known.clear()
    known.set(key, { plan, terms })
    return plan
  }
  return { planOf, planNow: (schoolPath) => planOf(schoolPath, now()) }
}
