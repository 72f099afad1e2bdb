import type { IsWorkingDay } from '#contract/flows'
import { addDays, type PlainDate } from '#contract/platform'
import { type Db, sql } from '#server/platform'
import { stateDays } from '#server/policies'

interface DayRow {
  readonly path: string
  readonly date: string
  readonly kind: 'holiday' | 'school-day'
}

const daysAhead = 400
const isWeekday = (date: PlainDate): boolean => ![0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay())

/**
 * Working days of places from a day on: what the nearest unit said of a day, else the calendar of the state with its
 * holidays and weekends made up. School holidays are working days of an office. As the importer.
 */
export const readWorkingDays = async (db: Db, from: PlainDate): Promise<(place: string) => IsWorkingDay> => {
  const until = addDays(from, daysAhead)
  const said = await db.rows<DayRow>(sql`select unit_path as path, on_date as date, kind from calendar_days
    where on_date between ${from}::date and ${until}::date order by length(unit_path)`)
  const state = new Map(stateDays(from, until).map(({ date, kind }) => [date, kind]))
  return (place) => {
    const own = new Map(said.filter(({ path }) => place.startsWith(path)).map(({ date, kind }) => [date, kind]))
    return (date) => {
      const kind = own.get(date) ?? state.get(date)
      return kind === undefined ? isWeekday(date) : kind === 'school-day'
    }
  }
}
