import type { PlainDate } from '#contract/platform'
import { type Db, raw, sql } from '#server/platform'
import type { Plan } from './duty-plan.ts'
import { fitsInSql } from './feed.ts'
import { dueOnOf, type PlannedEvent } from './plan-events.ts'

/** Whose events: schools under one plan, all students or some. */
export interface Followed {
  readonly schoolIds: readonly string[]
  readonly studentIds: readonly string[] | null
}

const eventRows = (events: readonly PlannedEvent[]): string =>
  JSON.stringify(
    events.map(({ rule, from, until, secrecy, event, per }, i) => ({
      i,
      rule,
      from_on: from,
      until_on: until,
      secrecy,
      hours: per.hours ?? null,
      kind: event.kind,
      modes: event.modes,
      coded: event.coded,
      part: null,
    })),
  )
const eventColumns =
  'i int, rule int, from_on date, until_on date, secrecy smallint, hours int, kind smallint, modes smallint[], coded jsonb, part smallint'

const answerRows = (events: readonly PlannedEvent[]): string =>
  JSON.stringify(
    events.map(({ rule, from, until, atLeast, answer }) => ({
      rule,
      from_on: from,
      until_on: until,
      at_least: atLeast,
      kind: answer.kind,
      modes: answer.modes,
      coded: answer.coded,
      part: null,
    })),
  )

/** Days on which something happened that makes a duty due. */
const happenedOn = (db: Db, events: readonly PlannedEvent[], { schoolIds, studentIds }: Followed) =>
  db.rows<{ i: number; day: PlainDate }>(sql`select distinct f.i, r.act_date as day
    from jsonb_to_recordset(${eventRows(events)}::jsonb) as f(${raw(eventColumns)})
      join record_subjects r on r.kind = f.kind and r.act_date >= f.from_on and r.act_date <= f.until_on
    where r.school_id = any(${schoolIds}::uuid[]) and r.current
      and (${studentIds}::uuid[] is null or r.student_id = any(${studentIds}::uuid[])) and ${raw(fitsInSql('r', 'f'))}`)

interface Happened {
  readonly i: number
  readonly day: PlainDate
}

const dueRows = (plan: Plan, events: readonly PlannedEvent[], days: readonly Happened[]): string =>
  JSON.stringify(
    days.flatMap(({ i, day }) => {
      const event = events[i]
      return event ? [{ i, day, due_on: dueOnOf(event, day, plan.isWorkingDay) }] : []
    }),
  )

/**
 * Writes what these days made due: one row for each record that asks for it. Hours run from the moment a record was
 * made, where it was made on the day it speaks of, else from the end of that day; working days from the day.
 */
export const openEvents = (
  db: Db,
  plan: Plan,
  events: readonly PlannedEvent[],
  { schoolIds, studentIds }: Followed,
  days: readonly Happened[],
): Promise<number> =>
  db.change(sql`with found as (
      select f.rule, f.secrecy, d.due_on, r.school_id, r.student_id, r.record_id, r.act_date, f.hours,
        least(m.recorded_at, (r.act_date + 1)::timestamp at time zone 'Asia/Shanghai') + make_interval(hours => f.hours) as due_at
      from jsonb_to_recordset(${eventRows(events)}::jsonb) as f(${raw(eventColumns)})
        join jsonb_to_recordset(${dueRows(plan, events, days)}::jsonb) as d(i int, day date, due_on date) on d.i = f.i
        join record_subjects r on r.kind = f.kind and r.act_date = d.day
        join records m on m.school_id = r.school_id and m.id = r.record_id
      where r.school_id = any(${schoolIds}::uuid[]) and r.current
        and (${studentIds}::uuid[] is null or r.student_id = any(${studentIds}::uuid[])) and ${raw(fitsInSql('r', 'f'))}),
    row as (
      select n.*, s.scope,
        case when hours is null then due_on else ((due_at - interval '1 microsecond') at time zone 'Asia/Shanghai')::date end as last_day
      from found n join students s on s.school_id = n.school_id and s.id = n.student_id)
    insert into event_duties as e (school_id, student_id, rule, event_id, scope, secrecy, happened_on, due_on, due_at)
    select school_id, student_id, rule, record_id, scope, secrecy, act_date, last_day, due_at
    from row order by school_id, student_id, rule, record_id
    on conflict (school_id, student_id, rule, event_id) do update
      set scope = excluded.scope, secrecy = excluded.secrecy, due_on = excluded.due_on, due_at = excluded.due_at
      where (e.scope, e.secrecy, e.due_on, e.due_at) is distinct from (excluded.scope, excluded.secrecy, excluded.due_on, excluded.due_at)`)

