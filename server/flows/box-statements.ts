import type { listBox as declared } from '#contract/flows'
import { type QueryOf, unpackCursor } from '#contract/platform'
import { type Actor, raw, type Statement, sql } from '#server/platform'
import { copiesText, countedTo } from './count-boxes.ts'
import { desksOf, readDeskByDesk } from './desks.ts'

type Query = QueryOf<typeof declared>

/**
 * Where a row holds what the program itself reads; in the order in which `linesWriter` writes. Behind the line stand, where
 * it waits, what is counted on the first page; else where it stands and how secret it is.
 */
export const at = {
  kind: 2,
  studentId: 3,
  dueAt: 8,
  since: 11,
  id: 13,
  todo: 14,
  late: 15,
  scope: 14,
  secrecy: 15,
} as const

/** Lines on a page. */
export const pageSize = 50

// Read desk by desk along the index: each gives its first so many, and the first of all are the first of those.
const waiting = (columns: string, rest: string, most: number, to: 'asc' | 'desc' = 'asc'): string => {
  const kept = columns.replaceAll(/\w+/g, 'w.$&')
  const order = (row: 't' | 'w'): string => `order by ${row}.order_at ${to}, ${row}.id ${to} limit ${most}`
  return `
        select t.* from (
          select t.* from unnest($1::text[]) as d (desk) cross join lateral (
            select ${kept} from flow_tasks w where w.desk = d.desk and ${rest} ${order('w')}) t
          union all
          (select ${kept} from flow_tasks w where w.person_id = $2 and ${rest} ${order('w')})) t
        ${order('t')}`
}

const named = `left join students s on s.school_id = t.school_id and s.id = t.student_id
      left join units k on k.id = s.class_id left join units u on u.id = t.school_id`

const todoKept = 'school_id, case_id, flow, state, version, student_id, due_at, escalated_at, opened_at, order_at, id'

// The case is not asked: it stands as it stood when it was laid on the desk.
const todoColumns = `t.school_id, t.case_id, t.flow || ' ' || t.state, t.student_id, s.name, k.name, coalesce(u.name, ''),
      t.version, t.due_at, t.order_at < $3, t.escalated_at is not null, t.opened_at, false, t.id`

/** Sits a person down at their desks for the statements sent behind it, and counts the copies they have not read. */
export const sitStatement = (me: Actor): Statement => ({
  text: `select case when length(set_config('app.desks', $1::text[]::text, true) || ${readDeskByDesk}) >= 0
      then ${copiesText} end as copies`,
  values: [desksOf(me), me.personId],
  plannedOnce: true,
})

const beginning = ['-infinity', '00000000-0000-0000-0000-000000000000'] as const
const end = ['infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff'] as const

// Conditions behind the cursor and of the chosen procedure and state; texts are told apart so that each keeps its own plan.
const furtherOf = (
  query: Query,
  to: '>' | '<' = '>',
): { readonly text: string; readonly values: readonly string[] } => {
  const [sort, id] = query.after ? unpackCursor(query.after, 2) : to === '>' ? beginning : end
  const asked = (['flow', 'state'] as const).flatMap((column) =>
    query[column] ? [[column, query[column]] as const] : [],
  )
  return {
    text: `w.closed_at is null and (w.order_at, w.id) ${to} ($4::timestamptz, $5::uuid)${asked.map(([column], index) => ` and w.${column} = $${6 + index}`).join('')}`,
    values: [sort, id, ...asked.map(([, value]) => value)] as string[],
  }
}

// The first page and what is counted in one reading: the fifty lines are the first of the hundred that are counted.
const firstTodoText = `select ${todoColumns}, t.todo, t.late
    from (select p.*, count(*) over () as todo, count(*) filter (where p.order_at < $3) over () as late
      from (${waiting(todoKept, 'w.box = 1 and w.closed_at is null', countedTo)}) p
      order by p.order_at, p.id limit ${pageSize}) t ${named}
    order by t.order_at, t.id`

/** Whether a page of what waits counts what it is the first of. */
export const isFirst = ({ after, flow, state }: Query): boolean => !after && !flow && !state

/** A page of what waits for a person. */
export const todoStatement = (me: Actor, query: Query, now: Date): Statement => {
  const known = [desksOf(me), me.personId, now]
  if (isFirst(query)) return { text: firstTodoText, values: known, asRow: true }
  const { text, values } = furtherOf(query)
  return {
    text: `select ${todoColumns} from (${waiting(todoKept, `w.box = 1 and ${text}`, pageSize)}) t ${named} order by t.order_at, t.id`,
    values: [...known, ...values],
    asRow: true,
  }
}

const copiesKept = 'school_id, case_id, flow, student_id, scope, due_at, escalated_at, opened_at, read_at, order_at, id'
const withCase = `join flow_cases c on c.school_id = t.school_id and c.id = t.case_id ${named}`
const ofCase = (kind: string): string =>
  `t.school_id, t.case_id, ${kind}, t.student_id, s.name, k.name, coalesce(u.name, ''), c.version`

/** A page of what a person was told, the latest first. */
export const copiesStatement = (me: Actor, query: Query, now: Date): Statement => {
  const { text, values } = furtherOf(query, '<')
  return {
    text: `with mine as materialized (${waiting(copiesKept, `w.box = 2 and ${text}`, pageSize, 'desc')})
    select ${ofCase(`t.flow || ' ' || c.state`)}, t.due_at, t.order_at < $3, t.escalated_at is not null, t.opened_at,
      t.read_at is null, t.id, t.scope, c.secrecy
    from mine t ${withCase} order by t.order_at desc, t.id desc`,
    values: [desksOf(me), me.personId, now, ...values],
    asRow: true,
  }
}

/** A page of what a person did. */
export const doneStatement = (me: Actor, query: Query): Statement => {
  const [before, id] = query.after ? unpackCursor(query.after, 2) : end
  const statement = sql`with mine as materialized (
      select p.school_id, p.case_id, p.id, p.flow, p.student_id, p.scope, p.secrecy, p.move, p.at from flow_steps p where p.actor_id = ${me.personId} and (p.at, p.id) < (${before}::timestamptz, ${id}::uuid)
        and (${query.flow ?? null}::text is null or p.flow = ${query.flow ?? null})
      order by p.at desc, p.id desc limit ${pageSize})
    select ${raw(ofCase(`t.flow || ' ' || c.state || ' ' || t.move`))}, c.due_at, false, false, t.at, false, t.id, t.scope, t.secrecy
    from mine t ${raw(withCase)}
    order by t.at desc, t.id desc`
  return { ...statement, asRow: true }
}
