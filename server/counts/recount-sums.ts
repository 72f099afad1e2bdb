import type { PlannedCoverage } from '#server/duties'
import { type Db, raw, sql } from '#server/platform'
import { coverageRows, eventRows, leftOpen, partRows } from './coverage-rows.ts'

const ofCoverage = 'x.measure = m.measure and x.period = m.period'

/**
 * Counts figures of schools anew from classes and progress, as one set; only figures that changed are written. The
 * caller holds the schools and has brought progress up to date. As the classifier or the counter. [C12]
 */
export const recountSums = async (
  db: Db,
  coverages: readonly PlannedCoverage[],
  schoolIds: readonly string[],
): Promise<void> => {
  if (coverages.length === 0) return
  const asksEvents = coverages.some(({ events }) => events.length > 0)
  const open = raw(asksEvents ? leftOpen('m', 'event', ofCoverage) : 'false')
  const openOrUnseen = raw(asksEvents ? leftOpen('m', 'event', ofCoverage, true) : 'false')
  await db.change(sql`with coverage as (
      select * from jsonb_to_recordset(${coverageRows(coverages)}::jsonb)
        as c(measure int, period date, class int, secrecy smallint, on_day date, ended boolean, needed int, splits int[])),
    part as (
      select * from jsonb_to_recordset(${partRows(coverages)}::jsonb) as p(measure int, period date, rule int, duty_period date)),
    event as (
      select * from jsonb_to_recordset(${eventRows(coverages)}::jsonb) as x(measure int, period date, rule int, from_on date, until_on date)),
    member as (
      select distinct k.school_id, k.student_id, c.measure, c.period, c.secrecy, c.on_day, c.ended, c.needed, c.splits
      from class_spells k join coverage c on c.class = k.rule
      where k.school_id = any(${schoolIds}::uuid[])
        and k.since <= c.on_day and (k.until is null or (c.ended and k.until > c.on_day))),
    progress as (
      select p.school_id, p.student_id, t.measure, t.period, count(*) filter (where p.met) as met,
        count(*) filter (where p.met and p.reviewed) as reviewed
      from duty_progress p join part t on t.rule = p.rule and t.duty_period = p.period
      where p.school_id = any(${schoolIds}::uuid[])
      group by p.school_id, p.student_id, t.measure, t.period),
    student as (
      select m.*, s.stage, coalesce(p.met, 0) = m.needed and not ${open} as is_met,
        coalesce(p.reviewed, 0) = m.needed and not ${openOrUnseen} as is_reviewed
      from member m
        join students s on s.school_id = m.school_id and s.id = m.student_id
        left join progress p on p.school_id = m.school_id and p.student_id = m.student_id
          and p.measure = m.measure and p.period = m.period),
    line as (
      select school_id, measure, period, 0 as split, secrecy, student_id, is_met, is_reviewed from student
      union all select school_id, measure, period, -stage, secrecy, student_id, is_met, is_reviewed from student
      union all select distinct m.school_id, m.measure, m.period, k.rule, m.secrecy, m.student_id, m.is_met, m.is_reviewed
      from student m join class_spells k on k.school_id = m.school_id and k.student_id = m.student_id
        and k.rule = any(m.splits) and k.since <= m.on_day and (k.until is null or (m.ended and k.until > m.on_day))),
    fresh as (
      select l.school_id, l.measure, l.period, l.split, u.path as scope, l.secrecy, count(*)::int as need,
        count(*) filter (where is_met)::int as met, count(*) filter (where is_reviewed)::int as reviewed
      from line l join units u on u.id = l.school_id
      group by l.school_id, l.measure, l.period, l.split, u.path, l.secrecy),
    gone as (
      delete from sums f using coverage c
      where f.measure = c.measure and f.period = c.period and f.school_id = any(${schoolIds}::uuid[])
        and not exists (select from fresh n where n.school_id = f.school_id and n.measure = f.measure
          and n.period = f.period and n.split = f.split))
    insert into sums as f (school_id, measure, period, split, scope, secrecy, need, met, reviewed)
    select school_id, measure, period, split, scope, secrecy, need, met, reviewed
    from fresh order by school_id, measure, period, split
    on conflict (school_id, measure, period, split) do update
      set scope = excluded.scope, need = excluded.need, met = excluded.met, reviewed = excluded.reviewed
      where (f.scope, f.need, f.met, f.reviewed) is distinct from (excluded.scope, excluded.need, excluded.met, excluded.reviewed)`)
}
