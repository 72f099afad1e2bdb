import { uuidv7 } from 'uuidv7'
import { findKind, type MessageParams, renderMessage, whyNotShown } from '#contract/messages'
import { audit, type Db, sql } from '#server/platform'
import { type ChannelFailure, type ChannelName, ChannelFailure as Failure } from './channels/channel.ts'
import type { Messaging } from './messaging.ts'
import { type Addressed, findAddressees } from './receivers.ts'

interface Due extends Addressed {
  readonly id: string
  readonly message_id: string
  readonly channel: ChannelName
  readonly attempts: number
  readonly kind: string
  readonly params: MessageParams
  readonly sealed: Buffer | null
  readonly sender_id: string | null
}

const batch = 20
/** Minutes to wait after each try; the sixth failure is the last. */
const pauses = [1, 5, 15, 60, 240]
// A program that was killed while sending leaves its claim; nobody sends for so long.
const claimMinutes = 3

const claim = (db: Db, now: Date): Promise<Due[]> =>
  db.rows<Due>(sql`with due as (
      select id from message_deliveries where channel <> 'paper'
        and ((state = 'waiting' and coalesce(not_before, held_until, '-infinity') <= ${now})
          or (state = 'sending' and claimed_at < ${now}::timestamptz - make_interval(mins => ${claimMinutes})))
      order by id limit ${batch} for update skip locked)
    update message_deliveries d set state = 'sending', attempts = attempts + 1, claimed_at = ${now}
    from due, messages m where d.id = due.id and m.id = d.message_id
    returning d.id, d.message_id, d.channel, d.attempts, d.sender_id, m.kind, m.params, m.sealed, m.outbox_id, m.to_person, m.to_contact, m.about_student`)

const settle = (db: Db, { id }: Due, state: string, more: { error?: string; ref?: string; at?: Date } = {}) =>
  db.change(sql`update message_deliveries set state = ${state}, last_error = ${more.error ?? null},
      provider_ref = coalesce(${more.ref ?? null}, provider_ref),
      sent_at = case when ${state} in ('sent', 'delivered') then coalesce(sent_at, ${more.at ?? null}::timestamptz) else sent_at end,
      delivered_at = case when ${state} = 'delivered' then ${more.at ?? null}::timestamptz else delivered_at end
    where id = ${id}`)

// A code that was told, or never will be, is kept no longer.
const forgetSecrets = async (db: Db, { message_id, sealed }: Pick<Due, 'message_id' | 'sealed'>): Promise<void> => {
  if (!sealed) return
  await db.change(
    sql`update message_outbox set sealed = null where id = (select outbox_id from messages where id = ${message_id})`,
  )
  await db.change(sql`update messages set sealed = null where id = ${message_id}`)
}

// A family nobody could reach by wire is told on paper by the class teacher.
const fallBackToPaper = (
  db: Db,
  { message_id, sender_id, to_contact, kind }: Pick<Due, 'message_id' | 'sender_id' | 'to_contact' | 'kind'>,
) =>
  to_contact === null || findKind(kind)?.outsideOnly
    ? Promise.resolve(0)
    : db.change(sql`insert into message_deliveries (id, message_id, sender_id, channel)
        values (${uuidv7()}, ${message_id}, ${sender_id}, 'paper') on conflict (message_id, channel) do nothing`)

const failed = async (db: Db, due: Due, failure: ChannelFailure, now: Date): Promise<void> => {
  const pause = failure.final ? undefined : pauses[due.attempts - 1]
  if (pause === undefined) {
    await settle(db, due, 'failed', { error: failure.code })
    await forgetSecrets(db, due)
    await fallBackToPaper(db, due)
    return
  }
  await db.change(sql`update message_deliveries set state = 'waiting', last_error = ${failure.code},
    not_before = ${now}::timestamptz + make_interval(mins => ${pause}) where id = ${due.id}`)
}

