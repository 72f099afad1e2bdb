import {
  type EventsMoved,
  eventsMoved,
  holdEventFigures,
  type Moved,
  type PlannedCoverage,
  type Plans,
  type ProgressMoved,
  progressMoved,
  sameDuty,
  schoolsAlike,
} from '#server/duties'
import { type Db, type Services, sql } from '#server/platform'
import { type ClassesChanged, classesChanged } from '#server/policies'
import { figuresNotOpen, type RecordAdded, type RecordsMoved, recordsMoved } from '#server/records'
import { moveMembers } from './move-members.ts'
import { openFigures } from './open-figures.ts'
import { recountSums } from './recount-sums.ts'

const metRow = (coverage: PlannedCoverage): string =>
  JSON.stringify({
    measure: coverage.measure,
    period: coverage.period.startsOn,
    class: coverage.classRule,
    secrecy: coverage.secrecy,
    on_day: coverage.on,
    ended: coverage.ended,
    splits: coverage.splits,
    rules: coverage.duties.map(({ rule }) => rule),
    periods: coverage.duties.map(({ period }) => period.startsOn),
  })

// A coverage of a plan never changes, and every record of its duties sends it.
const written = new WeakMap<PlannedCoverage, string>()

const metRows = (coverages: readonly PlannedCoverage[]): string => {
  const rows = coverages.map((coverage) => {
    const row = written.get(coverage) ?? metRow(coverage)
    written.set(coverage, row)
    return row
  })
  return `[${rows.join()}]`
}

/**
 * Adds students to the school's figures who have just met a coverage (all its duties are met, and were not all met before
 * this record) and are in its class. Rows of sums are taken in one order, so that records never wait in a circle. Fails
 * with `figuresNotOpen` when a figure does not exist yet.
 */
const addMet = (db: Db, record: RecordAdded, coverages: readonly PlannedCoverage[]): Promise<object[]> =>
  db.rows(sql`with counted as (
      select c.*, s.id, s.stage from jsonb_to_recordset(${metRows(coverages)}::jsonb)
          as c(measure int, period date, class int, secrecy smallint, on_day date, ended boolean, splits int[], rules int[], periods date[])
        cross join unnest(${record.subjects.map(({ id }) => id)}::uuid[], ${record.subjects.map(({ stage }) => stage)}::smallint[]) as s(id, stage)
      where (select count(*) filter (where p.met) = cardinality(c.rules) and not bool_and(p.was_met)
          from unnest(c.rules, c.periods) as d(rule, period) join duty_progress p on p.school_id = ${record.schoolId}
            and p.student_id = s.id and p.rule = d.rule and p.period = d.period)
        and exists (select from class_spells k where k.school_id = ${record.schoolId} and k.student_id = s.id
          and k.rule = c.class and k.since <= c.on_day and (k.until is null or (c.ended and k.until > c.on_day)))),
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
    select (case when bool_or(fresh) then ${figuresNotOpen} else '1' end)::int as open from moved`)

// What events make due can be left open again: such figures are counted anew, one record after the other.
const recountAsking = async (
  db: Db,
  { schoolId }: RecordAdded,
  moved: readonly Moved[],
  coverages: readonly PlannedCoverage[],
): Promise<void> => {
  const changed = moved.filter(({ met, wasMet }) => met !== wasMet).map(({ rule }) => rule)
  const asking = coverages.filter(({ duties }) => duties.some(({ rule }) => changed.includes(rule)))
  if (asking.length === 0) return
  await holdEventFigures(db, schoolId)
  await recountSums(db, asking, [schoolId])
}

const whenEventsMoved =
  (plans: Plans) =>
  (db: Db, { record, rules }: EventsMoved): Promise<void> => {
    const { coverages } = plans.planOf(record.schoolPath, record.today)
    const asking = coverages.filter(({ events }) => events.some(({ rule }) => rules.includes(rule)))
    return recountSums(db, asking, [record.schoolId])
  }

const whenProgressMoved =
  (services: Services, plans: Plans) =>
  async (db: Db, { record, duties, moved }: ProgressMoved): Promise<void> => {
    const touched = plans
      .planOf(record.schoolPath, record.today)
      .coverages.filter((coverage) => coverage.duties.some((one) => duties.some((other) => sameDuty(one, other))))
    record.opensFigures(() => openFigures(services, plans, record.schoolId, record.schoolPath, record.today))
    const asking = touched.filter(({ events }) => events.length > 0)
    if (asking.length > 0) {
      record.waits()
      await recountAsking(db, record, await moved, asking)
    }
    const simple = touched.filter(({ events }) => events.length === 0)
    if (simple.length > 0) await addMet(db, record, simple)
  }

const whenRecordsMoved =
  (plans: Plans) =>
  (db: Db, moved: RecordsMoved): Promise<void> => {
    const plan = plans.planOf(moved.schoolPath, moved.today)
    const fedBy = (coverage: PlannedCoverage) =>
      coverage.events.length > 0 ||
      coverage.duties.some(({ feeds }) => feeds.some(({ kind }) => moved.kinds.includes(kind)))
    return recountSums(db, plan.coverages.filter(fedBy), [moved.schoolId])
  }

const whenClassesChanged =
  (plans: Plans) =>
  async (db: Db, { schoolIds, on, moved }: ClassesChanged): Promise<void> => {
    if (moved !== null) return moveMembers(db, plans, moved, on)
    for (const { plan, ids } of await schoolsAlike(db, plans, schoolIds, on)) await recountSums(db, plan.coverages, ids)
  }

/** Keeps the figures of schools equal to a full count. Listens after duties, whose progress it reads. [C12] */
export const followProgress = (services: Services, plans: Plans): void => {
  const { events } = services
  events.when(progressMoved, whenProgressMoved(services, plans))
  events.when(eventsMoved, whenEventsMoved(plans))
  events.when(recordsMoved, whenRecordsMoved(plans))
  events.when(classesChanged, whenClassesChanged(plans))
}
