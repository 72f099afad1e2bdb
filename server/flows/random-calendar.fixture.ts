import fc from 'fast-check'
import type { Clock } from '#contract/flows'
import { addDays, type PlainDate } from '#contract/platform'
import { stateDays } from '#server/policies'
import type { World } from '../test-world.ts'

type Kind = 'holiday' | 'school-day'

/** A calendar nobody would keep, and what it says of a day at a place, read another way than the program reads it. */
export interface RandomCalendar {
  readonly works: (place: string, date: PlainDate) => boolean
}

const first = '2025-09-01'
const days = 365 * 12
const weekday = (date: PlainDate): number => new Date(`${date}T12:00:00Z`).getUTCDay()

/** Holidays and make-up days at random, each unit its own, for twelve years; the same for the same seed. */
export const layRandomCalendar = async (world: World, seed: number): Promise<RandomCalendar> => {
  const { province, city, county, schoolA, schoolB, classA1 } = world.units
  const said = new Map<string, Kind>()
  const rows: { unit: string; path: string; date: string; kind: Kind }[] = []
  for (const [nth, unit] of [province, city, county, schoolA, schoolB, classA1].entries()) {
    const drawn = fc.sample(fc.tuple(fc.nat(days), fc.constantFrom<Kind>('holiday', 'holiday', 'school-day')), {
      seed: seed + nth,
      numRuns: 400,
    })
    for (const [day, kind] of drawn) {
      const date = addDays(first, day)
      if (said.has(`${unit.path} ${date}`)) continue
      said.set(`${unit.path} ${date}`, kind)
      rows.push({ unit: unit.id, path: unit.path, date, kind })
    }
  }
  await world.owner.query(
    `insert into calendar_days (unit_id, unit_path, on_date, kind, label)
     select unit, path, date, kind, '试验' from jsonb_to_recordset($1::jsonb) as d (unit uuid, path text, date date, kind text)`,
    [JSON.stringify(rows)],
  )
  const state = new Map(stateDays(first, addDays(first, days)).map(({ date, kind }) => [date, kind]))
  const works = (place: string, date: PlainDate): boolean => {
    const steps = place.split('.').filter(Boolean)
    for (let long = steps.length; long > 0; long--) {
      const kind = said.get(`${steps.slice(0, long).join('.')}. ${date}`)
      if (kind) return kind === 'school-day'
    }
    const kind = state.get(date)
    return kind ? kind === 'school-day' : weekday(date) % 6 !== 0
  }
  return { works }
}

const minute = 60_000
const shanghaiDay = (instant: number): PlainDate => new Date(instant + 480 * minute).toISOString().slice(0, 10)
const lastMoment = (date: PlainDate): number => Date.parse(`${date}T16:00:00.000Z`) - 1

/** When so much of a clock is gone, counted off day by day on the fingers. */
export const countedOff = (
  unit: Clock['unit'],
  count: number,
  since: Date,
  works: (date: PlainDate) => boolean,
): string => {
  if (unit === 'hours') return new Date(since.getTime() + count * 60 * minute).toISOString()
  let date = shanghaiDay(since.getTime())
  for (let gone = 0; gone < count; ) {
    date = addDays(date, 1)
    if (unit === 'days' || works(date)) gone++
  }
  return new Date(lastMoment(date)).toISOString()
}
