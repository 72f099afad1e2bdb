import { type BodyOf, notFound, type ParamsOf, Refusal } from '#contract/platform'
import type { revealIdentity } from '#contract/students'
import { type Actor, audit, type Services, sql } from '#server/platform'

type Params = ParamsOf<typeof revealIdentity>
type Body = BodyOf<typeof revealIdentity>

// A limit set for one child of the household holds for its brothers and sisters, whichever school wrote it down.
const refuseNoContact = async (services: Services, params: Params, { what, contactId }: Body): Promise<void> => {
  if (what !== 'contact-phone') return
  const limited = await services.door.asJob('importer', (db) =>
    db.first(sql`with kin as (select ${params.studentId}::uuid as id union
        select other.student_id from student_particulars own
          join student_particulars other on other.household_id = own.household_id
        where own.student_id = ${params.studentId})
      select 1 as limited from student_contacts c cross join kin
        join student_contacts l on l.student_id = kin.id and l.name_key = c.name_key and l.contact_limit = 'no-contact'
          and (l.until_date is null or l.until_date > ${services.today()}::date)
      where c.school_id = ${params.schoolId} and c.student_id = ${params.studentId} and c.id = ${contactId ?? null} limit 1`),
  )
  if (limited)
    throw new Refusal(
      'students.no-contact',
      '这位家人登记为不得联系,电话不能查看。确需联系,请先由校领导或资助专干核实。',
    )
}

/**
 * Opens one sealed value (identity number, a contact's phone). Each opening stands in the audit log. [C13]
 * Refuses `students.no-contact` for whoever must not be called, for this child or another of the household. [T6]
 */
export const reveal = async (
  services: Services,
  actor: Actor,
  params: Params,
  body: Body,
): Promise<{ value: string | null }> => {
  const open = await services.door.readAsActor(
    actor,
    sql`select 1 as seen from students where school_id = ${params.schoolId} and id = ${params.studentId}`,
  )
  if (open.length === 0) throw notFound()
  await refuseNoContact(services, params, body)
  return services.door.asActor(actor, async (db) => {
    const row = await db.first<{ cipher: Buffer | null; scope: string }>(
      body.what === 'identity-number'
        ? sql`select identity_cipher as cipher, scope from student_particulars
            where school_id = ${params.schoolId} and student_id = ${params.studentId} and identity_cipher is not null`
        : sql`select phone_cipher as cipher, scope from student_contacts
            where school_id = ${params.schoolId} and student_id = ${params.studentId} and id = ${body.contactId ?? null}`,
    )
    if (!row) throw notFound()
    await audit(db, {
      actorId: actor.personId,
      action: 'students.reveal',
      outcome: 'read',
      scope: row.scope,
      schoolId: params.schoolId,
      subject: params.studentId,
      detail: { what: body.what },
    })
    return { value: row.cipher ? services.secrets.open(row.cipher) : null }
  })
}
