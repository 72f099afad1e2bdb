import type { listBox as declared } from '#contract/flows'
import { type ParamsOf, type QueryOf, unpackCursor } from '#contract/platform'
import { type Actor, raw, type Statement, sql } from '#server/platform'
import { type BoxCounts, copiesStatement, countsStatement, mostCounted } from './count-boxes.ts'
import { desksOf } from './desks.ts'

type Box = ParamsOf<typeof declared>['box']
type Query = QueryOf<typeof declared>

/** A line as it is read; with the first page of what waits, what is counted stands in each. */
export interface BoxRow {
  readonly schoolId: string
  readonly caseId: string
  readonly flow: string
  readonly studentId: string | null
  readonly studentName: string | null
  readonly className: string | null
  readonly schoolName: string | null
  readonly scope: string
  readonly secrecy: number
  readonly state: string
  readonly version: number
  readonly dueAt: string | null
  readonly overdue: boolean
  readonly escalated: boolean
  readonly since: string
  readonly move: string | null
  readonly sort: string
  readonly id: string
  readonly todo?: number
  readonly late?: number
}

/** Lines on a page. */
export const pageSize = 50

// Conditions of the chosen procedure and state; texts are told apart so that each keeps its own plan.
const narrowed = (
  { flow, state }: Query,
  first: number,
): { readonly text: string; readonly values: readonly string[] } => {
  const asked = [...(flow ? [['flow', flow] as const] : []), ...(state ? [['state', state] as const] : [])]
  return {
    text: asked.map(([column], index) => ` and w.${column} = $${first + index}`).join(''),
    values: asked.map(([, value]) => value),
  }
}

const joined = `join flow_cases c on c.school_id = t.school_id and c.id = t.case_id
      left join students s on s.school_id = t.school_id and s.id = t.student_id
      left join units k on k.id = s.class_id left join units u on u.id = t.school_id`

const columns = `t.school_id as "schoolId", t.case_id as "caseId", t.flow, t.student_id as "studentId", s.name as "studentName",
      k.name as "className", u.name as "schoolName", c.state, c.version, t.due_at as "dueAt",
      coalesce(t.due_at < $4, false) as overdue, t.scope, c.secrecy, t.escalated_at is not null as escalated, t.opened_at as since,
      null as move, t.order_at as sort, t.id`

const kept = `w.school_id, w.case_id, w.flow, w.student_id, w.scope, w.due_at, w.escalated_at, w.opened_at, w.order_at, w.id`

// Read desk by desk along the index: each gives its first so many, and the first of all are the first of those.
const waiting = (rest: string, most: number): string => `
        select t.* from (
          select t.* from unnest($1::text[]) as d (desk) cross join lateral (
            select ${kept} from flow_tasks w where w.desk = d.desk and ${rest} order by w.order_at, w.id limit ${most}) t
          union all
          (select ${kept} from flow_tasks w where w.person_id = $2 and ${rest} order by w.order_at, w.id limit ${most})) t
        order by t.order_at, t.id limit ${most}`

// The first page and what is counted in one reading: the fifty lines are the first of the two hundred that are counted.
const firstWaiting = (me: Actor, now: Date): Statement => ({
  text: `with heap as materialized (${waiting('w.box = $3 and w.closed_at is null', mostCounted)}),
    tally as (select count(*)::int as todo, (count(*) filter (where due_at < $4))::int as late from heap),
    mine as materialized (select * from heap order by order_at, id limit ${pageSize}),
    line as (select ${columns} from mine t ${joined})
    select y.todo, y.late, l.* from tally y left join line l on true order by l.sort, l.id`,
  values: [desksOf(me), me.personId, 1, now],
})

const readWaiting = (me: Actor, box: Box, query: Query, now: Date): Statement => {
  const [sort, id] = query.after ? unpackCursor(query.after, 2) : ['-infinity', '00000000-0000-0000-0000-000000000000']
  const { text, values } = narrowed(query, 7)
  const rest = `w.box = $3 and w.closed_at is null and (w.order_at, w.id) > ($5::timestamptz, $6::uuid)${text}`
  return {
    text: `with mine as materialized (${waiting(rest, pageSize)})
    select ${columns} from mine t ${joined} order by t.order_at, t.id`,
    values: [desksOf(me), me.personId, box === 'copies' ? 2 : 1, now, sort, id, ...values],
  }
}

const readDone = (me: Actor, query: Query): Statement => {
  const [sort, id] = query.after ? unpackCursor(query.after, 2) : ['infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff']
  return sql`with mine as materialized (
      select p.* from flow_steps p where p.actor_id = ${me.personId} and (p.at, p.id) < (${sort}::timestamptz, ${id}::uuid)
        and (${query.flow ?? null}::text is null or p.flow = ${query.flow ?? null})
      order by p.at desc, p.id desc limit ${pageSize})
    select t.school_id as "schoolId", t.case_id as "caseId", t.flow, t.student_id as "studentId", s.name as "studentName",
      k.name as "className", u.name as "schoolName", c.state, c.version, c.due_at as "dueAt", t.scope, t.secrecy, false as overdue, false as escalated,
      t.at as since, t.move, t.at as sort, t.id
    from mine t ${raw(joined)}
    order by t.at desc, t.id desc`
}

/** A page of a box and what is counted over all boxes. */
export const boxStatements = (me: Actor, box: Box, query: Query, now: Date): readonly Statement[] => {
  if (box === 'todo' && !query.after && !query.flow && !query.state) return [firstWaiting(me, now), copiesStatement(me)]
  return [box === 'done' ? readDone(me, query) : readWaiting(me, box, query, now), countsStatement(me, now)]
}

/** Lines and counts out of what `boxStatements` read. */
export const readBox = (
  found: readonly object[],
  counted: readonly object[],
): { readonly rows: readonly BoxRow[]; readonly counts: BoxCounts } => {
  const [first] = found as readonly BoxRow[]
  const [counts] = counted as readonly BoxCounts[]
  if (first?.todo === undefined || first.late === undefined)
    return { rows: found as BoxRow[], counts: counts ?? { todo: 0, overdue: 0, copies: 0 } }
  return {
    // With nothing on the desk one row tells so.
    rows: (found as BoxRow[]).filter(({ id }) => id !== null),
    counts: { todo: first.todo, overdue: first.late, copies: counts?.copies ?? 0 },
  }
}