const asFailure = (error: unknown): ChannelFailure => {
  if (error instanceof Failure) return error
  throw error
}

const sendOne = async (messaging: Messaging, due: Due): Promise<void> => {
  const { services, channels, now } = messaging
  const { door, secrets, log } = services
  const addressees = await door.asJob('importer', (db) => findAddressees(services, db, due, services.today()))
  const to = addressees.find(
    ({ personId, contactId }) => personId === due.to_person && (due.to_person !== null || contactId === due.to_contact),
  )
  const sealed = due.sealed ? (JSON.parse(secrets.open(due.sealed)) as MessageParams) : {}
  const { title, preview } = renderMessage(due.kind, { ...due.params, ...sealed })
  const channel = channels[due.channel]
  const withhold = (error: string) => door.asJob('importer', (db) => settle(db, due, 'withheld', { error }))
  // Asked once more at the last moment: a limit of contact may have been written down while it was held back.
  if (!to) return void (await withhold('not-to-be-contacted'))
  // Whatever an office wrote into its own packs is not said either; the attempt is on file beside who ordered it.
  const said = messaging.withheld?.some((word) => `${title}\n${preview}`.includes(word))
  if (said || whyNotShown({ title, preview })) {
    log.error({ part: 'messages', kind: due.kind }, 'a message that would label was withheld')
    await door.asJob('importer', async (db) => {
      await settle(db, due, 'withheld', { error: 'label-word' })
      const about = await db.first<{ scope: string }>(
        sql`select scope from students where id = ${due.about_student} limit 1`,
      )
      await audit(db, {
        actorId: due.sender_id,
        action: 'messages.deliver',
        outcome: 'refused',
        scope: about?.scope ?? '',
        subject: due.message_id,
        detail: {
          code: `guards.withheld-at-${due.channel === 'sms' || due.channel === 'mail' ? 'message' : 'webhook'}`,
        },
      })
    })
    return
  }
  try {
    if (!channel) throw new Failure('not-configured', true)
    const { ref, delivered } = await channel.send({
      id: due.id,
      title,
      text: preview,
      mobile: to.mobile,
      mail: to.mail,
    })
    await door.asJob('importer', async (db) => {
      await settle(db, due, delivered ? 'delivered' : 'sent', { ...(ref ? { ref } : {}), at: now() })
      await forgetSecrets(db, due)
    })
  } catch (error) {
    const failure = asFailure(error)
    await door.asJob('importer', (db) => failed(db, due, failure, now()))
  }
}

/** Sends what is due by its channels, each once; what fails is tried again later. Answers how many were tried. [G16] */
export const deliverDue = async (messaging: Messaging): Promise<number> => {
  const due = await messaging.services.door.asJob('importer', (db) => claim(db, messaging.now()))
  for (const one of due) await sendOne(messaging, one)
  return due.length
}

const askedForHours = 24

/** Asks the other side what became of what it accepted within the last day. */
export const followReceipts = async ({ services, channels, now }: Messaging): Promise<void> => {
  const { ask } = channels.sms ?? {}
  if (!ask) return
  const open = await services.door.asJob('importer', (db) =>
    db.rows<
      Due & { provider_ref: string }
    >(sql`select d.*, m.to_contact, m.kind from message_deliveries d join messages m on m.id = d.message_id
      where d.channel = 'sms' and d.state = 'sent' and d.provider_ref is not null
        and d.sent_at > ${now()}::timestamptz - make_interval(hours => ${askedForHours}) order by d.sent_at limit 100`),
  )
  for (const due of open) {
    const state = await ask(due.provider_ref).catch(() => 'under way' as const)
    if (state === 'under way') continue
    await services.door.asJob('importer', async (db) => {
      await settle(db, due, state, { at: now(), ...(state === 'failed' ? { error: 'not-delivered' } : {}) })
      if (state === 'failed') await fallBackToPaper(db, due)
    })
  }
}