/** What was settled by now: the record that made it complete, in time or late. A record that asks never answers itself. */
export const settleEvents = (
  db: Db,
  events: readonly PlannedEvent[],
  { schoolIds, studentIds }: Followed,
): Promise<{ rule: number; isSettled: boolean }[]> =>
  db.rows(sql`with row as (
      select e.school_id, e.student_id, e.rule, e.event_id, e.due_on, f.at_least, a.days, a.ids, a.reviewed
      from jsonb_to_recordset(${answerRows(events)}::jsonb)
          as f(rule int, from_on date, until_on date, at_least int, kind smallint, modes smallint[], coded jsonb, part smallint)
        join event_duties e on e.rule = f.rule and e.happened_on >= f.from_on and e.happened_on <= f.until_on
        cross join lateral (
          select coalesce(array_agg(r.act_date order by r.act_date, r.record_id), '{}') as days,
            array_agg(r.record_id order by r.act_date, r.record_id) as ids,
            count(*) filter (where r.reviewed and r.act_date <= e.due_on) as reviewed
          from record_subjects r
          where r.school_id = e.school_id and r.student_id = e.student_id and r.kind = f.kind and r.current
            and r.act_date >= e.happened_on and ${raw(fitsInSql('r', 'f'))}
            and not exists (select from event_duties x where x.school_id = r.school_id and x.student_id = r.student_id
              and x.rule = e.rule and x.event_id = r.record_id)) a
      where e.school_id = any(${schoolIds}::uuid[])
        and (${studentIds}::uuid[] is null or e.student_id = any(${studentIds}::uuid[]))),
    fresh as (
      select school_id, student_id, rule, event_id, least(cardinality(days), 32000)::smallint as done,
        days[at_least] as settled_on, ids[at_least] as settled_by, reviewed >= at_least as reviewed
      from row order by school_id, student_id, rule, event_id)
    update event_duties e set done = n.done, settled_on = n.settled_on, settled_by = n.settled_by, reviewed = n.reviewed
    from fresh n
    where n.school_id = e.school_id and n.student_id = e.student_id and n.rule = e.rule and n.event_id = e.event_id
      and (e.done, e.settled_on, e.settled_by, e.reviewed) is distinct from (n.done, n.settled_on, n.settled_by, n.reviewed)
    returning e.rule, e.settled_on is not null as "isSettled"`)

// What no record asks for any more: corrected, withdrawn, or judged by rules that no longer ask. Old ones stay as they were.
const dropEvents = (
  db: Db,
  plan: Plan,
  events: readonly PlannedEvent[],
  { schoolIds, studentIds }: Followed,
  first: PlainDate,
) =>
  db.change(sql`delete from event_duties e
    where e.school_id = any(${schoolIds}::uuid[]) and (${studentIds}::uuid[] is null or e.student_id = any(${studentIds}::uuid[]))
      and not exists (select from record_subjects r
          left join jsonb_to_recordset(${eventRows(events)}::jsonb) as f(${raw(eventColumns)})
            on f.rule = e.rule and f.kind = r.kind and r.act_date >= f.from_on and r.act_date <= f.until_on and ${raw(fitsInSql('r', 'f'))}
        where r.school_id = e.school_id and r.student_id = e.student_id and r.record_id = e.event_id and r.current
          and (f.rule is not null or e.happened_on < ${first}::date or e.happened_on > ${plan.today}::date))`)

/**
 * Works out anew what events made due and what settled it, from the records themselves, as sets. The caller holds the
 * schools. As the classifier or the counter. [G14 G16]
 */
export const recountEvents = async (db: Db, plan: Plan, followed: Followed): Promise<void> => {
  if (followed.studentIds?.length === 0) return
  await dropEvents(db, plan, plan.events, followed, plan.eventsFrom)
  if (plan.events.length === 0) return
  const days = await happenedOn(db, plan.events, followed)
  if (days.length > 0) await openEvents(db, plan, plan.events, followed, days)
  await settleEvents(db, plan.events, followed)
}
