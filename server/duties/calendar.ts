import { type Term, usualTerms } from '#contract/duties'
import { pathsAbove } from '#contract/organisations'
import { schoolYearOf } from '#contract/platform'
import { type Services, sql } from '#server/platform'
import { isStateWorkingDay, stateDays } from '#server/policies'

/** The days people work at a unit; where the texts are equal, the days are. */
export interface WorkingDays {
  readonly isWorkingDay: (date: string) => boolean
  readonly text: string
}

/** The terms that hold at a unit, its own or the nearest above. Asking costs no statement. */
export interface Calendar {
  readonly termsAt: (unitPath: string) => readonly Term[]
  /** Whether people work at a unit on a day: the nearest unit's word, else the state's; terms play no part. */
  readonly worksAt: (unitPath: string) => WorkingDays
  readonly refresh: () => Promise<void>
}

interface TermRow extends Term {
  readonly path: string
}

interface DayRow {
  readonly path: string
  readonly date: string
  readonly kind: 'holiday' | 'school-day'
}

// The calendar of the state is the same for everybody: worked out once for each span of days.
const byState = new Map<string, Required<Pick<Term, 'closedOn' | 'openOn'>>>()
const stateDaysOf = ({ startsOn, endsOn }: Term) => {
  const key = `${startsOn} ${endsOn}`
  const known = byState.get(key)
  if (known) return known
  const days = stateDays(startsOn, endsOn)
  const of = (kind: DayRow['kind']) => new Set(days.filter((day) => day.kind === kind).map(({ date }) => date))
  const fresh = { closedOn: of('holiday'), openOn: of('school-day') }
  if (byState.size > 500) byState.clear()
  byState.set(key, fresh)
  return fresh
}

/** A term with its days off and on: the nearest unit's word before the state's. `days` are ordered highest unit first. */
const withDays = (term: Term, days: readonly DayRow[]): Term => {
  const state = stateDaysOf(term)
  const own = days.filter(({ date }) => term.startsOn <= date && date <= term.endsOn)
  if (own.length === 0) return { ...term, ...state }
  const [closedOn, openOn] = [new Set(state.closedOn), new Set(state.openOn)]
  for (const { date, kind } of own) {
    const [into, out] = kind === 'holiday' ? [closedOn, openOn] : [openOn, closedOn]
    into.add(date)
    out.delete(date)
  }
  return { ...term, closedOn, openOn }
}

const freshForMs = 60_000
const yearsCovered = 4

/** Reads the school calendars and keeps them at hand; a change is seen within a minute, or at once after `refresh`. */
export const openCalendar = async (services: Pick<Services, 'door' | 'log' | 'today'>): Promise<Calendar> => {
  let byYearAndPath = new Map<string, Term[]>()
  let known = new Map<string, readonly Term[]>()
  let saidDays: readonly DayRow[] = []
  let readAt = 0
  const refresh = async (): Promise<void> => {
    const rows = await services.door.asJob('classifier', (db) =>
      db.rows<TermRow>(sql`select u.path, t.school_year as "schoolYear", t.term, t.starts_on as "startsOn",
          t.ends_on as "endsOn"
        from school_terms t join units u on u.id = t.unit_id order by t.starts_on`),
    )
    saidDays = await services.door.asJob('classifier', (db) =>
      db.rows<DayRow>(
        sql`select unit_path as path, on_date as date, kind from calendar_days order by length(unit_path), on_date`,
      ),
    )
    byYearAndPath = Map.groupBy(rows, ({ schoolYear, path }) => `${schoolYear} ${path}`) as Map<string, Term[]>
    known = new Map()
    readAt = Date.now()
  }
  await refresh()
  const worksAt = (unitPath: string) => {
    // Ordered highest unit first: the nearest one's word comes last and stays.
    const said = new Map(
      saidDays.filter(({ path }) => unitPath.startsWith(path)).map(({ date, kind }) => [date, kind] as const),
    )
    const isWorkingDay = (date: string): boolean => {
      const own = said.get(date)
      return own === undefined ? isStateWorkingDay(date) : own === 'school-day'
    }
    return { isWorkingDay, text: [...said].map(([date, kind]) => `${date} ${kind}`).join() }
  }
  const termsAt = (unitPath: string): readonly Term[] => {
    if (Date.now() - readAt > freshForMs) {
      readAt = Date.now()
      refresh().catch((error: unknown) =>
        services.log.warn({ code: (error as { code?: string }).code }, 'terms not read'),
      )
    }
    const today = services.today()
    const key = `${schoolYearOf(today)} ${unitPath}`
    const cached = known.get(key)
    if (cached) return cached
    const paths = [unitPath, ...pathsAbove(unitPath).reverse()]
    const first = schoolYearOf(today) - yearsCovered + 2
    const terms = Array.from({ length: yearsCovered }, (_, index) => first + index).flatMap((year) => {
      const nearest = paths.find((path) => byYearAndPath.has(`${year} ${path}`))
      return nearest === undefined ? usualTerms(year) : (byYearAndPath.get(`${year} ${nearest}`) ?? [])
    })
    const said = saidDays.filter(({ path }) => unitPath.startsWith(path))
    const full = terms.map((term) => withDays(term, said))
    if (known.size > 5_000) known.clear()
    known.set(key, full)
    return full
  }
  return { termsAt, worksAt, refresh }
}
