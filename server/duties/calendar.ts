import { type Term, usualTerms } from '#contract/duties'
import { pathsAbove } from '#contract/organisations'
import { schoolYearOf } from '#contract/platform'
import { type Services, sql } from '#server/platform'

/** The terms that hold at a unit, its own or the nearest above. Asking costs no statement. */
export interface Calendar {
  readonly termsAt: (unitPath: string) => readonly Term[]
  readonly refresh: () => Promise<void>
}

interface TermRow extends Term {
  readonly path: string
}

const freshForMs = 60_000
const yearsCovered = 4

/** Reads the school calendars and keeps them at hand; a change is seen within a minute, or at once after `refresh`. */
export const openCalendar = async (services: Pick<Services, 'door' | 'log' | 'today'>): Promise<Calendar> => {
  let byYearAndPath = new Map<string, Term[]>()
  let known = new Map<string, readonly Term[]>()
  let readAt = 0
  const refresh = async (): Promise<void> => {
    const rows = await services.door.asJob('classifier', (db) =>
      db.rows<TermRow>(sql`select u.path, t.school_year as "schoolYear", t.term, t.starts_on as "startsOn",
          t.ends_on as "endsOn"
        from school_terms t join units u on u.id = t.unit_id order by t.starts_on`),
    )
    byYearAndPath = Map.groupBy(rows, ({ schoolYear, path }) => `${schoolYear} ${path}`) as Map<string, Term[]>
    known = new Map()
    readAt = Date.now()
  }
  await refresh()
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
    if (known.size > 5_000) known.clear()
    known.set(key, terms)
    return terms
  }
  return { termsAt, refresh }
}
