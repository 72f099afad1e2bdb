import { type Db, raw, sql } from '#server/platform'
import type { Plan, PlannedDuty } from './duty-plan.ts'
import { fitsInSql } from './feed.ts'

/** Whose progress is counted anew: schools under one plan, all students or some. */
export interface Recounted {
  readonly schoolIds: readonly string[]
  readonly studentIds: readonly string[] | null
  /** Only duties fed by these kinds of record; null: all. */
  readonly kinds: readonly number[] | null
  /** Only standing duties that are met by an appointment. */
  readonly appointments?: boolean
}

const keyOf = (duty: PlannedDuty) => ({ rule: duty.rule, period: duty.period.startsOn })

const dutyRows = (duties: readonly PlannedDuty[]) =>
  duties.map((duty) => ({
    ...keyOf(duty),
    secrecy: duty.secrecy,
    at_least: duty.atLeast,
    full_bits: duty.full,
    base: duty.base,
    appointment: duty.appointment,
  }))

const feedRows = (duties: readonly PlannedDuty[]) =>
  duties.flatMap((duty) =>
    duty.feeds.map((feed) => ({
      ...keyOf(duty),
      from_on: duty.period.startsOn,
      until_on: duty.period.endsOn,
      kind: feed.kind,
      modes: feed.modes,
      coded: feed.coded,
      part: feed.part,
      bit: feed.bit,
    })),
  )

const chosen = (plan: Plan, { kinds, appointments }: Recounted): readonly PlannedDuty[] =>
  plan.duties.filter((duty) => {
    if (appointments) return duty.appointment
    return kinds === null || duty.feeds.some(({ kind }) => kinds.includes(kind))
  })

/**
 * Counts duty progress anew from the records and pairings themselves, as one set: rows that are missing appear, rows
 * that no record supports go back to nothing. The caller holds the schools. As the classifier or the counter.
 */
export const recountProgress = async (db: Db, plan: Plan, what: Recounted): Promise<void> => {
  const duties = chosen(plan, what)
  if (duties.length === 0 || what.studentIds?.length === 0) return
  await db.change(sql`with duty as (
      select * from jsonb_to_recordset(${JSON.stringify(dutyRows(duties))}::jsonb)
        as d(rule int, period date, secrecy smallint, at_least int, full_bits int, base int, appointment boolean)),
    feed as (
      select * from jsonb_to_recordset(${JSON.stringify(feedRows(duties))}::jsonb)
        as f(rule int, period date, from_on date, until_on date, kind smallint, modes smallint[], coded jsonb, part smallint, bit int)),
    act as (
      select f.rule, f.period, r.school_id, r.student_id, count(distinct r.record_id)::int as n, bit_or(f.bit) as bits,
        count(distinct r.record_id) filter (where r.reviewed)::int as reviewed,
        coalesce(bit_or(f.bit) filter (where r.reviewed), 0) as reviewed_bits,
        min(r.act_date) as first_on, max(r.act_date) as last_on
      from record_subjects r
        join feed f on f.kind = r.kind and r.act_date >= f.from_on and r.act_date <= f.until_on
      where r.school_id = any(${what.schoolIds}::uuid[]) and r.current
        and (${what.studentIds}::uuid[] is null or r.student_id = any(${what.studentIds}::uuid[]))
        and ${raw(fitsInSql('r', 'f'))}
      group by f.rule, f.period, r.school_id, r.student_id
      union all
      select d.rule, d.period, m.school_id, m.student_id, count(*)::int, 0, count(*)::int, 0, min(m.from_date), max(m.from_date)
      from pairings m join duty d on d.appointment
      where m.school_id = any(${what.schoolIds}::uuid[])
        and (${what.studentIds}::uuid[] is null or m.student_id = any(${what.studentIds}::uuid[]))
        and m.from_date <= ${plan.today}::date and (m.until_date is null or m.until_date > ${plan.today}::date)
      group by d.rule, d.period, m.school_id, m.student_id),
    fresh as (
      select a.school_id, a.student_id, a.rule, a.period, s.scope, d.secrecy, a.first_on, a.last_on,
        case when d.full_bits > 0 then length(replace((a.bits | d.base)::bit(16)::text, '0', '')) else least(a.n, 32000) end as done,
        case when d.full_bits > 0 then a.bits | d.base else 0 end as parts,
        case when d.full_bits > 0 then (a.bits | d.base) = d.full_bits else a.n >= d.at_least end as met,
        case when d.full_bits > 0 then (a.reviewed_bits | d.base) = d.full_bits else a.reviewed >= d.at_least end as reviewed
      from act a
        join duty d on d.rule = a.rule and d.period = a.period
        join students s on s.school_id = a.school_id and s.id = a.student_id),
    gone as (
      update duty_progress p set done = 0, parts = 0, was_met = p.met, met = false, reviewed = false, first_on = null, last_on = null
      from duty d
      where p.rule = d.rule and p.period = d.period and p.school_id = any(${what.schoolIds}::uuid[])
        and (${what.studentIds}::uuid[] is null or p.student_id = any(${what.studentIds}::uuid[]))
        and (p.done > 0 or p.met or p.parts <> 0)
        and not exists (select from fresh f where f.school_id = p.school_id and f.student_id = p.student_id
          and f.rule = p.rule and f.period = p.period))
    insert into duty_progress as p (school_id, student_id, rule, period, scope, secrecy, done, parts, met, reviewed, first_on, last_on)
    select school_id, student_id, rule, period, scope, secrecy, done, parts, met, reviewed, first_on, last_on
    from fresh order by school_id, student_id, rule, period
    on conflict (school_id, student_id, rule, period) do update set scope = excluded.scope, done = excluded.done,
      parts = excluded.parts, was_met = p.met, met = excluded.met, reviewed = excluded.reviewed,
      first_on = excluded.first_on, last_on = excluded.last_on
      where (p.scope, p.done, p.parts, p.met, p.reviewed, p.first_on, p.last_on)
        is distinct from (excluded.scope, excluded.done, excluded.parts, excluded.met, excluded.reviewed, excluded.first_on, excluded.last_on)`)
}
