import { whyNotPermitted } from '#contract/people'
import { type BodyOf, notFound, type ParamsOf } from '#contract/platform'
import type { setContact } from '#contract/students'
import { followContacts } from '#server/people'
import { type Actor, audit, type Services, sql } from '#server/platform'

/** Names compared without middle dots and spaces. */
const compared = (name: string): string => name.normalize('NFKC').replace(/[\s·•・.．]/g, '')

const getChild = (services: Services, actor: Actor, params: ParamsOf<typeof setContact>): Promise<{ scope: string }> =>
  services.door.asActor(actor, async (db, me) => {
    const student = await db.first<{ scope: string }>(
      sql`select scope from students where school_id = ${params.schoolId} and id = ${params.studentId}`,
    )
    if (!student) throw notFound()
    const refusal = whyNotPermitted('students.set-contact', me.posts, student.scope)
    if (refusal) throw refusal
    return student
  })

/**
 * Writes down a person around a child: guardian, caretaker, limits of contact with their reason sealed. What the family's
 * accounts see follows in the same transaction: a parent who is barred sees nothing on the next request. [T6 G33]
 * Refuses `platform.not-found`, `people.not-permitted`.
 */
export const keepContact = async (
  services: Services,
  actor: Actor,
  params: ParamsOf<typeof setContact>,
  body: BodyOf<typeof setContact>,
): Promise<Record<string, never>> => {
  const { scope } = await getChild(services, actor, params)
  await services.door.asJob('importer', async (db) => {
    const seal = (text: string | null): Buffer | null => (text ? services.secrets.seal(text) : null)
    await db.change(sql`insert into student_contacts (school_id, student_id, id, scope, name, name_key, relation,
        is_guardian, is_caretaker, custody, contact_limit, contact_reason_cipher, phone_cipher, from_date, until_date, recorded_by)
      select ${params.schoolId}, ${params.studentId}, ${params.contactId}, scope, ${body.name}, ${compared(body.name)},
        ${body.relation}, ${body.isGuardian}, ${body.isCaretaker}, ${body.custody}, ${body.contactLimit}, ${seal(body.contactReason)},
        ${seal(body.phone)}, ${body.fromDate}::date, ${body.untilDate}::date, ${actor.personId}
      from students where school_id = ${params.schoolId} and id = ${params.studentId}
      on conflict (school_id, student_id, id) do update set name = excluded.name, name_key = excluded.name_key,
        relation = excluded.relation, is_guardian = excluded.is_guardian, is_caretaker = excluded.is_caretaker,
        custody = excluded.custody, contact_limit = excluded.contact_limit,
        contact_reason_cipher = coalesce(excluded.contact_reason_cipher, student_contacts.contact_reason_cipher),
        phone_cipher = coalesce(excluded.phone_cipher, student_contacts.phone_cipher),
        from_date = excluded.from_date, until_date = excluded.until_date, recorded_by = excluded.recorded_by`)
    await followContacts(db, [params.studentId], services.today())
    await audit(db, {
      actorId: actor.personId,
      action: 'students.set-contact',
      outcome: 'done',
      scope,
      schoolId: params.schoolId,
      subject: params.studentId,
    })
  })
  return {}
}
