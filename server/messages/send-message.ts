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
  /** Contacts of the child, or accounts, from whom the matter is kept: they are not told. [G33] */
  readonly except?: readonly string[]
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
export const sendMessage = (db: Db, wish: MessageWish): Promise<void> => sendMessages(db, [wish])

const rowOf = (wish: MessageWish) => {
  const { to, kind, params = {}, urgent = false } = wish
  const definition = findKind(kind)
  if (!definition) throw new Error(`no message kind ${kind}`)
  const refusal = whyNotParams(definition, params) ?? whyNotShown(renderMessage(kind, params))
  if (refusal) throw refusal
  const child = aboutOf(wish)
  return {
    id: wish.id ?? uuidv7(),
    person: 'personId' in to ? to.personId : null,
    contact: 'contact' in to ? to.contact.contactId : null,
    school: child?.schoolId ?? null,
    student: child?.studentId ?? null,
    secrecy: wish.about?.secrecy ?? 1,
    kind,
    urgent,
    params,
    sealed: wish.sealed?.toString('hex') ?? null,
    link: wish.link ?? null,
    excluded: wish.except ?? [],
  }
}

/** Several at once, in one statement. Refuses as `sendMessage`, and then orders none. */
export const sendMessages = async (db: Db, wishes: readonly MessageWish[]): Promise<void> => {
  if (wishes.length === 0) return
  await db.change(sql`insert into message_outbox (id, to_person, to_contact, about_school, about_student, secrecy, kind,
      urgent, params, sealed, link, excluded, sender_id)
    select m.id, m.person, m.contact, m.school, m.student, m.secrecy, m.kind, m.urgent, m.params, decode(m.sealed, 'hex'), m.link, m.excluded,
      nullif(current_setting('app.actor', true), '')::uuid
    from jsonb_to_recordset(${JSON.stringify(wishes.map(rowOf))}::jsonb) as m (id uuid, person uuid, contact uuid, school uuid,
      student uuid, secrecy smallint, kind text, urgent boolean, params jsonb, sealed text, link text, excluded uuid[])
    on conflict (id) do nothing`)
}
