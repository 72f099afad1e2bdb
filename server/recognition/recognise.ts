import { createHash } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import { addDays, type BodyOf, type PlainDate, schoolYearOf } from '#contract/platform'
import { stepsOf } from '#contract/policies'
import {
  type recognise as declared,
  findFlowRule,
  flowAsRuled,
  recognitionFlow,
  whyNotFrom,
  whyNotInOneStep,
} from '#contract/recognition'
import { secrecyDomains } from '#contract/students'
import { writeDirectSteps } from '#server/flows'
import { sendMessage } from '#server/messages'
import { type Actor, audit, type Db, type Services, sql } from '#server/platform'
import { reclassify } from '#server/policies'
import { type Deciding, getSchoolPath, getStudents, holdStudents, insistOnMove } from './deciding.ts'
import { whyNotYet } from './first-things.ts'
import { writeRecognised } from './write-recognition.ts'

type Wish = BodyOf<typeof declared>
type Item = Wish['items'][number]

const secrecy = secrecyDomains.family.code

// Recognised this school year already, at whatever level: a change of level is an adjustment with its reason.
const recognisedAlready = async (
  db: Db,
  schoolId: string,
  items: readonly Item[],
  from: PlainDate,
): Promise<Set<string>> => {
  const rows = await db.rows<{ student_id: string }>(sql`select student_id from recognitions
    where school_id = ${schoolId} and student_id = any(${items.map(({ studentId }) => studentId)}::uuid[])
      and school_year = ${schoolYearOf(from)} and (ended_on is null or id = any(${items.map(({ id }) => id)}::uuid[]))`)
  return new Set(rows.map(({ student_id }) => student_id))
}

const store = async (
  db: Db,
  services: Services,
  me: Actor,
  school: { readonly id: string; readonly path: string },
  wish: Wish,
  items: readonly Item[],
): Promise<void> => {
  const year = schoolYearOf(wish.fromDate)
  const decided = items.map(({ id, studentId, level }) => ({
    id,
    studentId,
    caseId: uuidv7(),
    from: 'none',
    to: 'recognised',
    payload: { level, basis: wish.basis, schoolYear: year },
    level,
  }))
  const deed = { flow: recognitionFlow.id, move: 'recognise', final: false, by: me, reason: wish.reason }
  await writeDirectSteps(db, services.secrets, { ...deed, schoolId: school.id, secrecy }, decided)
  await writeRecognised(db, { school, basis: wish.basis, fromDate: wish.fromDate, by: me }, decided)
}

/**
 * Recognises the level of up to 500 students of a school until the end of the school year, directly or from trusted
 * lists; classes, duties and figures follow in the same transaction. Who is recognised already is left as they are and
 * counted. [C6 C8] Refuses `flows.*`, `recognition.wrong-day`, `recognition.steps-before`,
 * `recognition.first-things`, `platform.not-found`.
 */
export const recognise = async (
  services: Services,
  deciding: Deciding,
  actor: Actor,
  schoolId: string,
  wish: Wish,
): Promise<{ recognised: number; already: number }> => {
  const today = services.today()
  const dated = whyNotFrom(wish.fromDate, today)
  if (dated) throw dated
  const unique = [...new Map(wish.items.map((item) => [item.studentId, item])).values()]
  const { me, path, step } = await services.door.asActor(actor, async (db, person) => {
    const schoolPath = await getSchoolPath(db, schoolId)
    const students = await getStudents(
      db,
      schoolId,
      unique.map(({ studentId }) => studentId),
    )
    const rule = findFlowRule(deciding.registry.inForce(schoolPath, today).rules, wish.basis)
    const flow = flowAsRuled(recognitionFlow, 'recognise', rule)
    insistOnMove(person, flow, students, 'family', { state: 'none', move: 'recognise', reason: wish.reason })
    const early = whyNotInOneStep(rule)
    if (early) throw early
    return { me: person, path: schoolPath, step: rule && stepsOf(rule).at(-1) }
  })
  return services.door.asJob('importer', async (db) => {
    const held = await holdStudents(
      db,
      schoolId,
      unique.map(({ studentId }) => studentId),
    )
    const known = await recognisedAlready(db, schoolId, unique, wish.fromDate)
    const items = unique.filter(({ studentId }) => !known.has(studentId))
    const students = held.filter(({ id }) => !known.has(id))
    const decision = { schoolId, students, by: me, reason: wish.reason, on: today }
    const early = await whyNotYet(db, deciding.registry.inForce(path, today), step, decision)
    if (early) throw early
    if (items.length > 0) {
      await store(db, services, me, { id: schoolId, path }, wish, items)
      await audit(db, entryOf(me, schoolId, path, wish, items))
      if (wish.basis === 'trusted-list') await tellFamilies(db, schoolId, items, today)
      await reclassify(db, deciding, {
        schoolIds: [schoolId],
        studentIds: items.map(({ studentId }) => studentId),
        on: today,
        back: 'importer',
      })
    }
    return { recognised: items.length, already: unique.length - items.length }
  })
}

/** Days in which a family may say otherwise. 平台口径 */
const daysToAnswer = 14

// Nobody applied, so somebody must be told: in neutral words, by the channel the family has. [C6]
const tellFamilies = async (db: Db, schoolId: string, items: readonly Item[], today: PlainDate): Promise<void> => {
  for (const { id, studentId } of items)
    await sendMessage(db, {
      id,
      to: { guardiansOf: { schoolId, studentId } },
      kind: 'case.opened-for-you',
      params: { case: '学年认定', by: addDays(today, daysToAnswer) },
      about: { schoolId, studentId, secrecy },
    })
}

// A bulk act is one entry with the digest of its list.
const entryOf = (me: Actor, schoolId: string, path: string, wish: Wish, items: readonly Item[]) => {
  const list = items.map(({ studentId, level }) => `${studentId}:${level}`).sort()
  return {
    actorId: me.personId,
    action: 'recognition.recognise',
    outcome: 'done' as const,
    scope: path,
    schoolId,
    subject: items.length === 1 ? (items[0]?.studentId ?? null) : null,
    detail: {
      basis: wish.basis,
      count: items.length,
      digest: createHash('sha256').update(list.join('\n')).digest('hex'),
    },
  }
}
