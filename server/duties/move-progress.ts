import { type Db, type Events, eventKind } from '#server/platform'
import { type ClassesChanged, classesChanged } from '#server/policies'
import { type RecordAdded, type RecordsMoved, recordAdded, recordsMoved } from '#server/records'
import type { Plan, PlannedDuty, Plans } from './duty-plan.ts'
import { type Fed, findFed } from './find-fed.ts'
import { moveRows } from './move-rows.ts'
import { type ProgressMemory, rememberProgress } from './progress-memory.ts'
import type { Moved, Touched } from './progress-row.ts'
import { recountProgress } from './recount-progress.ts'
import { schoolsAlike } from './schools-alike.ts'

/**
 * Progress is being moved by a record: figures follow in the same message. Duties of one coverage are moved together. Not
 * told when the record is known to meet no duty that was not met before: then no figure moves.
 */
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
const withCompanions = (plan: Plan, fed: readonly Fed[]): readonly Touched[] => {
  const companions = plan.coverages
    .filter(({ duties }) => duties.length > 1 && duties.some((duty) => fed.some((one) => sameDuty(one.duty, duty))))
    .flatMap(({ duties }) => duties)
    .filter((duty, index, all) => all.findIndex((other) => sameDuty(other, duty)) === index)
    .filter((duty) => !fed.some((one) => sameDuty(one.duty, duty)))
  return [...fed.map((one) => ({ ...one, add: 1 })), ...companions.map((duty) => ({ duty, bit: 0, add: 0 }))].sort(
    (one, other) => one.duty.rule - other.duty.rule,
  )
}

const whenRecordAdded =
  (events: Events, plans: Plans, memory: ProgressMemory) =>
  async (db: Db, record: RecordAdded): Promise<void> => {
    const plan = plans.planOf(record.schoolPath, record.today)
    const fed = findFed(plan, record)
    if (fed.length === 0) return
    const mayBeMet = fed.some((one) => record.subjects.some(({ id }) => memory.mayBeMet(id, one)))
    const settled = !record.again && !mayBeMet
    // Where nothing can be met nobody takes turns.
    const touched = settled ? fed.map((one) => ({ ...one, add: 1 })) : withCompanions(plan, fed)
    const [alone] = record.subjects.length === 1 && settled ? record.subjects : []
    const held = alone ? fed.flatMap((one) => memory.holding(alone.id, one, record.actDate) ?? []) : []
    const moving = moveRows(db, record, touched, { settled, held })
    const duties = touched.map(({ duty }) => duty)
    const telling = settled ? undefined : events.announceAtOnce(db, progressMoved, { record, duties, moved: moving })
    const [moved] = await Promise.all([moving, telling])
    for (const { duty } of fed) {
      const rows = moved.filter((row) => row.rule === duty.rule && row.period === duty.period.startsOn)
      rows.forEach(memory.remember)
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
  events.when(recordAdded, whenRecordAdded(events, plans, rememberProgress()))
  events.when(recordsMoved, whenRecordsMoved(plans))
  events.when(classesChanged, whenClassesChanged(plans))
}
