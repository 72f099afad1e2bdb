import { type listSlips as declared, type handOutSlips as handing, renderMessage } from '#contract/messages'
import { whyNotPermitted } from '#contract/people'
import { type AnswerOf, type BodyOf, notFound, type ParamsOf } from '#contract/platform'
import { type Actor, domainsOver, type Services, sql } from '#server/platform'
import { findAddressees } from './receivers.ts'

interface Child {
  readonly id: string
  readonly name: string
  readonly scope: string
}

interface Slip {
  readonly outbox_id: string
  readonly id: string
  readonly about_student: string
  readonly to_person: string | null
  readonly to_contact: string | null
  readonly to_name: string
  readonly kind: string
  readonly params: Record<string, string>
  readonly secrecy: number
  readonly at: string
}

const readClass = (services: Services, actor: Actor, unitId: string) =>
  services.door.asActor(actor, async (db, me) => {
    const unit = await db.first<{ name: string; path: string }>(sql`select name, path from units where id = ${unitId}`)
    if (!unit) throw notFound()
    const refusal = whyNotPermitted('messages.hand-out-slips', me.posts, unit.path)
    if (refusal) throw refusal
    const children = await db.rows<Child>(sql`select id, name, scope from students
      where scope >= ${unit.path} and scope < left(${unit.path}, -1) || '/' collate "C" and status in (1, 2) order by scope, name_order limit 2000`)
    return { unit, children, me }
  })

// Slips of children the person sees, whose matter lies in a domain the person sees over them.
const readSlips = async (services: Services, actor: Actor, unitId: string) => {
  const { unit, children, me } = await readClass(services, actor, unitId)
  const byId = new Map(children.map((child) => [child.id, child]))
  const slips = await services.door.asJob('importer', async (db) => {
    const rows =
      await db.rows<Slip>(sql`select d.id, m.outbox_id, m.about_student, m.to_person, m.to_contact, m.to_name, m.kind, m.params, m.secrecy,
        to_char(m.created_at, 'YYYY-MM-DD') as at
      from message_deliveries d join messages m on m.id = d.message_id
      where d.channel = 'paper' and d.state = 'waiting' and m.about_student = any(${[...byId.keys()]}::uuid[])
      order by m.created_at, d.id limit 200`)
    const kept: Slip[] = []
    // A limit of contact written down since then takes the slip out of the list.
    for (const row of rows) if ((await findAddressees(services, db, row, services.today())).length > 0) kept.push(row)
    return kept
  })
  const open = slips.filter((slip) => {
    const child = byId.get(slip.about_student)
    return child !== undefined && domainsOver(me, child.scope, child.id).has(slip.secrecy)
  })
  return { unit, byId, slips: open }
}

/** The neutral slips of a class that wait to be handed over. Refuses `platform.not-found`, `people.not-permitted`. [T6] */
export const listSlips = async (
  services: Services,
  actor: Actor,
  { unitId }: ParamsOf<typeof declared>,
): Promise<AnswerOf<typeof declared>> => {
  const { unit, byId, slips } = await readSlips(services, actor, unitId)
  return {
    unitName: unit.name,
    slips: slips.map(({ id, about_student, to_name: toName, kind, params, at }) => ({
      id,
      studentName: byId.get(about_student)?.name ?? '',
      toName,
      text: `${renderMessage(kind, params).preview.replace(',请登录同行查看', ',请与班主任联系')}`,
      at,
    })),
  }
}

/** Slips that were handed over. Only those in the person's own list count. Refuses as `listSlips`. */
export const handOutSlips = async (
  services: Services,
  actor: Actor,
  { unitId }: ParamsOf<typeof handing>,
  { ids }: BodyOf<typeof handing>,
): Promise<{ changed: number }> => {
  const { slips } = await readSlips(services, actor, unitId)
  const own = slips.map(({ id }) => id).filter((id) => ids.includes(id))
  const changed = await services.door.asJob('importer', (db) =>
    db.change(sql`update message_deliveries set state = 'delivered', sent_at = now(), delivered_at = now()
      where id = any(${own}::uuid[]) and state = 'waiting'`),
  )
  return { changed }
}
