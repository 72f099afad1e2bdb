import { type BodyOf, notFound, type ParamsOf } from '#contract/platform'
import type { revealIdentity } from '#contract/students'
import { type Actor, audit, type Services, sql } from '#server/platform'

type Params = ParamsOf<typeof revealIdentity>

/** Opens one sealed value (identity number, a contact's phone). Each opening stands in the audit log. [C13] */
export const reveal = (
  services: Services,
  actor: Actor,
  params: Params,
  body: BodyOf<typeof revealIdentity>,
): Promise<{ value: string | null }> =>
  services.door.asActor(actor, async (db) => {
    const row = await db.first<{ cipher: Buffer | null; scope: string }>(
      body.what === 'identity-number'
        ? sql`select cipher, scope from student_identities where school_id = ${params.schoolId} and student_id = ${params.studentId}`
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
