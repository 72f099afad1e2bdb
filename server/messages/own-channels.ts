import type { getChannels as declared, setMail as setting } from '#contract/messages'
import type { AnswerOf, BodyOf } from '#contract/platform'
import { type Actor, sql } from '#server/platform'
import type { Messaging } from './messaging.ts'

/** Where I am told of messages. */
export const getChannels = async (
  { services: { door, secrets }, channels }: Messaging,
  actor: Actor,
): Promise<AnswerOf<typeof declared>> => {
  const [row] = await door.readAsActor<{ mail_cipher: Buffer | null }>(
    actor,
    sql`select mail_cipher from message_addresses where person_id = ${actor.personId}`,
  )
  return { mail: row?.mail_cipher ? secrets.open(row.mail_cipher) : null, mailWorks: channels.mail !== undefined }
}

/** Sets or takes away my own mail address, stored encrypted. */
export const setMail = (
  { services: { door, secrets } }: Messaging,
  actor: Actor,
  { mail }: BodyOf<typeof setting>,
): Promise<Record<string, never>> =>
  door.asActor(actor, async (db) => {
    await db.change(sql`insert into message_addresses (person_id, mail_cipher)
      values (${actor.personId}, ${mail ? secrets.seal(mail) : null})
      on conflict (person_id) do update set mail_cipher = excluded.mail_cipher`)
    return {}
  })
