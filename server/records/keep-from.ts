import { isPermitted } from '#contract/people'
import { type AnswerOf, type BodyOf, notFound, type ParamsOf, Refusal } from '#contract/platform'
import type { keepRecordFrom as declared, listRecordKeptFrom as listed } from '#contract/records'
import { beside, type FamilyLinked, readGuardiansOf, shutOutOf } from '#server/people'
import { type Actor, audit, type Db, type Services, sql } from '#server/platform'

interface Kept {
  readonly scope: string
  readonly studentId: string | null
  readonly authorId: string
  readonly excluded: readonly string[]
}

const findKept = (services: Services, actor: Actor, { schoolId, recordId }: ParamsOf<typeof listed>) =>
  services.door.asActor(actor, async (db, me) => {
    const record = await db.first<Kept>(sql`select scope, student_id as "studentId", author_id as "authorId", excluded
      from records where school_id = ${schoolId} and id = ${recordId} and purged_at is null`)
    const mayKeep =
      record && (record.authorId === me.personId || isPermitted('records.withdraw-record', me.posts, record.scope))
    if (!record?.studentId || !mayKeep || me.settings.family) throw notFound()
    return { ...record, studentId: record.studentId }
  })

/** The guardians of the one student a record is about, and whom it is kept from. For its author and who may withdraw. [G33] */
export const listRecordKeptFrom = async (
  services: Services,
  actor: Actor,
  key: ParamsOf<typeof listed>,
): Promise<AnswerOf<typeof listed>> => {
  const { studentId, excluded } = await findKept(services, actor, key)
  const guardians = await services.door.asJob('importer', (db) => readGuardiansOf(db, key.schoolId, studentId))
  return {
    guardians: guardians.map(({ contactId, name, relation }) => {
      return { contactId, name, relation, kept: excluded.includes(contactId) }
    }),
  }
}

/** Keeps a record from one guardian, or all: for them it is not there. Refuses not-found, `records.not-guardian`. [G1 G33 Z9] */
export const keepRecordFrom = async (
  services: Services,
  actor: Actor,
  { schoolId, recordId }: ParamsOf<typeof declared>,
  { contactIds }: BodyOf<typeof declared>,
): Promise<Record<string, never>> => {
  const { studentId, scope, excluded } = await findKept(services, actor, { schoolId, recordId })
  await services.door.asJob('importer', async (db) => {
    const guardians = await readGuardiansOf(db, schoolId, studentId)
    if (contactIds.some((id) => !guardians.some(({ contactId }) => contactId === id)))
      throw new Refusal('records.not-guardian', '只能选择这名学生的监护人。', 'invalid')
    const out = [...new Set([...beside(guardians, excluded), ...shutOutOf(guardians, contactIds)])]
    await db.change(sql`with kept as (
        update record_subjects set excluded = ${out}::uuid[] where school_id = ${schoolId} and record_id = ${recordId})
      update records set excluded = ${out}::uuid[] where school_id = ${schoolId} and id = ${recordId}`)
    await audit(db, {
      actorId: actor.personId,
      action: 'records.keep-from',
      outcome: 'done',
      scope,
      schoolId,
      subject: recordId,
      detail: { guardians: contactIds.length },
    })
  })
  return {}
}

/** An account of a contact is shut out of what the contact was kept from. As the importer. */
export const keepRecordsFromAccount = (
  db: Db,
  { schoolId, studentId, contactId, personId }: FamilyLinked,
): Promise<number> =>
  db.change(sql`with counted as (
      update record_subjects set excluded = excluded || ${personId}::uuid
      where school_id = ${schoolId} and student_id = ${studentId} and ${contactId}::uuid = any(excluded) and ${personId}::uuid <> all(excluded))
    update records set excluded = excluded || ${personId}::uuid
    where school_id = ${schoolId} and student_id = ${studentId} and ${contactId}::uuid = any(excluded) and ${personId}::uuid <> all(excluded)`)
