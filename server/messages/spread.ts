import { uuidv7 } from 'uuidv7'
import { endOfQuiet, findKind, type MessageKind, usualQuietHours } from '#contract/messages'
import { pathsAbove } from '#contract/organisations'
import { type Db, sql } from '#server/platform'
import type { ChannelName, Channels } from './channels/channel.ts'
import type { Messaging } from './messaging.ts'
import { type Addressed, type Addressee, findAddressees } from './receivers.ts'

interface Order extends Addressed {
  readonly id: string
  readonly about_school: string | null
  readonly secrecy: number
  readonly kind: string
  readonly urgent: boolean
  readonly params: Record<string, string>
  readonly sealed: Buffer | null
  readonly link: string | null
  readonly sender_id: string | null
  readonly sender_name: string | null
  readonly place: string
  readonly place_name: string | null
}

const batch = 100

// The school it is about, else where the receiver belongs: its name stands in the text, its hours are kept.
const takeOrders = (db: Db): Promise<Order[]> =>
  db.rows<Order>(sql`select o.id, o.id as outbox_id, o.to_person, o.to_contact, o.about_school, o.about_student, o.secrecy, o.kind, o.urgent, o.params,
      o.sealed, o.link, o.sender_id, p.name as sender_name, coalesce(u.path, h.path, f.scope, '') as place, coalesce(u.name, h.name, fu.name) as place_name
    from message_outbox o left join people p on p.id = o.sender_id
      left join units u on u.id = o.about_school
      left join people r on r.id = o.to_person left join units h on h.id = r.home_unit_id
      left join family_members f on f.id = o.to_person left join units fu on fu.path = f.scope
    where o.spread_at is null order by o.created_at limit ${batch} for update of o skip locked`)

/** The ways to tell this receiver outside the program, in the order they are preferred. */
export const waysOut = (kind: MessageKind, to: Addressee, channels: Channels): (ChannelName | 'paper')[] => {
  if (!kind.outside) return []
  const mail: ChannelName[] = channels.mail && to.mail ? ['mail'] : []
  if (!to.family) return [...(['wecom', 'dingtalk'] as const).filter((name) => channels[name] && to.mobile), ...mail]
  const found: ChannelName[] = [...(channels.sms && to.mobile ? (['sms'] as const) : []), ...mail]
  if (found.length > 0 || kind.outsideOnly) return found
  return ['paper']
}

const quietHoursAt = async (db: Db, path: string) => {
  const row = await db.first<{
    from_minute: number
    until_minute: number
  }>(sql`select from_minute, until_minute from quiet_hours
    where unit_path = any(${[path, ...pathsAbove(path)]}::text[]) order by length(unit_path) desc limit 1`)
  return row ? { fromMinute: row.from_minute, untilMinute: row.until_minute } : usualQuietHours
}

const addMessage = async (db: Db, order: Order, to: Addressee): Promise<string | undefined> => {
  const params = { ...order.params, unit: order.place_name ?? '学校', teacher: order.sender_name ?? '学校' }
  const row = await db.first<{
    id: string
  }>(sql`insert into messages (id, outbox_id, to_person, to_contact, to_name, about_school,
      about_student, secrecy, kind, urgent, params, sealed, link, sender_id, sender_name)
    values (${uuidv7()}, ${order.id}, ${to.personId}, ${to.contactId}, ${to.name}, ${order.about_school}, ${order.about_student},
      ${order.secrecy}, ${order.kind}, ${order.urgent}, ${JSON.stringify(params)}, ${order.sealed}, ${order.link},
      ${order.sender_id}, ${order.sender_name})
    on conflict do nothing returning id`)
  return row?.id
}

const spreadOne = async (messaging: Messaging, db: Db, order: Order): Promise<void> => {
  const { services, channels, now } = messaging
  const kind = findKind(order.kind)
  if (!kind) return
  const held = order.urgent ? null : endOfQuiet(now(), await quietHoursAt(db, order.place))
  for (const to of await findAddressees(services, db, order, services.today())) {
    const messageId = await addMessage(db, order, to)
    if (!messageId) continue
    for (const channel of waysOut(kind, to, channels))
      await db.change(sql`insert into message_deliveries (id, message_id, sender_id, channel, held_until)
        values (${uuidv7()}, ${messageId}, ${order.sender_id}, ${channel}, ${channel === 'paper' ? null : held})`)
  }
}

/**
 * Turns what was ordered into one message per receiver with the channels each has; done twice it changes nothing. What
 * may be read in the program is there at once: quiet hours hold back only what makes a sound. Answers how many orders.
 */
export const spreadOrders = (messaging: Messaging): Promise<number> =>
  messaging.services.door.asJob('importer', async (db) => {
    const orders = await takeOrders(db)
    for (const order of orders) await spreadOne(messaging, db, order)
    await db.change(
      sql`update message_outbox set spread_at = now() where id = any(${orders.map(({ id }) => id)}::uuid[])`,
    )
    return orders.length
  })
