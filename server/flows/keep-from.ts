import type { keepFrom as declared, listKeptFrom as listed, listGuardiansToKeep as offered } from '#contract/flows'
import { type AnswerOf, type BodyOf, notFound, type ParamsOf, Refusal } from '#contract/platform'
import { beside, type GuardianOf, readGuardiansOf, shutOutOf } from '#server/people'
import { type Actor, audit, type Db, domainsOver, sql } from '#server/platform'
import { asParticipant, desksOf } from './desks.ts'
import type { Engine } from './engine.ts'
import { findCases, holdCases } from './find-case.ts'
import { isOfFamily } from './list-openable.ts'
import { shutOutAsCase } from './panel-asides.ts'
import type { Case } from './procedure.ts'

const seen = ({ contactId, name, relation }: GuardianOf) => ({ contactId, name, relation })

/** The guardians a request may be kept from, for whoever of staff sees the student. Refuses not-found. [G33] */
export const listGuardiansToKeep = async (
  { services: { door } }: Engine,
  actor: Actor,
  { schoolId, studentId }: ParamsOf<typeof offered>,
): Promise<AnswerOf<typeof offered>> => {
  await door.asActor(actor, async (db) => {
    const student = await db.first(
      sql`select 1 as seen from students where school_id = ${schoolId} and id = ${studentId}`,
    )
    if (!student) throw notFound()
  })
  return door.asJob('importer', async (db) => ({
    guardians: (await readGuardiansOf(db, schoolId, studentId)).map(seen),
  }))
}

// Who works on it or asked for it knows whom it must be kept from; a colleague who only once saw it does not say so.
const mayKeep = (me: Actor, standing: Case): boolean =>
  standing.openedBy === me.personId ||
  standing.assigned.includes(me.personId) ||
  standing.desks.some((desk) => desksOf(me).includes(desk)) ||
  domainsOver(me, standing.scope, standing.studentId ?? '').has(standing.secrecy)

const findKept = (engine: Engine, actor: Actor, { schoolId, caseId }: ParamsOf<typeof listed>) =>
  asParticipant(engine.services.door, actor, async (db, me) => {
    const [standing] = await findCases(db, schoolId, [caseId])
    if (!standing?.studentId || !mayKeep(me, standing)) throw notFound()
    return { me, studentId: standing.studentId }
  })

/** The guardians of whom a case is about, and whom it is kept from. Refuses not-found. [G33] */
export const listKeptFrom = async (
  engine: Engine,
  actor: Actor,
  key: ParamsOf<typeof listed>,
): Promise<AnswerOf<typeof listed>> => {
  const { studentId } = await findKept(engine, actor, key)
  return engine.services.door.asJob('importer', async (db) => {
    const [standing] = await findCases(db, key.schoolId, [key.caseId])
    // What no family finds is kept from nobody in particular.
    if (!standing || !isOfFamily(standing.secrecy)) return { guardians: [] }
    const guardians = await readGuardiansOf(db, key.schoolId, studentId)
    const { excluded } = standing
    return { guardians: guardians.map((one) => ({ ...seen(one), kept: excluded.includes(one.contactId) })) }
  })
}

/** Who is shut out of a case that is to be kept from these guardians. Refuses `flows.not-guardian`, `flows.is-applicant`. */
export const excludedFor = async (
  db: Db,
  {
    schoolId,
    studentId,
    applicantId,
    openedBy,
    excluded,
  }: Pick<Case, 'schoolId' | 'studentId' | 'applicantId' | 'openedBy' | 'excluded'>,
  contactIds: readonly string[],
): Promise<readonly string[]> => {
  if (contactIds.length === 0 && excluded.length === 0) return []
  const guardians = studentId ? await readGuardiansOf(db, schoolId, studentId) : []
  if (contactIds.some((id) => !guardians.some(({ contactId }) => contactId === id)))
    throw new Refusal('flows.not-guardian', '只能选择这名学生的监护人。', 'invalid')
  const out = shutOutOf(guardians, contactIds)
  if (out.includes(applicantId ?? openedBy) || out.includes(openedBy))
    throw new Refusal('flows.is-applicant', '这件事由这位监护人提出,不能对他不告知。')
  return [...new Set([...beside(guardians, excluded), ...out])]
}

/**
 * Keeps a case from one guardian, or all: for them it is not there, in state and count too, and an account opened later
 * finds nothing either. Who else is shut out stays so. [G1 G33 Z9] Refuses not-found, `flows.not-guardian`,
 * `flows.is-applicant`.
 */
export const keepFrom = async (
  engine: Engine,
  actor: Actor,
  { schoolId, caseId }: ParamsOf<typeof declared>,
  { contactIds }: BodyOf<typeof declared>,
): Promise<Record<string, never>> => {
  const { me } = await findKept(engine, actor, { schoolId, caseId })
  return engine.services.door.asJob('importer', async (db) => {
    const [standing] = await holdCases(db, schoolId, [caseId])
    if (!standing) throw notFound()
    const excluded = await excludedFor(db, standing, contactIds)
    await db.change(
      sql`update flow_cases set excluded = ${excluded}::uuid[] where school_id = ${schoolId} and id = ${caseId}`,
    )
    await shutOutAsCase(db, schoolId, caseId)
    await audit(db, {
      actorId: me.personId,
      action: 'flows.keep-from',
      outcome: 'done',
      scope: standing.scope,
      schoolId,
      subject: caseId,
      detail: { guardians: contactIds.length },
    })
    return {}
  })
}
