import { type Db, type Events, eventKind, sql } from '#server/platform'
import { type ClassesChanged, classesChanged } from '#server/policies'
import { type RecordAdded, type RecordsMoved, recordAdded, recordsMoved } from '#server/records'
import type { Plan, Plans } from './duty-plan.ts'
import { fits } from './feed.ts'
import { findFed } from './find-fed.ts'
import { openEvents, recountEvents, settleEvents } from './keep-events.ts'
import { schoolsAlike } from './schools-alike.ts'

/** A record made something due or settled it: figures of coverages that ask for it follow, alone at them. */
export interface EventsMoved {
  readonly record: RecordAdded
  readonly rules: readonly number[]
}
export const eventsMoved = eventKind<EventsMoved>('events.moved')

/**
 * Keeps figures that events move to this transaction: they are counted anew, not added to. Taken before any figure, by
 * everybody, so that nobody waits in a circle.
 */
export const holdEventFigures = (db: Db, schoolId: string): Promise<object[]> =>
  db.rows(sql`select pg_advisory_xact_lock(hashtextextended(${schoolId}::uuid::text, 13))`)

// What happened and what settles it may be written down at the same moment: the second then sees the first.
const holdStudents = (db: Db, studentIds: readonly string[]): Promise<object[]> =>
  db.rows(sql`select pg_advisory_xact_lock(hashtextextended(id::text, 9))
    from (select unnest(${studentIds}::uuid[]) as id order by 1) as students`)

const touched = (plan: Plan, record: RecordAdded) => {
  const { kind, actDate } = record
  const happened = plan.events.flatMap(({ event, from, until }, i) =>
    from <= actDate && actDate <= until && fits(event, kind, record) ? [{ i, day: actDate }] : [],
  )
  const settled = plan.events.filter(({ answer, from }) => from <= actDate && fits(answer, kind, record))
  const asking = happened.flatMap(({ i }) => plan.events[i] ?? [])
  return { happened, settled, both: [...new Set([...settled, ...asking])] }
}

// All is sent before anything is waited for, but for figures that are counted anew.
const whenRecordAdded =
  (events: Events, plans: Plans) =>
  async (db: Db, record: RecordAdded): Promise<void> => {
    const plan = plans.planOf(record.schoolPath, record.today)
    const { happened, settled, both } = touched(plan, record)
    if (both.length === 0) return
    const followed = { schoolIds: [record.schoolId], studentIds: record.subjects.map(({ id }) => id) }
    const rules = [...new Set(both.map(({ rule }) => rule))]
    const counted = plan.coverages.some((one) => one.events.some(({ rule }) => rules.includes(rule)))
    if (counted) record.waits()
    const [, , , moved] = await Promise.all([
      holdStudents(db, followed.studentIds),
      counted ? holdEventFigures(db, record.schoolId) : undefined,
      happened.length > 0 ? openEvents(db, plan, plan.events, followed, happened) : undefined,
      settleEvents(db, both, followed),
    ])
    const told = findFed(plan, record).map(({ duty }) => duty.duty.neutralTitle)
    for (const { rule, duty } of settled) {
      const rows = moved.filter((row) => row.rule === rule && row.isSettled)
      if (rows.length > 0 && !told.includes(duty.neutralTitle)) record.counted(duty.neutralTitle, true)
      told.push(duty.neutralTitle)
    }
    if (counted) await events.announce(db, eventsMoved, { record, rules })
  }

// The school is already held by whoever announces this.
const whenRecordsMoved =
  (plans: Plans) =>
  (db: Db, { schoolId, schoolPath, studentIds, kinds, today }: RecordsMoved): Promise<void> => {
    const plan = plans.planOf(schoolPath, today)
    const concerned = plan.events.some(({ event, answer }) => kinds.includes(event.kind) || kinds.includes(answer.kind))
    return concerned ? recountEvents(db, plan, { schoolIds: [schoolId], studentIds }) : Promise.resolve()
  }

const whenClassesChanged =
  (plans: Plans) =>
  async (db: Db, { schoolIds, studentIds, on, moved }: ClassesChanged): Promise<void> => {
    // What happened is kept whatever class a student is in.
    if (moved !== null) return
    for (const { plan, ids } of await schoolsAlike(db, plans, schoolIds, on))
      await recountEvents(db, plan, { schoolIds: ids, studentIds })
  }

/** Keeps what events make due equal to the records, as records are added, moved, or the rules and calendar change. */
export const followEvents = (events: Events, plans: Plans): void => {
  events.when(recordAdded, whenRecordAdded(events, plans))
  events.when(recordsMoved, whenRecordsMoved(plans))
  events.when(classesChanged, whenClassesChanged(plans))
}
