import {
  type countUnread as counted,
  type listMessages as declared,
  kindsOutsideOnly,
  renderMessage,
} from '#contract/messages'
import type { AnswerOf, QueryOf } from '#contract/platform'
import { type Actor, type Services, sql } from '#server/platform'

const pageSize = 30
const mostCounted = 100

interface Row {
  readonly id: string
  readonly kind: string
  readonly params: Record<string, string>
  readonly link: string | null
  readonly urgent: boolean
  readonly at: string
  readonly sender_name: string | null
  readonly read: boolean
}

/** My messages with their words, the newest first. [G16] */
export const listMine = async (
  { door }: Services,
  actor: Actor,
  { after }: QueryOf<typeof declared>,
): Promise<AnswerOf<typeof declared>> => {
  const rows = await door.readAsActor<Row>(
    actor,
    sql`select m.id, m.kind, m.params, m.link, m.urgent, to_json(m.created_at) #>> '{}' as at, m.sender_name,
        m.read_at is not null as read
      from messages m where m.to_person = ${actor.personId} and m.kind <> all(${kindsOutsideOnly}::text[])
        and (${after ?? null}::uuid is null or (m.created_at, m.id) < (select o.created_at, o.id from messages o where o.id = ${after ?? null}))
      order by m.created_at desc, m.id desc limit ${pageSize + 1}`,
  )
  const shown = rows.slice(0, pageSize)
  return {
    messages: shown.map(({ id, kind, params, link, urgent, at, sender_name, read }) => {
      const { title, body } = renderMessage(kind, params)
      return { id, title, body, link, urgent, at, from: sender_name, read }
    }),
    after: rows.length > pageSize ? (shown.at(-1)?.id ?? null) : null,
  }
}

/** How many wait unread, at most 100. */
export const countMine = async ({ door }: Services, actor: Actor): Promise<AnswerOf<typeof counted>> => {
  const [row] = await door.readAsActor<{ unread: number }>(
    actor,
    sql`select count(*)::int as unread from (select 1 from messages
      where to_person = ${actor.personId} and read_at is null and kind <> all(${kindsOutsideOnly}::text[]) limit ${mostCounted}) m`,
  )
  return { unread: row?.unread ?? 0 }
}
