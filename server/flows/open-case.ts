import { type openCase as declared, type Flow, moveOf, whyNotMove } from '#contract/flows'
import { isAtOrBelow, outOfReach } from '#contract/organisations'
import { type AnswerOf, type BodyOf, notFound, Refusal } from '#contract/platform'
import { secrecyDomains } from '#contract/students'
import { type Actor, type Db, sql } from '#server/platform'
import { lockSchools } from '#server/policies'
import { checkDraft, checkFilled, writeContent } from './content.ts'
import { asParticipant } from './desks.ts'
import type { Engine } from './engine.ts'
import { findCases } from './find-case.ts'
import { excludedFor } from './keep-from.ts'
import { metNeeds } from './met-needs.ts'
import { findStep } from './move-case.ts'
import type { Begun, Doer, Procedure } from './procedure.ts'
import { rolesOver } from './roles-over.ts'
import { writeMoves } from './write-moves.ts'

type Wish = Omit<BodyOf<typeof declared>, 'keptFrom'> & Partial<Pick<BodyOf<typeof declared>, 'keptFrom'>>
type Answer = AnswerOf<typeof declared>

interface Ground {
  /** The school whose case it is; of a class its school. Left out where the caller named it. */
  readonly schoolId?: string
  readonly scope: string
  readonly schoolPath: string
}

/** Where a case would stand: the student as this person sees them, or the unit. Refuses `platform.not-found`. */
export const groundOf = async (
  db: Db,
  procedure: Procedure,
  schoolId: string,
  studentId: string | null,
): Promise<Ground> => {
  const unit = await db.first<{ path: string; schoolId: string }>(
    sql`select path, coalesce(school_id, id) as "schoolId" from units where id = ${schoolId}`,
  )
  if (!unit) throw notFound()
  if (procedure.about === 'student' && !studentId)
    throw new Refusal('flows.student-missing', '请选择学生。', 'invalid', [{ field: 'studentId', reason: '请选择' }])
  if (procedure.about === 'none' || !studentId)
    return { scope: unit.path, schoolPath: unit.path, schoolId: unit.schoolId }
  const student = await db.first<{ scope: string }>(
    sql`select scope from students where school_id = ${schoolId} and id = ${studentId}`,
  )
  if (!student) throw notFound()
  return { scope: student.scope, schoolPath: unit.path }
}

const insertCase = (
  db: Db,
  engine: Engine,
  flow: Flow,
  schoolId: string,
  wish: Wish,
  me: Doer,
  at: { readonly scope: string; readonly place: string } & Begun,
): Promise<number> =>
  db.change(sql`insert into flow_cases (school_id, id, flow, student_id, scope, secrecy, state, version, opened_by, opened_at, place,
      applicant_id, panel_id, round_id, assigned, excluded, entered_at, payload)
    values (${schoolId}, ${wish.id}, ${flow.id}, ${at.studentId === undefined ? wish.studentId : at.studentId}, ${at.scope},
      ${secrecyDomains[at.domain ?? flow.domain].code}, 'none', 0,
      ${me.personId}, ${engine.now()}, ${at.place}, ${at.applicantId ?? me.personId}, ${at.panelId ?? null}, ${at.roundId ?? null},
      ${at.assigned ?? []}::uuid[], ${at.excluded ?? []}::uuid[], ${engine.now()}, ${JSON.stringify(at.payload ?? {})})
    on conflict (school_id, id) do nothing`)

/**
 * Opens a case for somebody the door does not know (a person without a name, another part of the program): order, roles and
 * content are asked all the same. Call within no transaction. Refuses `flows.*`.
 */
export const openCaseFor = async (engine: Engine, doer: Doer, schoolId: string, wish: Wish): Promise<Answer> => {
  const procedure = engine.procedureOf(wish.flow)
  checkFilled(procedure.flow.form ?? [], wish.content)
  const ground = await engine.services.door.asJob('importer', (db) => groundOf(db, procedure, schoolId, wish.studentId))
  return engine.services.door.asJob('importer', (db) => openCaseWithin(db, engine, doer, schoolId, wish, ground))
}

/**
 * Opens a case in the transaction of whatever it follows from: the caller has asked whether this person may know whom it
 * concerns. Order, roles and content are asked all the same. As the importer. Refuses `flows.*`.
 */
