import { findFed, type PlannedCoverage, type Plans, schoolsAlike } from '#server/duties'
import { type Db, type Services, sql } from '#server/platform'
import { type ClassesChanged, classesChanged } from '#server/policies'
import { type NeedsFirst, type RecordAdded, type RecordsMoved, recordAdded, recordsMoved } from '#server/records'
import { coverageRows, partRows } from './coverage-rows.ts'
import { openFigures } from './open-figures.ts'
import { recountSums } from './recount-sums.ts'

const affected = (plans: Plans, record: RecordAdded): readonly PlannedCoverage[] => {
  const plan = plans.planOf(record.schoolPath, record.today)
  const fed = findFed(plan, record)
  return plan.coverages.filter(({ duties }) =>
    duties.some((part) =>
      fed.some(({ duty }) => duty.rule === part.rule && duty.period.startsOn === part.period.startsOn),
    ),
  )
}

/**
 * Adds to the school's figures the students whose last missing duty the record before has just met. Reads the progress
 * rows this transaction wrote and holds; rows of sums are taken in one order, so that records never wait in a circle.
 * Answers how many figures did not exist yet.
 */
const addMet = async (db: Db, record: RecordAdded, coverages: readonly PlannedCoverage[]): Promise<number> => {
  const { subjects } = record
  const rows = await db.rows<{ missing: number }>(sql`with coverage as (
      select * from jsonb_to_recordset(${coverageRows(coverages)}::jsonb)
        as c(measure int, period date, class int, secrecy smallint, on_day date, ended boolean, needed int, splits int[])),
    part as (
      select * from jsonb_to_recordset(${partRows(coverages)}::jsonb) as p(measure int, period date, rule int, duty_period date)),
    subject as (
      select * from unnest(${subjects.map(({ id }) => id)}::uuid[], ${subjects.map(({ stage }) => stage)}::smallint[]) as s(id, stage)),
    just_met as (
      select c.measure, c.period, c.class, c.secrecy, c.on_day, c.ended, c.splits, s.id, s.stage
      from subject s
        cross join coverage c
        join part t on t.measure = c.measure and t.period = c.period
        join duty_progress p on p.school_id = ${record.schoolId} and p.student_id = s.id and p.rule = t.rule and p.period = t.duty_period
      group by c.measure, c.period, c.class, c.secrecy, c.on_day, c.ended, c.needed, c.splits, s.id, s.stage
      having count(*) = c.needed and bool_and(p.met) and not bool_and(p.was_met)),
    counted as (
      select j.* from just_met j
      where exists (select from class_spells k where k.school_id = ${record.schoolId} and k.student_id = j.id
        and k.rule = j.class and k.since <= j.on_day and (k.until is null or (j.ended and k.until > j.on_day)))),
    line as (
      select measure, period, 0 as split, secrecy, id from counted
      union all select measure, period, -stage, secrecy, id from counted
      union all select j.measure, j.period, k.rule, j.secrecy, j.id
      from counted j join class_spells k on k.school_id = ${record.schoolId} and k.student_id = j.id
        and k.rule = any(j.splits) and k.since <= j.on_day and (k.until is null or (j.ended and k.until > j.on_day))),
    moved as (
      insert into sums as f (school_id, measure, period, split, scope, secrecy, need, met)
      select ${record.schoolId}::uuid, measure, period, split, ${record.schoolPath}, secrecy, count(distinct id), count(distinct id)
      from line group by measure, period, split, secrecy order by measure, period, split
      on conflict (school_id, measure, period, split) do update set met = f.met + excluded.met
      returning (f.xmax = 0) as fresh)
    select count(*) filter (where fresh)::int as missing from moved`)
  return rows[0]?.missing ?? 0
}

const whenRecordAdded =
  (services: Services, plans: Plans) =>
  async (db: Db, record: RecordAdded): Promise<void> => {
    const coverages = affected(plans, record)
    if (coverages.length === 0) return
    const missing = await addMet(db, record, coverages)
    if (missing === 0) return
    // A new period has begun and nobody has counted who is in it: that comes first, then the record again.
    const wanting: NeedsFirst = Object.assign(new Error('figures of this period are not open yet'), {
      needsFirst: () => openFigures(services, plans, record.schoolId, record.schoolPath, record.today),
    })
    throw wanting
  }

const whenRecordsMoved =
  (plans: Plans) =>
  (db: Db, moved: RecordsMoved): Promise<void> => {
    const plan = plans.planOf(moved.schoolPath, moved.today)
    const fedBy = (coverage: PlannedCoverage) =>
      coverage.duties.some(({ feeds }) => feeds.some(({ kind }) => moved.kinds.includes(kind)))
    return recountSums(db, plan.coverages.filter(fedBy), [moved.schoolId])
  }

const whenClassesChanged =
  (plans: Plans) =>
  async (db: Db, { schoolIds, on }: ClassesChanged): Promise<void> => {
    for (const { plan, ids } of await schoolsAlike(db, plans, schoolIds, on)) await recountSums(db, plan.coverages, ids)
  }

/** Keeps the figures of schools equal to a full count. Listens after duties, whose progress it reads. [C12] */
export const followProgress = (services: Services, plans: Plans): void => {
  const { events } = services
  events.when(recordAdded, whenRecordAdded(services, plans))
  events.when(recordsMoved, whenRecordsMoved(plans))
  events.when(classesChanged, whenClassesChanged(plans))
}
