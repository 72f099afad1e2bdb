import type { PlainDate } from '#contract/platform'
import type { PlannedCoverage, Plans } from '#server/duties'
import { type Db, sql } from '#server/platform'
import type { StudentMove } from '#server/policies'
import { recountSums } from './recount-sums.ts'

/** What one student's new classes change in one coverage: the figures (by their split) come into and left. */
interface Step {
  readonly id: string
  readonly coverage: PlannedCoverage
  readonly entered: readonly number[]
  readonly left: readonly number[]
}

// Splits as tables name them: 0 the whole, minus the stage, a class.
const figuresOf = (coverage: PlannedCoverage, stage: number, classes: readonly number[]): readonly number[] =>
  classes.includes(coverage.classRule) ? [0, -stage, ...classes.filter((rule) => coverage.splits.includes(rule))] : []

// A period that is over asks who was in a class on its last day: what is judged today does not move it.
const stepsOf = (coverages: readonly PlannedCoverage[], { studentId, stage, was, is }: StudentMove): readonly Step[] =>
  coverages
    .filter(({ ended }) => !ended)
    .map((coverage): Step => {
      const [before, after] = [figuresOf(coverage, stage ?? 0, was), figuresOf(coverage, stage ?? 0, is)]
      const entered = after.filter((split) => !before.includes(split))
      const left = before.filter((split) => !after.includes(split))
      return { id: studentId, coverage, entered, left }
    })
    .filter(({ entered, left }) => entered.length + left.length > 0)

const stepRows = (steps: readonly Step[]): string =>
  JSON.stringify(
    steps.map(({ id, coverage, entered, left }) => ({
      id,
      measure: coverage.measure,
      period: coverage.period.startsOn,
      rules: coverage.duties.map(({ rule }) => rule),
      periods: coverage.duties.map(({ period }) => period.startsOn),
      entered,
      left,
    })),
  )

interface Outcome {
  /** Figures that are not there: nobody was in them yet, or nobody has counted the period. */
  readonly missing: number
  /** Figures that nobody is in any more. */
  readonly emptied: number
}

/** Moves the figures of one school by what these students add and take away. */
const moveFigures = (db: Db, schoolId: string, steps: readonly Step[]): Promise<Outcome | undefined> =>
  db.first<Outcome>(sql`with step as (
      select j.*, c.is_met, c.is_reviewed from jsonb_to_recordset(${stepRows(steps)}::jsonb)
          as j(id uuid, measure int, period date, rules int[], periods date[], entered int[], "left" int[])
        cross join lateral (
          select count(*) filter (where p.met) = cardinality(j.rules) as is_met,
            count(*) filter (where p.met and p.reviewed) = cardinality(j.rules) as is_reviewed
          from unnest(j.rules, j.periods) t(rule, period) join duty_progress p on p.school_id = ${schoolId}
            and p.student_id = j.id and p.rule = t.rule and p.period = t.period) c),
    delta as materialized (
      select measure, period, split, sum(sign)::int as need, sum(sign * is_met::int)::int as met,
        sum(sign * is_reviewed::int)::int as reviewed
      from step cross join lateral (select unnest(entered) as split, 1 as sign union all select unnest("left"), -1) l
      group by measure, period, split),
    moved as (
      update sums f set need = f.need + d.need, met = f.met + d.met, reviewed = f.reviewed + d.reviewed
      from delta d
      where f.school_id = ${schoolId} and f.measure = d.measure and f.period = d.period and f.split = d.split
      returning f.need)
    select (select count(*) from delta)::int - count(*)::int as missing, count(*) filter (where need = 0)::int as emptied
    from moved`)

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
    const countsAnew = moves.some(({ stage }) => stage === null)
    const outcome = countsAnew ? undefined : await moveFigures(db, schoolId, steps)
    if (!outcome || outcome.missing > 0) await recountSums(db, coverages, [schoolId])
    else if (outcome.emptied > 0) await db.change(sql`delete from sums where school_id = ${schoolId} and need = 0`)
  }
}
