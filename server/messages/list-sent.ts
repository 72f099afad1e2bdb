import { type listSent as declared, renderMessage } from '#contract/messages'
import type { AnswerOf, QueryOf } from '#contract/platform'
import { type Actor, type Services, sql } from '#server/platform'

const pageSize = 30

const labels: Readonly<Record<string, string>> = {
  sms: '短信',
  wecom: '企业微信',
  dingtalk: '钉钉',
  mail: '邮件',
  paper: '纸条',
}

const words: Readonly<Record<string, string>> = {
  waiting: '等待发出',
  sending: '正在发出',
  sent: '已发出',
  delivered: '已送到',
  failed: '没有送到',
  withheld: '没有发出',
}

interface Way {
  readonly channel: string
  readonly state: string
  readonly held: boolean
  readonly tries: number
}

const inWords = ({ channel, state, held, tries }: Way): string => {
  if (channel === 'paper') return state === 'delivered' ? '已转交' : '等待转交'
  if (state === 'waiting' && held) return '不打扰时段过后发出'
  if (state === 'waiting' && tries > 0) return `没有送到,稍后再试(已试 ${tries} 次)`
  return words[state] ?? state
}

interface Row {
  readonly id: string
  readonly kind: string
  readonly params: Record<string, string>
  readonly to_name: string
  readonly student_name: string | null
  readonly at: string
  readonly read_at: string | null
  readonly ways: Way[]
}

/** What I sent: how each way out ended, and when it was read. [G16] */
export const listSentByMe = async (
  { door }: Services,
  actor: Actor,
  { after, student }: QueryOf<typeof declared>,
): Promise<AnswerOf<typeof declared>> => {
  const rows = await door.readAsActor<Row>(
    actor,
    sql`select m.id, m.kind, m.params, m.to_name, s.name as student_name, to_json(m.created_at) #>> '{}' as at,
        to_json(m.read_at) #>> '{}' as read_at,
        coalesce((select json_agg(json_build_object('channel', d.channel, 'state', d.state, 'tries', d.attempts,
            'held', coalesce(d.held_until > now(), false)) order by d.channel)
          from message_deliveries d where d.message_id = m.id), '[]') as ways
      from messages m left join students s on s.school_id = m.about_school and s.id = m.about_student
      where m.sender_id = ${actor.personId} and (${student ?? null}::uuid is null or m.about_student = ${student ?? null})
        and (${after ?? null}::uuid is null or (m.created_at, m.id) < (select o.created_at, o.id from messages o where o.id = ${after ?? null}))
      order by m.created_at desc, m.id desc limit ${pageSize + 1}`,
  )
  const shown = rows.slice(0, pageSize)
  return {
    messages: shown.map(
      ({ id, kind, params, to_name: toName, student_name: studentName, at, read_at: readAt, ways }) => ({
        id,
        title: renderMessage(kind, params).title,
        toName,
        studentName,
        at,
        readAt,
        channels: ways.map((way) => ({
          channel: way.channel,
          label: labels[way.channel] ?? way.channel,
          state: way.state,
          words: inWords(way),
        })),
      }),
    ),
    after: rows.length > pageSize ? (shown.at(-1)?.id ?? null) : null,
  }
}