export const openCaseWithin = async (
  db: Db,
  engine: Engine,
  me: Doer,
  schoolId: string,
  wish: Wish,
  ground: Ground,
): Promise<Answer> => {
  const procedure = engine.procedureOf(wish.flow)
  const before = await findStep(db, schoolId, wish.stepId)
  if (before?.caseId === wish.id && before.actorId === me.personId) return { id: wish.id, schoolId, ...before }
  if (procedure.holdsSchool) await lockSchools(db, [schoolId])
  const begun = await procedure.begin?.(db, {
    schoolId,
    studentId: wish.studentId,
    content: wish.content,
    by: me,
    at: engine.now(),
    today: engine.services.today(),
  })
  const place = begun?.place ?? ground.scope
  const { flow, passed } = engine.ruledAt(procedure, place)
  const opened = { schoolId, studentId: wish.studentId, applicantId: begun?.applicantId ?? null, openedBy: me.personId }
  const excluded = await excludedFor(db, { ...opened, excluded: begun?.excluded ?? [] }, wish.keptFrom ?? [])
  const at = { ...begun, excluded, scope: flow.seenBy === 'desk' ? outOfReach(place) : ground.scope, place }
  const inserted = await insertCase(db, engine, flow, schoolId, wish, me, at)
  if (inserted === 0) throw new Refusal('flows.id-taken', '编号已被使用,没有写入,请重新提交。')
  if (flow.form)
    await writeContent(db, engine.services.secrets, { schoolId, caseId: wish.id }, wish.content, engine.now())
  const [standing] = await findCases(db, schoolId, [wish.id])
  if (!standing) throw new Error('a case just opened is not there')
  // Who may ask is asked over whom it concerns; who acts from then on, over the place it goes to.
  const asking = rolesOver(flow, me, { ...standing, place: ground.scope }, engine.relationsOver)
  const roles = [...asking, ...rolesOver(flow, me, standing, engine.relationsOver)].filter(
    (role) => role !== 'applicant' || isFamily(engine, me, wish),
  )
  const refusal = whyNotMove(flow, {
    state: 'none',
    move: wish.move,
    roles,
    reason: wish.reason,
    met: await metNeeds(db, engine, procedure, flow, standing, wish.content),
  })
  if (refusal) throw refusal
  const move = moveOf(flow, wish.move)
  checkFilled(move.fields ?? [], wish.fields)
  const deed = { procedure, flow, passed, move, by: me, reason: wish.reason, fields: wish.fields, late: false }
  const [moved] = await writeMoves(db, engine, deed, [{ case: standing, stepId: wish.stepId, content: wish.content }])
  return { id: wish.id, schoolId, state: moved?.state ?? 'none', version: moved?.version ?? 0 }
}

// Opening a case does not make anybody its rightful applicant: only family over the student, or anyone where no student is named.
const isFamily = (engine: Engine, me: Doer, { studentId }: Wish): boolean =>
  studentId === null || engine.relationsOver(me, studentId).length > 0

// Where no student is named, family of any student of the school; nobody's family is no family everywhere.
const isKinHere = async (db: Db, engine: Engine, me: Doer, schoolId: string, wish: Wish): Promise<boolean> => {
  if (wish.studentId !== null) return isFamily(engine, me, wish)
  if (!me.settings.family) return false
  const child = await db.first(sql`select 1 as found from students where school_id = ${schoolId}
    and id = any(current_setting('app.students')::uuid[]) limit 1`)
  return child !== undefined
}

// Partners and departments of the same place, who belong to no school: a community tells of a child of its village. [X9]
const worksBeside = async (db: Db, { posts }: Actor, schoolPath: string): Promise<boolean> => {
  const beside = await db.first(sql`select 1 as found from units u join units above on above.id = u.parent_id
    where u.id = any(${posts.map(({ unitId }) => unitId)}::uuid[]) and u.school_id is null
      and starts_with(${schoolPath}, above.path) limit 1`)
  return beside !== undefined
}

/**
 * Opens a case with its first move. The same step sent twice opens once. The person must see the student; posts are asked
 * over the place the procedure names. Refuses `flows.*`, `flows.content`, `platform.not-found`.
 */
export const openCase = async (engine: Engine, actor: Actor, schoolId: string, wish: Wish): Promise<Answer> => {
  const procedure = engine.procedureOf(wish.flow)
  const form = procedure.flow.form ?? []
  const isDraft = procedure.flow.moves.find(({ id }) => id === wish.move)?.needs?.includes('content') !== true
  if (isDraft) checkDraft(form, wish.content)
  else checkFilled(form, wish.content)
  const { me, ground } = await asParticipant(engine.services.door, actor, async (db, person) => {
    const at = await groundOf(db, procedure, schoolId, wish.studentId)
    // Somebody of another school finds no such school, whatever the procedure lets anyone ask.
    const belongs = person.posts.some(
      ({ unitPath }) => isAtOrBelow(at.schoolPath, unitPath) || isAtOrBelow(unitPath, at.schoolPath),
    )
    const isNear = belongs || (await worksBeside(db, person, at.schoolPath))
    if (!isNear && !(await isKinHere(db, engine, person, schoolId, wish))) throw notFound()
    return { me: person, ground: at }
  })
  const at = ground.schoolId ?? schoolId
  return engine.services.door.asJob('importer', (db) => openCaseWithin(db, engine, me, at, wish, ground))
}
