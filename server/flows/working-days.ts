import type { IsWorkingDay } from '#contract/flows'
import { pathsAbove } from '#contract/organisations'
import { addDays, type PlainDate } from '#contract/platform'
import { type Db, sql } from '#server/platform'
import { stateDays } from '#server/policies'

interface DayRow {
  readonly path: string
  readonly date: string
  readonly kind: 'holiday' | 'school-day'
}

const daysAhead = 400
let remembered: { readonly from: PlainDate; readonly days: ReadonlyMap<PlainDate, DayRow['kind']> } | undefined

// The calendar of the state does not change while the program runs; every move of a day asks for the same stretch.
const stateFrom = (from: PlainDate): ReadonlyMap<PlainDate, DayRow['kind']> => {
  if (remembered?.from !== from)
    remembered = {
      from,
      days: new Map(stateDays(from, addDays(from, daysAhead)).map(({ date, kind }) => [date, kind])),
    }
  return remembered.days
}

const isWeekday = (date: PlainDate): boolean => ![0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay())

/**
 * Working days of these places from a day on: what the nearest unit said of a day, else the calendar of the state with its
 * holidays and weekends made up. School holidays are working days of an office. As the importer.
 */
export const readWorkingDays = async (
  db: Db,
  from: PlainDate,
  places: readonly string[],
): Promise<(place: string) => IsWorkingDay> => {
  const paths = [...new Set(places.flatMap((place) => [place, ...pathsAbove(place)]))]
  const said = await db.rows<DayRow>(sql`select unit_path as path, on_date as date, kind from calendar_days
    where unit_path = any(${paths}::text[]) and on_date between ${from}::date and ${addDays(from, daysAhead)}::date
    order by length(unit_path)`)
  const state = stateFrom(from)
  const calendars = new Map<string, ReadonlyMap<PlainDate, DayRow['kind']>>()
  return (place) => {
    const own =
      calendars.get(place) ??
      new Map(said.filter(({ path }) => place.startsWith(path)).map(({ date, kind }) => [date, kind]))
    calendars.set(place, own)
    return (date) => {
      const kind = own.get(date) ?? state.get(date)
      return kind === undefined ? isWeekday(date) : kind === 'school-day'
    }
  }
}
