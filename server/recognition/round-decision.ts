import { addDays, Refusal } from '#contract/platform'
import { stepsOf } from '#contract/policies'
import { findRoundRule, type HardshipLevel, levelLabels, notRecognised, roundFlow } from '#contract/recognition'
import type { Change, Made } from '#server/flows'
import { sendMessage } from '#server/messages'
import { type Db, sql } from '#server/platform'
import { reclassify } from '#server/policies'
import { whyNotYet } from './first-things.ts'
import { writeFact } from './write-decision.ts'
import { endRecognised, writeRecognised } from './write-recognition.ts'

/** Days in which something is to be added. 平台口径 */
const daysToAdd = 10

/** Tells the family in neutral words that their request moved. Nothing of the reason leaves the program. [C24] */
export const tellFamily = async (
  db: Db,
  made: Made,
  kind: 'case.needs-you' | 'case.closed',
  step: string,
): Promise<void> => {
  const { schoolId, studentId } = made.case
  if (!studentId) return
  await sendMessage(db, {
    id: made.stepId,
    to: { guardiansOf: { schoolId, studentId } },
    kind,
    params: { case: roundFlow.neutralLabel, step, by: addDays(made.today, daysToAdd) },
    about: { schoolId, studentId, secrecy: made.case.secrecy },
    link: `/flows/${schoolId}/${made.case.id}`,
  })
}

/** The level as it is proposed now. */
export const propose = (made: Made, level: unknown): Change => ({
  payload: { ...made.case.payload, level: Number(level) },
})

const levelOf = (made: Made): HardshipLevel => {
  const level = Number(made.fields.level ?? made.case.payload.level ?? 0)
  if (Object.hasOwn(levelLabels, level)) return level as HardshipLevel
  throw new Refusal(
    'recognition.level-missing',
    level === notRecognised
      ? '评议认为不认定;同意的请选“不予认定”,不同意的请“另定等级”。'
      : '还没有拟定等级,请“另定等级”并写明理由。',
  )
}

/** Goes on with the level proposed, or the one given with a reason. */
export const pass = async (_db: Db, made: Made): Promise<Change> =>
  propose(made, made.fields.level ?? made.case.payload.level ?? 0)

// Records the pack asks for before the decision: visited first, recognised after, with the stated exception. [C5]
const insistOnFirst = async (db: Db, made: Made): Promise<void> => {
  const inForce = made.registry.inForce(made.case.place, made.today)
  const rule = findRoundRule(inForce.rules)
  const early = await whyNotYet(db, inForce, rule && stepsOf(rule).find(({ id }) => id === 'confirm'), {
    schoolId: made.case.schoolId,
    students: [{ id: made.case.studentId ?? '', scope: made.case.scope }],
    by: made.by,
    reason: made.reason,
    on: made.today,
  })
  if (early) throw early
}

/** The school decides: nothing written before the visit the pack asks for; in force at once where nothing is announced. */
export const decide = async (db: Db, made: Made): Promise<Change> => {
  const level = levelOf(made)
  await insistOnFirst(db, made)
  if (made.to === 'recognised') await recogniseNow(db, made, level, made.by)
  return propose(made, level)
}

// Announced and not objected to: the level is that of who decided, not of the clock.
export const takeEffect = async (db: Db, made: Made): Promise<undefined> => {
  if (made.to !== 'recognised') return undefined
  const decided = await db.first<{
    personId: string
    name: string
  }>(sql`select actor_id as "personId", actor_name as name
    from flow_steps where school_id = ${made.case.schoolId} and case_id = ${made.case.id} and from_state = 'deciding'
    order by number desc limit 1`)
  await recogniseNow(db, made, levelOf(made), decided ?? made.by)
}

const recogniseNow = async (
  db: Db,
  made: Made,
  level: HardshipLevel,
  by: { readonly personId: string; readonly name: string },
): Promise<void> => {
  const key = keyOf(made)
  const school = await db.first<{ path: string }>(sql`select path from units where id = ${key.schoolId}`)
  await endRecognised(db, key, made.today, 'adjusted')
  await writeRecognised(
    db,
    { school: { id: key.schoolId, path: school?.path ?? '' }, basis: 'panel', fromDate: made.today, by },
    [{ id: made.stepId, studentId: key.studentId, caseId: made.case.id, level }],
  )
  await judgeAnew(db, made)
  await tellFamily(db, made, 'case.closed', '已经办好')
}

const keyOf = ({ case: { schoolId, studentId } }: Made) => {
  if (!studentId) throw new Refusal('recognition.not-matched', '还没有对应学籍,不能继续。')
  return { schoolId, studentId }
}

const judgeAnew = (db: Db, made: Made): Promise<unknown> => {
  const { schoolId, studentId } = keyOf(made)
  const judging = { registry: made.registry, events: made.services.events }
  return reclassify(db, judging, { schoolIds: [schoolId], studentIds: [studentId], on: made.today, back: 'importer' })
}

/** Another level in place of the one in force. */
export const adjust = async (db: Db, made: Made): Promise<Change> => {
  const level = levelOf(made)
  if (level === made.case.payload.level)
    throw new Refusal('recognition.same-level', '等级没有变化。', 'invalid', [{ field: 'level', reason: '与现在相同' }])
  await recogniseNow(db, made, level, made.by)
  return propose(made, level)
}

/** Ends the level in force: over, or found untrue. */
export const endFor =
  (why: 'ended' | 'dishonest') =>
  async (db: Db, made: Made): Promise<Change> => {
    const key = keyOf(made)
    await endRecognised(db, key, made.today, why)
    const told = {
      schoolId: key.schoolId,
      secrecy: made.case.secrecy,
      asOf: made.today,
      validUntil: null,
      sourceId: null,
      by: made.by.personId,
    }
    await writeFact(db, 'hardship_level', told, [{ studentId: key.studentId, value: notRecognised }])
    await judgeAnew(db, made)
    const recovers = made.fields.recovers === undefined ? {} : { recovers: Number(made.fields.recovers) }
    return { payload: { ...made.case.payload, level: notRecognised, ...recovers } }
  }
