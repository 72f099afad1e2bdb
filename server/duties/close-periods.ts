import { addDays, type PlainDate } from '#contract/platform'
import { type Db, sql } from '#server/platform'
import type { Plan, PlannedDuty, Plans } from './duty-plan.ts'
import { schoolsAlike } from './schools-alike.ts'

const closedWithinDays = 120

// Only periods that closed lately: an office that starts today is not told what was missed before it kept anything.
const closing = (plan: Plan): readonly PlannedDuty[] =>
  plan.duties.filter(
    ({ duty, period, open }) =>
      !open &&
      duty.per.kind === 'every' &&
      period.endsOn < plan.today &&
      period.endsOn >= addDays(plan.today, -closedWithinDays),
  )

const freeze = (db: Db, duties: readonly PlannedDuty[], schoolIds: readonly string[]): Promise<number> => {
  const rows = duties.map((duty) => ({
    rule: duty.rule,
    period: duty.period.startsOn,
    ends_on: duty.period.endsOn,
    class: duty.classRule,
    secrecy: duty.secrecy,
  }))
  return db.change(sql`with duty as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as d(rule int, period date, ends_on date, class int, secrecy smallint)),
    member as (
      select distinct k.school_id, k.student_id, d.rule, d.period, d.secrecy
      from duty d join class_spells k on k.rule = d.class and k.since <= d.ends_on and (k.until is null or k.until > d.ends_on)
      where k.school_id = any(${schoolIds}::uuid[])
        and not exists (select from closed_periods x where x.school_id = k.school_id and x.rule = d.rule and x.period = d.period))
    insert into closed_periods (school_id, rule, period, scope, secrecy, need, met, missed)
    select m.school_id, m.rule, m.period, u.path, m.secrecy, count(*), count(*) filter (where p.met),
      coalesce(array_agg(m.student_id order by m.student_id) filter (where p.met is not true), '{}')
    from member m
      join units u on u.id = m.school_id
      left join duty_progress p on p.school_id = m.school_id and p.student_id = m.student_id and p.rule = m.rule and p.period = m.period
    group by m.school_id, m.rule, m.period, u.path, m.secrecy
    on conflict (school_id, rule, period) do nothing`)
}

/**
 * Freezes the periods whose days of grace are over: how many owed the duty, how many had it, and who was missed, by the
 * classes of the period's last day. Once frozen it stays. A nightly job, as the classifier; answers how many it froze.
 */
export const closePeriods = async (db: Db, plans: Plans, today: PlainDate): Promise<number> => {
  const schools = await db.rows<{ id: string }>(sql`select id from units where school_id = id`)
  let frozen = 0
  for (const { plan, ids } of await schoolsAlike(
    db,
    plans,
    schools.map(({ id }) => id),
    today,
  )) {
    const duties = closing(plan)
    if (duties.length > 0) frozen += await freeze(db, duties, ids)
  }
  return frozen
}
