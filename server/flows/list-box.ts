import { type listBox as declared, type Flow, stateOf } from '#contract/flows'
import { type AnswerOf, type ParamsOf, packCursor, type QueryOf } from '#contract/platform'
import { type Actor, domainsOver } from '#server/platform'
import { type BoxRow, boxStatements, pageSize, readBox } from './box-statements.ts'
import { seatStatement } from './desks.ts'
import type { Engine } from './engine.ts'
import { movesOffered } from './moves-offered.ts'
import { rolesOver } from './roles-over.ts'

type Answer = AnswerOf<typeof declared>
type Line = Answer['lines'][number]
type Box = ParamsOf<typeof declared>['box']
type Query = QueryOf<typeof declared>

// Whoever asked but does not see the domain reads where it stands in plain words. [G3]
const labelOf = (flow: Flow, me: Actor, row: BoxRow, box: Box): string => {
  const state = stateOf(flow, row.state)
  const sees = box === 'todo' || domainsOver(me, row.scope, row.studentId ?? '').has(row.secrecy)
  return (sees ? state?.label : state?.told) ?? row.state
}

const lineOf = (engine: Engine, me: Actor, row: BoxRow, box: Box): Line => {
  const { flow } = engine.procedureOf(row.flow)
  const { sort: _, id: __, scope: ___, secrecy: ____, todo: _____, late: ______, move, ...line } = row
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
export const listBox = async (
  engine: Engine,
  actor: Actor,
  { box }: ParamsOf<typeof declared>,
  query: Query,
): Promise<Answer> => {
  const now = engine.now()
  let me = actor
  const [, found = [], counted = []] = await engine.services.door.readAllAsActor(actor, (fresh) => {
    me = fresh
    return [seatStatement(fresh, true), ...boxStatements(fresh, box, query, now)]
  })
  const { rows, counts } = readBox(found, counted)
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
}
