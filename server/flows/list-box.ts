import { type listBox as declared, type Flow, stateOf } from '#contract/flows'
import { type AnswerOf, type ParamsOf, packCursor, type QueryOf } from '#contract/platform'
import { type Actor, domainsOver, type RawJson } from '#server/platform'
import { type BoxRow, copiesStatement, doneStatement, pageSize } from './box-statements.ts'
import { type BoxCounts, countsStatement } from './count-boxes.ts'
import { seatStatement } from './desks.ts'
import type { Engine } from './engine.ts'
import { listTodo } from './list-todo.ts'

type Answer = AnswerOf<typeof declared>
type Line = Answer['lines'][number]
type Query = QueryOf<typeof declared>

// Whoever asked but does not see the domain reads where it stands in plain words. [G3]
const labelOf = (flow: Flow, me: Actor, row: BoxRow): string => {
  const state = stateOf(flow, row.state)
  const sees = domainsOver(me, row.scope, row.studentId ?? '').has(row.secrecy)
  return (sees ? state?.label : state?.told) ?? row.state
}

const lineOf = (engine: Engine, me: Actor, row: BoxRow): Line => {
  const { flow } = engine.procedureOf(row.flow)
  const { sort: _, id: __, scope: ___, secrecy: ____, move, ...line } = row
  return {
    ...line,
    schoolName: row.schoolName ?? '',
    title: flow.neutralLabel,
    stateLabel: labelOf(flow, me, row),
    moveLabel: move === null ? null : (flow.moves.find((one) => one.id === move)?.label ?? move),
  }
}

/**
 * What waits for me (earliest due first), what I did (latest first), what I was told: fifty a page, with counts up to
 * ninety-nine. Cases a person is shut out of are not there and not counted.
 */
export const listBox = async (
  engine: Engine,
  actor: Actor,
  { box }: ParamsOf<typeof declared>,
  query: Query,
): Promise<Answer | RawJson> => {
  if (box === 'todo') return listTodo(engine, actor, query)
  const now = engine.now()
  let me = actor
  const [, found = [], counted = []] = await engine.services.door.readAllAsActor(actor, (fresh) => {
    me = fresh
    return [
      seatStatement(fresh, true),
      box === 'done' ? doneStatement(fresh, query) : copiesStatement(fresh, query, now),
      countsStatement(fresh, now),
    ]
  })
  const rows = found as readonly BoxRow[]
  const [counts = { todo: 0, overdue: 0, copies: 0 }] = counted as readonly BoxCounts[]
  const last = rows.at(-1)
  return {
    counts,
    // Two of my desks may hold the same case.
    lines: [
      ...new Map(
        rows
          // Decisions taken in one step stand with the student and are no cases of the engine.
          .filter(({ flow }) => engine.procedures.some((known) => known.flow.id === flow))
          .map((row) => [box === 'done' ? row.id : `${row.schoolId} ${row.caseId}`, lineOf(engine, me, row)]),
      ).values(),
    ],
    after: rows.length === pageSize && last ? packCursor([last.sort, last.id]) : null,
    bulkMoves: [],
  }
}
