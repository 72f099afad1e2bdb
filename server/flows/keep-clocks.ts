import { uuidv7 } from 'uuidv7'
import { moveOf, stateOf, whyNotMove } from '#contract/flows'
import { type Db, eventKind, sql } from '#server/platform'
import { lockSchools } from '#server/policies'
import { bringIn } from './bring-in.ts'
import { clockPerson } from './clock-person.ts'
import { readContent } from './content.ts'
import type { Engine } from './engine.ts'
import { holdCases } from './find-case.ts'
import type { Doer } from './procedure.ts'
import { writeMoves } from './write-moves.ts'

/** A clock is about to run out, or has: those at the desk are told. */
export interface ClockNews {
  readonly schoolId: string
  readonly caseId: string
  readonly flow: string
  readonly studentId: string | null
  readonly scope: string
  readonly desk: string | null
  readonly personId: string | null
  readonly dueAt: string
  readonly excluded: readonly string[]
}

export const clockWarned = eventKind<ClockNews>('clock.warned')
export const clockRanOut = eventKind<ClockNews>('clock.ran-out')

const atOnce = 500
const clock: Doer = { personId: clockPerson, name: '系统(期限已到)', posts: [], settings: {} }

interface Overdue extends ClockNews {
  readonly id: string
  readonly state: string
}

const columns = `t.id, t.school_id as "schoolId", t.case_id as "caseId", t.flow, t.student_id as "studentId", t.scope, t.desk,
  t.person_id as "personId", t.due_at as "dueAt", t.excluded, t.state`

const warn = async (db: Db, engine: Engine): Promise<void> => {
  const rows = await db.rows<Overdue>({
    text: `update flow_tasks t set warned_at = $1 where (t.school_id, t.id) in (select w.school_id, w.id from flow_tasks w
        where w.warn_at <= $1 and w.warned_at is null and w.closed_at is null order by w.warn_at limit ${atOnce} for update skip locked)
      returning ${columns}`,
    values: [engine.now()],
  })
  for (const row of rows) await engine.services.events.announce(db, clockWarned, row)
}

const findOverdue = (db: Db, engine: Engine): Promise<Overdue[]> =>
  db.rows<Overdue>({
    text: `select distinct on (t.school_id, t.case_id) ${columns} from flow_tasks t
      where t.due_at <= $1 and t.escalated_at is null and t.closed_at is null
      order by t.school_id, t.case_id, t.due_at limit ${atOnce}`,
    values: [engine.now()],
  })

// One case, one transaction: a fault in one does not hold up the clocks of the others.
const runOut = (engine: Engine, overdue: Overdue): Promise<void> =>
  engine.services.door.asJob('importer', async (db) => {
    const procedure = engine.procedureOf(overdue.flow)
    if (procedure.holdsSchool) await lockSchools(db, [overdue.schoolId])
    const [standing] = await holdCases(db, overdue.schoolId, [overdue.caseId])
    if (!standing || standing.state !== overdue.state || !standing.dueAt || standing.dueAt > engine.now()) return
    const { flow, passed } = engine.ruledAt(procedure, standing.place)
    const whenOver = stateOf(flow, standing.state)?.clock?.whenOver ?? 'escalate'
    await db.change(sql`update flow_tasks set escalated_at = ${engine.now()}
      where school_id = ${standing.schoolId} and case_id = ${standing.id} and closed_at is null and escalated_at is null`)
    await engine.services.events.announce(db, clockRanOut, overdue)
    if (whenOver === 'escalate') return bringIn(db, engine, flow, standing)
    const refusal = whyNotMove(flow, { state: standing.state, move: whenOver.move, roles: ['clock'], reason: null })
    if (refusal) throw refusal
    const content = await readContent(db, engine.services.secrets, standing.schoolId, standing.id)
    const deed = {
      procedure,
      flow,
      passed,
      move: moveOf(flow, whenOver.move),
      by: clock,
      reason: null,
      fields: {},
      late: false,
    }
    await writeMoves(db, engine, deed, [{ case: standing, stepId: uuidv7(), content }])
  })

/**
 * Warns those whose clock is about to run out and acts where one has: brings in the next post up, or makes the move the
 * table names. Doing it twice changes nothing. Answers how many clocks ran out. For the job of every minute.
 */
export const keepClocks = async (engine: Engine): Promise<number> => {
  const { door, log } = engine.services
  await door.asJob('importer', (db) => warn(db, engine))
  const overdue = await door.asJob('importer', (db) => findOverdue(db, engine))
  let done = 0
  for (const one of overdue) {
    try {
      await runOut(engine, one)
      done++
    } catch (error) {
      log.error({ part: 'flows', flow: one.flow, name: (error as Error).name }, 'a clock could not run out')
    }
  }
  return done
}
