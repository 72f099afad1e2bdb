import { type listBox as declared, type Flow, stateOf } from '#contract/flows'
import { type AnswerOf, type ParamsOf, packCursor, type QueryOf, unpackCursor } from '#contract/platform'
import { type Actor, type Db, domainsOver, sql } from '#server/platform'
import { readCounts } from './count-boxes.ts'
import { desksOf, seat } from './desks.ts'
import type { Engine } from './engine.ts'
import { movesOffered } from './moves-offered.ts'
import { rolesOver } from './roles-over.ts'

type Answer = AnswerOf<typeof declared>
type Line = Answer['lines'][number]
type Box = ParamsOf<typeof declared>['box']
type Query = QueryOf<typeof declared>

interface Row {
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
}

const pageSize = 50

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

// Read desk by desk along the index: each gives its first page, and the page of all is the first of those.
const readWaiting = (db: Db, me: Actor, box: Box, query: Query, now: Date): Promise<Row[]> => {
  const [sort, id] = query.after ? unpackCursor(query.after, 2) : ['-infinity', '00000000-0000-0000-0000-000000000000']
  const { text, values } = narrowed(query, 7)
  const page = `w.box = $3 and w.closed_at is null and (w.order_at, w.id) > ($4::timestamptz, $5::uuid)${text}
          order by w.order_at, w.id limit ${pageSize}`
  return db.rows<Row>({
    text: `with mine as materialized (
      select t.* from (
        select t.* from unnest($1::text[]) as d (desk) cross join lateral (
          select w.* from flow_tasks w where w.desk = d.desk and ${page}) t
        union all
        (select w.* from flow_tasks w where w.person_id = $2 and ${page})) t
      order by t.order_at, t.id limit ${pageSize})
    select t.school_id as "schoolId", t.case_id as "caseId", t.flow, t.student_id as "studentId", s.name as "studentName",
      k.name as "className", u.name as "schoolName", c.state, c.version, t.due_at as "dueAt",
      coalesce(t.due_at < $6, false) as overdue, t.scope, c.secrecy, t.escalated_at is not null as escalated, t.opened_at as since,
      null as move, t.order_at as sort, t.id
    from mine t join flow_cases c on c.school_id = t.school_id and c.id = t.case_id
      left join students s on s.school_id = t.school_id and s.id = t.student_id
      left join units k on k.id = s.class_id left join units u on u.id = t.school_id
    order by t.order_at, t.id`,
    values: [desksOf(me), me.personId, box === 'copies' ? 2 : 1, sort, id, now, ...values],
  })
}

const readDone = (db: Db, me: Actor, query: Query): Promise<Row[]> => {
  const [sort, id] = query.after ? unpackCursor(query.after, 2) : ['infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff']
  return db.rows<Row>(sql`with mine as materialized (
      select p.* from flow_steps p where p.actor_id = ${me.personId} and (p.at, p.id) < (${sort}::timestamptz, ${id}::uuid)
        and (${query.flow ?? null}::text is null or p.flow = ${query.flow ?? null})
      order by p.at desc, p.id desc limit ${pageSize})
    select p.school_id as "schoolId", p.case_id as "caseId", p.flow, p.student_id as "studentId", s.name as "studentName",
      k.name as "className", u.name as "schoolName", c.state, c.version, c.due_at as "dueAt", p.scope, p.secrecy, false as overdue, false as escalated,
      p.at as since, p.move, p.at as sort, p.id
    from mine p join flow_cases c on c.school_id = p.school_id and c.id = p.case_id
      left join students s on s.school_id = p.school_id and s.id = p.student_id
      left join units k on k.id = s.class_id left join units u on u.id = p.school_id
    order by p.at desc, p.id desc`)
}

// Whoever asked but does not see the domain reads where it stands in plain words. [G3]
const labelOf = (flow: Flow, me: Actor, row: Row, box: Box): string => {
  const state = stateOf(flow, row.state)
  const sees = box === 'todo' || domainsOver(me, row.scope, row.studentId ?? '').has(row.secrecy)
  return (sees ? state?.label : state?.told) ?? row.state
}

const lineOf = (engine: Engine, me: Actor, row: Row, box: Box): Line => {
  const { flow } = engine.procedureOf(row.flow)
  const { sort: _, id: __, scope: ___, secrecy: ____, move, ...line } = row
  return {
    ...line,
    schoolName: row.schoolName ?? '',
    title: flow.neutralLabel,
    stateLabel: labelOf(flow, me, row, box),
    moveLabel: move === null ? null : (flow.moves.find((one) => one.id === move)?.label ?? move),
  }
}

// One flow and one state chosen: what may be done with many lines at once, asked of the first, whose place stands for the list.
const bulkMovesFor = (engine: Engine, me: Actor, query: Query): Answer['bulkMoves'] => {
  if (!query.flow || !query.state) return []
  const procedure = engine.procedureOf(query.flow)
  const mine = me.posts.flatMap((post) =>
    movesIn(engine.ruledAt(procedure, post.unitPath).flow, me, post.unitPath, query.state as string, engine),
  )
  return [...new Map(mine.map((move) => [move.id, move])).values()]
}

const movesIn = (flow: Flow, me: Actor, place: string, state: string, engine: Engine): Answer['bulkMoves'] => {
  const standing = {
    place,
    state,
    studentId: null,
    applicantId: null,
    openedBy: '',
    assigned: [],
    desks: [],
    excluded: [],
  }
  const roles = rolesOver(flow, me, standing, engine.relationsOver)
  const bulk = new Set(flow.moves.filter((move) => move.bulk).map(({ id }) => id))
  return movesOffered(flow, { state, roles, met: flow.moves.flatMap(({ needs = [] }) => [...needs]) })
    .filter(({ id }) => bulk.has(id))
    .map(({ id, label, needsReason }) => ({ id, label, needsReason }))
}

/**
 * What waits for me (earliest due first), what I did (latest first), what I was told: fifty a page, with counts up to two
 * hundred. Cases a person is shut out of are not there and not counted.
 */
export const listBox = (
  engine: Engine,
  actor: Actor,
  { box }: ParamsOf<typeof declared>,
  query: Query,
): Promise<Answer> =>
  engine.services.door.asActor(actor, async (db, fresh, end) => {
    const now = engine.now()
    // The desk's index gives the order; guessing how many rows a policy lets through, the planner would fetch them all
    // and sort. Planned once: planning costs more than reading fifty lines.
    const planned =
      db.rows(sql`select set_config('enable_bitmapscan', 'off', true), set_config('enable_sort', 'off', true),
      set_config('plan_cache_mode', 'force_generic_plan', true)`)
    const sent = [
      seat(db, fresh),
      planned,
      box === 'done' ? readDone(db, fresh, query) : readWaiting(db, fresh, box, query, now),
      readCounts(db, fresh, now),
    ] as const
    end()
    const [me, , rows, counts] = await Promise.all(sent)
    const last = rows.at(-1)
    return {
      counts,
      // Two of my desks may hold the same case.
      lines: [
        ...new Map(
          rows
            // Decisions taken in one step stand with the student and are no cases of the engine.
            .filter(({ flow }) => engine.procedures.some((known) => known.flow.id === flow))
            .map((row) => [box === 'done' ? row.id : `${row.schoolId} ${row.caseId}`, lineOf(engine, me, row, box)]),
        ).values(),
      ],
      after: rows.length === pageSize && last ? packCursor([last.sort, last.id]) : null,
      bulkMoves: box === 'todo' ? bulkMovesFor(engine, me, query) : [],
    }
  })
