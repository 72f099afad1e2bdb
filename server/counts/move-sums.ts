import {
  type EventsMoved,
  eventsMoved,
  holdEventFigures,
  type PlannedCoverage,
  type PlannedDuty,
  type Plans,
  type ProgressMoved,
  progressMoved,
  schoolsAlike,
} from '#server/duties'
import { type Db, type Services, sql } from '#server/platform'
import { type ClassesChanged, classesChanged } from '#server/policies'
import { type NeedsFirst, type RecordAdded, type RecordsMoved, recordsMoved } from '#server/records'
import { moveMembers } from './move-members.ts'
import { openFigures } from './open-figures.ts'
import { recountSums } from './recount-sums.ts'

/** A student whom a record has just brought into a figure. */
interface JustMet {
  readonly coverage: PlannedCoverage
  readonly studentId: string
  readonly stage: number
}

// The last missing duty of a coverage was met by this record: all are met now, and were not all met before.
const justMet = (plans: Plans, { record, moved }: ProgressMoved): readonly JustMet[] => {
  const plan = plans.planOf(record.schoolPath, record.today)
  const newly = moved.filter(({ met, wasMet }) => met && !wasMet)
  if (newly.length === 0) return []
  return record.subjects.flatMap((subject) => {
    const its = moved.filter(({ studentId }) => studentId === subject.id)
    const find = (duty: PlannedDuty) =>
      its.find(({ rule, period }) => rule === duty.rule && period === duty.period.startsOn)
    return plan.coverages
      .filter(({ events }) => events.length === 0)
      .filter(({ duties }) => duties.every((duty) => find(duty)?.met) && duties.some((duty) => !find(duty)?.wasMet))
      .map((coverage) => ({ coverage, studentId: subject.id, stage: subject.stage }))
  })
}

const metRows = (met: readonly JustMet[]): string =>
  JSON.stringify(
    met.map(({ coverage, studentId, stage }) => ({
      id: studentId,
      stage,
      measure: coverage.measure,
      period: coverage.period.startsOn,
      class: coverage.classRule,
      secrecy: coverage.secrecy,
      on_day: coverage.on,
      ended: coverage.ended,
      splits: coverage.splits,
    })),
  )

/**
 * Adds students to the school's figures who have just met a coverage and are in its class. Rows of sums are taken in
 * one order, so that records never wait in a circle. Answers how many figures did not exist yet.
 */
const addMet = async (db: Db, record: RecordAdded, met: readonly JustMet[]): Promise<number> => {
  const rows = await db.rows<{ missing: number }>(sql`with counted as (
      select j.* from jsonb_to_recordset(${metRows(met)}::jsonb)
        as j(id uuid, stage smallint, measure int, period date, class int, secrecy smallint, on_day date, ended boolean, splits int[])
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

// What events make due can be left open again: such figures are counted anew, one record after the other.
const recountAsking = async (db: Db, plans: Plans, { record, moved }: ProgressMoved): Promise<void> => {
  const changed = moved.filter(({ met, wasMet }) => met !== wasMet).map(({ rule }) => rule)
  const asking = plans
    .planOf(record.schoolPath, record.today)
    .coverages.filter(({ events, duties }) => events.length > 0 && duties.some(({ rule }) => changed.includes(rule)))
  if (asking.length === 0) return
  await holdEventFigures(db, record.schoolId)
  await recountSums(db, asking, [record.schoolId])
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
  async (db: Db, news: ProgressMoved): Promise<void> => {
    await recountAsking(db, plans, news)
    const met = justMet(plans, news)
    if (met.length === 0) return
    const { record } = news
    const missing = await addMet(db, record, met)
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
