import { uuidv7 } from 'uuidv7'
import {
  findKind,
  type MessageKindId,
  type MessageParams,
  renderMessage,
  whyNotParams,
  whyNotShown,
} from '#contract/messages'
import { type Db, sql } from '#server/platform'

interface ChildKey {
  readonly schoolId: string
  readonly studentId: string
}

/** One person with an account, all guardians of a child who may be contacted, or one contact of a child. */
export type Receiver =
  | { readonly personId: string }
  | { readonly guardiansOf: ChildKey }
  | { readonly contact: ChildKey & { readonly contactId: string } }

export interface MessageWish {
  /** The same id twice is sent once. */
  readonly id?: string
  readonly to: Receiver
  readonly kind: MessageKindId
  /** Values of the template: short names and dates, never a reason or a finding. `unit` and `teacher` are added. */
  readonly params?: MessageParams
  /** The child it is about: whoever may not see the child does not get it. `secrecy`: a domain code, 1 when absent. */
  readonly about?: ChildKey & { readonly scope?: string; readonly secrecy?: number }
  /** Not held back in quiet hours. */
  readonly urgent?: boolean
  /** Where in the program it leads, e.g. `/my/requests/…`. */
  readonly link?: string
  /** Values that are secrets, as JSON sealed by the caller. */
  readonly sealed?: Buffer
}

const aboutOf = ({ to, about }: MessageWish): ChildKey | undefined => {
  if ('guardiansOf' in to) return to.guardiansOf
  if ('contact' in to) return to.contact
  return about
}

/**
 * Orders a message in the transaction of the act it tells of, as a person or as the importer: if the act is undone, so is
 * the message. A job then finds the receivers, the channels they have and the hour. In a person's transaction it stands
 * before `endAsCounter`. Refuses `messages.label-word`, `messages.params-missing`, `messages.params-long`.
 */
export const sendMessage = async (db: Db, wish: MessageWish): Promise<void> => {
  const { to, kind, params = {}, urgent = false } = wish
  const definition = findKind(kind)
  if (!definition) throw new Error(`no message kind ${kind}`)
  const refusal = whyNotParams(definition, params) ?? whyNotShown(renderMessage(kind, params))
  if (refusal) throw refusal
  const child = aboutOf(wish)
  await db.change(sql`insert into message_outbox (id, to_person, to_contact, about_school, about_student, secrecy, kind,
      urgent, params, sealed, link, sender_id)
    values (${wish.id ?? uuidv7()}, ${'personId' in to ? to.personId : null}, ${'contact' in to ? to.contact.contactId : null},
      ${child?.schoolId ?? null}, ${child?.studentId ?? null}, ${wish.about?.secrecy ?? 1}, ${kind}, ${urgent},
      ${JSON.stringify(params)}, ${wish.sealed ?? null}, ${wish.link ?? null},
      nullif(current_setting('app.actor', true), '')::uuid)
    on conflict (id) do nothing`)
}
