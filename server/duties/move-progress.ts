import { type Db, type Events, eventKind, sql } from '#server/platform'
import { type ClassesChanged, classesChanged } from '#server/policies'
import { type RecordAdded, type RecordsMoved, recordAdded, recordsMoved } from '#server/records'
import type { Plan, PlannedDuty, Plans } from './duty-plan.ts'
import { type Fed, findFed } from './find-fed.ts'
import { recountProgress } from './recount-progress.ts'
import { schoolsAlike } from './schools-alike.ts'

/** A progress row as this transaction left it; it is held until the end. */
export interface Moved {
  readonly studentId: string
  readonly rule: number
  readonly period: string
  readonly met: boolean
  readonly wasMet: boolean
}

/** Progress is being moved by a record: figures follow in the same message. Duties of one coverage are moved together. */
export interface ProgressMoved {
  readonly record: RecordAdded
  /** Every duty whose progress is moved. */
  readonly duties: readonly PlannedDuty[]
  /** Answered only after everything was sent. */
  readonly moved: Promise<readonly Moved[]>
}
export const progressMoved = eventKind<ProgressMoved>('progress.moved')

/** Whether two plans mean the same duty in the same period. */
export const sameDuty = (one: PlannedDuty, other: PlannedDuty): boolean =>
  one.rule === other.rule && one.period.startsOn === other.period.startsOn

// Duties that make up one coverage are touched together, in one order: two records that meet two of them at the same
// moment then take turns, and the second sees what the first did.
const withCompanions = (plan: Plan, fed: readonly Fed[]): readonly (Fed & { readonly add: number })[] => {
  const companions = plan.coverages
    .filter(({ duties }) => duties.length > 1 && duties.some((duty) => fed.some((one) => sameDuty(one.duty, duty))))
    .flatMap(({ duties }) => duties)
    .filter((duty, index, all) => all.findIndex((other) => sameDuty(other, duty)) === index)
    .filter((duty) => !fed.some((one) => sameDuty(one.duty, duty)))
  return [...fed.map((one) => ({ ...one, add: 1 })), ...companions.map((duty) => ({ duty, bit: 0, add: 0 }))].sort(
    (one, other) => one.duty.rule - other.duty.rule,
  )
}

const move = (db: Db, record: RecordAdded, duties: readonly (Fed & { readonly add: number })[]): Promise<Moved[]> => {
  const column = <T>(of: (one: Fed & { readonly add: number }) => T): T[] => duties.map(of)
  const { subjects } = record
  return db.rows<Moved>(sql`with duty as (
      select * from unnest(${column(({ duty }) => duty.rule)}::int[], ${column(({ duty }) => duty.period.startsOn)}::date[],
        ${column(({ duty }) => duty.secrecy)}::smallint[], ${column(({ add }) => add)}::smallint[],
        ${column(({ duty, bit }) => bit | duty.base)}::smallint[], ${column(({ duty }) => duty.atLeast)}::smallint[],
        ${column(({ duty }) => duty.full)}::smallint[]) as d(rule, period, secrecy, add, bits, at_least, full_bits))
    insert into duty_progress as p (school_id, student_id, rule, period, scope, secrecy, done, parts, met, first_on, last_on)
    select ${record.schoolId}::uuid, s.id, d.rule, d.period, s.scope, d.secrecy,
      case when d.full_bits > 0 then length(replace(d.bits::int::bit(16)::text, '0', '')) else d.add end, d.bits,
      case when d.full_bits > 0 then d.bits = d.full_bits else d.add >= d.at_least end,
      case when d.add > 0 then ${record.actDate}::date end, case when d.add > 0 then ${record.actDate}::date end
    from unnest(${subjects.map(({ id }) => id)}::uuid[], ${subjects.map(({ scope }) => scope)}::text[]) as s(id, scope)
      cross join duty d
    order by s.id, d.rule, d.period
    on conflict (school_id, student_id, rule, period) do update set
      was_met = p.met,
      parts = p.parts | excluded.parts,
      (done, met) = (select
          case when d.full_bits > 0 then length(replace((p.parts | excluded.parts)::int::bit(16)::text, '0', '')) else p.done + excluded.done end,
          case when d.full_bits > 0 then (p.parts | excluded.parts) = d.full_bits else p.done + excluded.done >= d.at_least end
        from duty d where d.rule = excluded.rule and d.period = excluded.period),
      first_on = least(p.first_on, excluded.first_on),
      last_on = greatest(p.last_on, excluded.last_on)
    returning p.student_id as "studentId", p.rule, p.period, p.met, p.was_met as "wasMet"`)
}

const whenRecordAdded =
  (events: Events, plans: Plans) =>
  async (db: Db, record: RecordAdded): Promise<void> => {
    const plan = plans.planOf(record.schoolPath, record.today)
    const fed = findFed(plan, record)
    if (fed.length === 0) return
    const duties = withCompanions(plan, fed)
    const moving = move(db, record, duties)
    const news = { record, duties: duties.map(({ duty }) => duty), moved: moving }
    const [moved] = await Promise.all([moving, events.announceAtOnce(db, progressMoved, news)])
    for (const { duty } of fed) {
      const rows = moved.filter((row) => row.rule === duty.rule && row.period === duty.period.startsOn)
      record.counted(
        duty.duty.neutralTitle,
        rows.every((row) => row.met),
      )
    }
  }

// The school is already held by whoever announces this.
const whenRecordsMoved =
  (plans: Plans) =>
  (db: Db, moved: RecordsMoved): Promise<void> =>
    recountProgress(db, plans.planOf(moved.schoolPath, moved.today), {
      schoolIds: [moved.schoolId],
      studentIds: moved.studentIds,
      kinds: moved.kinds,
    })

const whenClassesChanged =
  (plans: Plans) =>
  async (db: Db, { schoolIds, studentIds, on, moved }: ClassesChanged): Promise<void> => {
    // Progress is kept whatever class a student is in: nothing of it moves when a few enter or leave one.
    if (moved !== null) return
    for (const { plan, ids } of await schoolsAlike(db, plans, schoolIds, on))
      await recountProgress(db, plan, { schoolIds: ids, studentIds, kinds: null })
  }

/** Moves what was done towards duties whenever records are added, moved, or classes were judged anew. */
export const followRecords = (events: Events, plans: Plans): void => {
  events.when(recordAdded, whenRecordAdded(events, plans))
  events.when(recordsMoved, whenRecordsMoved(plans))
  events.when(classesChanged, whenClassesChanged(plans))
}
