import type { PlainDate } from '#contract/platform'
import type { PlannedCoverage, Plans } from '#server/duties'
import { type Db, sql } from '#server/platform'
import type { StudentMove } from '#server/policies'
import { partRows } from './coverage-rows.ts'
import { recountSums } from './recount-sums.ts'

/** One figure that a student comes into (+1) or leaves (-1). */
interface Step {
  readonly studentId: string
  readonly coverage: PlannedCoverage
  readonly split: number
  /** The split by stage; which stage, the student's row says. */
  readonly byStage: boolean
  readonly sign: 1 | -1
}

const figuresOf = (coverage: PlannedCoverage, classes: readonly number[]): readonly (number | 'stage')[] =>
  classes.includes(coverage.classRule) ? [0, 'stage', ...classes.filter((rule) => coverage.splits.includes(rule))] : []

// A period that is over asks who was in a class on its last day: what is judged today does not move it.
const stepsOf = (coverages: readonly PlannedCoverage[], { studentId, was, is }: StudentMove): readonly Step[] =>
  coverages
    .filter(({ ended }) => !ended)
    .flatMap((coverage) => {
      const [before, after] = [figuresOf(coverage, was), figuresOf(coverage, is)]
      const step = (sign: 1 | -1) => (of: number | 'stage') => ({
        studentId,
        coverage,
        split: of === 'stage' ? 0 : of,
        byStage: of === 'stage',
        sign,
      })
      return [
        ...after.filter((of) => !before.includes(of)).map(step(1)),
        ...before.filter((of) => !after.includes(of)).map(step(-1)),
      ]
    })

const stepRows = (steps: readonly Step[]): string =>
  JSON.stringify(
    steps.map(({ studentId, coverage, split, byStage, sign }) => ({
      id: studentId,
      measure: coverage.measure,
      period: coverage.period.startsOn,
      secrecy: coverage.secrecy,
      needed: coverage.duties.length,
      split,
      by_stage: byStage,
      sign,
    })),
  )

/**
 * Moves the figures of one school by what these students add and take away. Answers how many whole figures were not
 * there: either nobody was in them yet, or nobody has counted the period.
 */
const moveFigures = async (db: Db, schoolId: string, schoolPath: string, steps: readonly Step[]): Promise<number> => {
  const coverages = [...new Set(steps.map(({ coverage }) => coverage))]
  const row = await db.first<{ missing: number }>(sql`with step as (
      select * from jsonb_to_recordset(${stepRows(steps)}::jsonb)
        as j(id uuid, measure int, period date, secrecy smallint, needed int, split int, by_stage boolean, sign int)),
    part as (
      select * from jsonb_to_recordset(${partRows(coverages)}::jsonb) as p(measure int, period date, rule int, duty_period date)),
    student as (
      select j.id, j.measure, j.period, -min(s.stage)::int as stage,
        count(*) filter (where p.met) = min(j.needed) as is_met,
        count(*) filter (where p.met and p.reviewed) = min(j.needed) as is_reviewed
      from (select distinct id, measure, period, needed from step) j
        join students s on s.school_id = ${schoolId}::uuid and s.id = j.id
        left join part t on t.measure = j.measure and t.period = j.period
        left join duty_progress p on p.school_id = ${schoolId}::uuid and p.student_id = j.id
          and p.rule = t.rule and p.period = t.duty_period
      group by j.id, j.measure, j.period),
    delta as materialized (
      select j.measure, j.period, case when j.by_stage then s.stage else j.split end as split, j.secrecy, sum(j.sign)::int as need,
        coalesce(sum(j.sign) filter (where s.is_met), 0)::int as met,
        coalesce(sum(j.sign) filter (where s.is_reviewed), 0)::int as reviewed
      from step j join student s on s.id = j.id and s.measure = j.measure and s.period = j.period
      group by 1, 2, 3, 4),
    gone as (
      delete from sums f using delta d
      where f.school_id = ${schoolId}::uuid and f.measure = d.measure and f.period = d.period and f.split = d.split
        and f.need + d.need = 0),
    moved as (
      update sums f set need = f.need + d.need, met = f.met + d.met, reviewed = f.reviewed + d.reviewed
      from delta d
      where f.school_id = ${schoolId}::uuid and f.measure = d.measure and f.period = d.period and f.split = d.split
        and f.need + d.need > 0),
    found as materialized (
      select d.*, f.split is null as is_new from delta d left join sums f on f.school_id = ${schoolId}::uuid
        and f.measure = d.measure and f.period = d.period and f.split = d.split),
    fresh as (
      insert into sums (school_id, measure, period, split, scope, secrecy, need, met, reviewed)
      select ${schoolId}::uuid, measure, period, split, ${schoolPath}, secrecy, need, met, reviewed
      from found where is_new and split <> 0 and need > 0)
    select count(*)::int as missing from found where is_new and split = 0`)
  return row?.missing ?? 0
}

/**
 * Moves figures when a few students enter or leave classes, by exactly what these students are worth; a figure that was
 * never counted is counted in full. The caller holds the schools. [C12]
 */
export const moveMembers = async (
  db: Db,
  plans: Plans,
  moved: readonly StudentMove[],
  on: PlainDate,
): Promise<void> => {
  for (const [schoolId, moves] of Map.groupBy(moved, (move) => move.schoolId)) {
    const path = moves[0]?.schoolPath ?? ''
    const plan = plans.planOf(path, on)
    // What events made due is asked in full: such coverages are few.
    const asking = plan.coverages.filter(({ events }) => events.length > 0)
    await recountSums(db, asking, [schoolId])
    const coverages = plan.coverages.filter(({ events }) => events.length === 0)
    const steps = moves.flatMap((move) => stepsOf(coverages, move))
    if (steps.length === 0) continue
    const missing = await moveFigures(db, schoolId, path, steps)
    if (missing > 0) await recountSums(db, coverages, [schoolId])
  }
}
