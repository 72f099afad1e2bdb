import chineseDays from 'chinese-days'
import { whyNotPermitted } from '#contract/people'
import { type AnswerOf, type BodyOf, type ParamsOf, type QueryOf, schoolYearOf } from '#contract/platform'
import { type getCalendar, type setDay, type setTerms, whyNotTerms } from '#contract/policies'
import { type Actor, audit, type Db, eventKind, type Services, sql } from '#server/platform'
import { startApplying } from './apply-adoption.ts'
import { findUnit, getUnitFor, type UnitHere } from './find-unit.ts'
import type { Registry } from './registry.ts'

/** Terms or days of a unit were set and stand committed: whoever keeps calendars at hand reads them anew. */
export const calendarChanged = eventKind<{ readonly unitPath: string }>('calendar.changed')

type Calendar = AnswerOf<typeof getCalendar>
type Day = Calendar['days'][number]

const usual = (year: number): Calendar['terms'] => [
  { term: 1, startsOn: `${year}-09-01`, endsOn: `${year + 1}-01-31`, by: null, own: false },
  { term: 2, startsOn: `${year + 1}-02-15`, endsOn: `${year + 1}-07-05`, by: null, own: false },
]

/** Weekdays off and weekends on by the calendar of the state, from a day to a day. */
export const stateDays = (from: string, to: string): readonly { date: string; kind: Day['kind']; label: string }[] => {
  const days: { date: string; kind: Day['kind']; label: string }[] = []
  for (let at = Date.parse(`${from}T00:00:00Z`); at <= Date.parse(`${to}T00:00:00Z`); at += 86_400_000) {
    const date = new Date(at).toISOString().slice(0, 10)
    const weekend = [0, 6].includes(new Date(at).getUTCDay())
    const { work, name } = chineseDays.getDayDetail(date)
    if (work !== weekend) continue
    const label = name.split(',')[1] ?? name
    days.push({ date, kind: work ? 'school-day' : 'holiday', label })
  }
  return days
}

/** Whether the calendar of the state has people work on a day, holidays and make-up days considered. */
export const isStateWorkingDay = (date: string): boolean => chineseDays.getDayDetail(date).work

interface DayRow {
  readonly date: string
  readonly kind: Day['kind']
  readonly label: string
  readonly by: string
  readonly own: boolean
}

/** What holds at a unit in a school year: its own word, the nearest unit's above, else the usual and the state's. [C21] */
export const readCalendar = async (
  services: Services,
  actor: Actor,
  { unitId }: ParamsOf<typeof getCalendar>,
  { year = schoolYearOf(services.today()) }: QueryOf<typeof getCalendar>,
): Promise<Calendar> => {
  const unit = await findUnit(services, actor, unitId)
  const [terms, days] = await Promise.all([
    services.door.readAsActor<Calendar['terms'][number]>(
      actor,
      sql`select t.term, t.starts_on as "startsOn", t.ends_on as "endsOn", o.name as by, o.id = ${unitId}::uuid as own
        from units o join school_terms t on t.unit_id = o.id
        where t.school_year = ${year} and o.id = (select a.id from units a where starts_with(${unit.path}, a.path)
          and exists (select from school_terms x where x.unit_id = a.id and x.school_year = ${year}) order by length(a.path) desc limit 1)
        order by t.term`,
    ),
    services.door.readAsActor<DayRow>(
      actor,
      sql`select distinct on (d.on_date) d.on_date as date, d.kind, d.label, o.name as by, o.id = ${unitId}::uuid as own
        from calendar_days d join units o on o.id = d.unit_id
        where starts_with(${unit.path}, d.unit_path) and d.on_date between ${`${year}-08-01`}::date and ${`${year + 1}-08-31`}::date
        order by d.on_date, length(d.unit_path) desc`,
    ),
  ])
  const said = new Map(days.map((day) => [day.date, day]))
  const state = stateDays(`${year}-09-01`, `${year + 1}-08-31`).filter(({ date }) => !said.has(date))
  return {
    unit: { id: unit.id, name: unit.name },
    year,
    mayKeep: whyNotPermitted('policies.keep-calendar', actor.posts, unit.path) === undefined,
    terms: terms.length > 0 ? terms : usual(year),
    days: [...said.values(), ...state.map((day): Day => ({ ...day, by: null, own: false }))].sort((a, b) =>
      a.date < b.date ? -1 : 1,
    ),
  }
}

// First the calendar is read anew by whoever keeps it, then duties and figures of the schools below are counted by it.
const follow = async (services: Services, registry: Registry, unit: UnitHere): Promise<void> => {
  await services.door.asJob('classifier', (db) =>
    services.events.announce(db, calendarChanged, { unitPath: unit.path }),
  )
  await startApplying(services, registry, unit.path, services.today())
}

const write = async (
  services: Services,
  actor: Actor,
  unit: UnitHere,
  action: string,
  detail: Readonly<Record<string, string | number | null>>,
  work: (db: Db) => Promise<unknown>,
): Promise<void> => {
  await services.door.asJob('importer', async (db) => {
    await work(db)
    await audit(db, { actorId: actor.personId, action, outcome: 'done', scope: unit.path, subject: unit.id, detail })
  })
}

/** Sets the terms of a school year at a unit; duties by term, and figures, follow below. Refuses `policies.wrong-terms`. */
export const keepTerms = async (
  services: Services,
  registry: Registry,
  actor: Actor,
  { unitId }: ParamsOf<typeof setTerms>,
  { year, terms }: BodyOf<typeof setTerms>,
): Promise<{ year: number }> => {
  const unit = await getUnitFor(services, actor, unitId, 'policies.keep-calendar')
  const refusal = whyNotTerms(year, terms)
  if (refusal) throw refusal
  await write(services, actor, unit, 'policies.set-terms', { year, terms: terms.length }, async (db) => {
    await db.change(
      sql`delete from school_terms where unit_id = ${unit.id} and school_year = ${year} and term > ${terms.length}`,
    )
    for (const { term, startsOn, endsOn } of terms)
      await db.change(sql`insert into school_terms (unit_id, school_year, term, starts_on, ends_on)
        values (${unit.id}, ${year}, ${term}, ${startsOn}, ${endsOn})
        on conflict (unit_id, school_year, term) do update set starts_on = excluded.starts_on, ends_on = excluded.ends_on`)
  })
  await follow(services, registry, unit)
  return { year }
}

/** Says of a day that schools below are closed or open, or takes that word back. */
export const keepDay = async (
  services: Services,
  registry: Registry,
  actor: Actor,
  { unitId }: ParamsOf<typeof setDay>,
  { date, kind, label }: BodyOf<typeof setDay>,
): Promise<{ date: string }> => {
  const unit = await getUnitFor(services, actor, unitId, 'policies.keep-calendar')
  await write(services, actor, unit, 'policies.set-day', { date, kind }, (db) =>
    kind === null
      ? db.change(sql`delete from calendar_days where unit_id = ${unit.id} and on_date = ${date}::date`)
      : db.change(sql`insert into calendar_days (unit_id, unit_path, on_date, kind, label, recorded_by)
          values (${unit.id}, ${unit.path}, ${date}, ${kind}, ${label}, ${actor.personId})
          on conflict (unit_id, on_date) do update set kind = excluded.kind, label = excluded.label,
            recorded_by = excluded.recorded_by, recorded_at = now()`),
  )
  await follow(services, registry, unit)
  return { date }
}
