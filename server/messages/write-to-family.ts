import type { writeToFamily as declared } from '#contract/messages'
import { whyNotPermitted } from '#contract/people'
import { type BodyOf, notFound, type ParamsOf } from '#contract/platform'
import { type Actor, audit, type Services, sql } from '#server/platform'
import { sendMessage } from './send-message.ts'

/**
 * A teacher asks a child's guardians for something in one of the fixed texts. Who has a limit of contact never gets it.
 * Refuses `platform.not-found`, `people.not-permitted`. [T6]
 */
export const writeToFamily = (
  { door }: Services,
  actor: Actor,
  { schoolId, studentId }: ParamsOf<typeof declared>,
  { id, kind, contactId }: BodyOf<typeof declared>,
): Promise<Record<string, never>> =>
  door.asActor(actor, async (db, me) => {
    const child = await db.first<{ scope: string }>(
      sql`select scope from students where school_id = ${schoolId} and id = ${studentId}`,
    )
    if (!child) throw notFound()
    const refusal = whyNotPermitted('messages.write-to-family', me.posts, child.scope)
    if (refusal) throw refusal
    const key = { schoolId, studentId }
    await sendMessage(db, { id, kind, to: contactId ? { contact: { ...key, contactId } } : { guardiansOf: key } })
    await audit(db, {
      actorId: me.personId,
      action: 'messages.write-to-family',
      outcome: 'done',
      scope: child.scope,
      schoolId,
      subject: studentId,
      detail: { kind },
    })
    return {}
  })
