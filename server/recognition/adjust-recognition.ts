import { whyNotMove } from '#contract/flows'
import { type BodyOf, notFound, type ParamsOf, type PlainDate, Refusal } from '#contract/platform'
import {
  type adjustRecognition as declared,
  type HardshipLevel,
  recognitionFlow,
  whyNotChangeOn,
} from '#contract/recognition'
import { secrecyDomains } from '#contract/students'
import { isWritten, writeDirectSteps } from '#server/flows'
import { type Actor, audit, type Db, type Services, sql } from '#server/platform'
import { reclassify } from '#server/policies'
import { type Deciding, getStudents, holdStudents, insistOnMove } from './deciding.ts'
import { writeFact } from './write-decision.ts'

type Key = ParamsOf<typeof declared>
type Wish = BodyOf<typeof declared>

const secrecy = secrecyDomains.family.code
const notRecognised = 3

interface Standing {
  readonly id: string
  readonly case_id: string
  readonly level: HardshipLevel
  readonly from_date: PlainDate
  readonly until_date: PlainDate
  readonly basis: string
  readonly school_year: number
}

const findStanding = (db: Db, { schoolId, studentId }: Key, today: PlainDate): Promise<Standing | undefined> =>
  db.first<Standing>(sql`select id, case_id, level, from_date, until_date, basis, school_year from recognitions
    where school_id = ${schoolId} and student_id = ${studentId} and ended_on is null and until_date >= ${today}::date
    order by from_date desc, id desc limit 1`)

const whyNot = (standing: Standing, wish: Wish, today: PlainDate): Refusal | undefined => {
  const dated = whyNotChangeOn(wish.on, standing.from_date, today)
  if (dated) return dated
  if (wish.move === 'end') return undefined
  if (wish.level === null) {
    return new Refusal('recognition.level-missing', '请选择调整后的等级。', 'invalid', [
      { field: 'level', reason: '请选择' },
    ])
  }
  return wish.level === standing.level
    ? new Refusal('recognition.same-level', '等级没有变化。', 'invalid', [{ field: 'level', reason: '与现在相同' }])
    : undefined
}

const store = async (
  db: Db,
  services: Services,
  me: Actor,
  key: Key,
  wish: Wish,
  standing: Standing,
): Promise<void> => {
  const ends = wish.move === 'end'
  const level = ends ? notRecognised : (wish.level as HardshipLevel)
  const deed = { flow: recognitionFlow.id, move: wish.move, final: ends, by: me, reason: wish.reason }
  await writeDirectSteps(db, services.secrets, { ...deed, schoolId: key.schoolId, secrecy }, [
    {
      id: wish.id,
      caseId: standing.case_id,
      studentId: key.studentId,
      from: 'recognised',
      to: ends ? 'ended' : 'recognised',
      payload: { level, basis: standing.basis, schoolYear: standing.school_year },
    },
  ])
  await db.change(sql`update recognitions set ended_on = ${wish.on}, ended_reason = ${ends ? 'ended' : 'adjusted'}
    where school_id = ${key.schoolId} and student_id = ${key.studentId} and id = ${standing.id}`)
  if (!ends) {
    await db.change(sql`insert into recognitions (school_id, id, student_id, scope, level, school_year, from_date, until_date,
        basis, case_id, decided_by, decided_by_name)
      select school_id, ${wish.id}, id, scope, ${level}, ${standing.school_year}, ${wish.on}, ${standing.until_date}, 'direct',
        ${standing.case_id}, ${me.personId}, ${me.name}
      from students where school_id = ${key.schoolId} and id = ${key.studentId}`)
  }
  await writeFact(
    db,
    'hardship_level',
    {
      schoolId: key.schoolId,
      secrecy,
      asOf: wish.on,
      validUntil: standing.until_date,
      sourceId: null,
      by: me.personId,
    },
    [{ studentId: key.studentId, value: level }],
  )
}

/**
 * Changes the recognised level of a student, or ends it, with the reason kept sealed beside the step. [C8 C19]
 * Refuses `flows.out-of-order` when nothing is recognised, `recognition.level-missing`, `.same-level`, `.wrong-day`.
 */
export const adjustRecognition = async (
  services: Services,
  deciding: Deciding,
  actor: Actor,
  key: Key,
  wish: Wish,
): Promise<Record<string, never>> => {
  const today = services.today()
  const { me, student } = await services.door.asActor(actor, async (db, person) => {
    const [found] = await getStudents(db, key.schoolId, [key.studentId])
    if (!found) throw notFound()
    insistOnMove(person, recognitionFlow, [found], 'family', {
      state: 'recognised',
      move: wish.move,
      reason: wish.reason,
    })
    return { me: person, student: found }
  })
  await services.door.asJob('importer', async (db) => {
    await holdStudents(db, key.schoolId, [key.studentId])
    if (await isWritten(db, key.schoolId, wish.id)) return
    const standing = await findStanding(db, key, today)
    const roles = recognitionFlow.moves.flatMap(({ by }) => [...by])
    const state = standing ? 'recognised' : 'none'
    const outOfOrder = whyNotMove(recognitionFlow, { state, move: wish.move, roles, reason: wish.reason })
    if (!standing || outOfOrder) throw outOfOrder ?? notFound()
    const refusal = whyNot(standing, wish, today)
    if (refusal) throw refusal
    await store(db, services, me, key, wish, standing)
    await audit(db, {
      actorId: me.personId,
      action: 'recognition.adjust',
      outcome: 'done',
      scope: student.scope,
      schoolId: key.schoolId,
      subject: key.studentId,
      detail: { move: wish.move, level: wish.level },
    })
    await reclassify(db, deciding, {
      schoolIds: [key.schoolId],
      studentIds: [key.studentId],
      on: today,
      back: 'importer',
    })
  })
  return {}
}
