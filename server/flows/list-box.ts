import type { listBox as declared } from '#contract/flows'
import { type ParamsOf, packCursor, type QueryOf } from '#contract/platform'
import { type Actor, columnOf, type RawJson, type Statement } from '#server/platform'
import { writeLines } from './box-lines.ts'
import { at, copiesStatement, doneStatement, isFirst, pageSize, sitStatement, todoStatement } from './box-statements.ts'
import { bulkMovesFor } from './bulk-moves.ts'
import { type BoxCounts, countsStatement } from './count-boxes.ts'
import { seatStatement } from './desks.ts'
import type { Engine } from './engine.ts'

type Box = ParamsOf<typeof declared>['box']
type Query = QueryOf<typeof declared>

const statementsOf = (me: Actor, box: Box, query: Query, now: Date): readonly Statement[] => {
  if (box === 'todo')
    return [
      sitStatement(me),
      todoStatement(me, query, now),
      // The first page tells of itself how much there is.
      ...(isFirst(query) ? [] : [countsStatement(me, now)]),
    ]
  const page = box === 'done' ? doneStatement(me, query) : copiesStatement(me, query, now)
  return [seatStatement(me, true), page, countsStatement(me, now)]
}

const numberAt = (row: Buffer | undefined, column: number): number => (row ? Number(columnOf(row, column)) : 0)

const countsOf = (sat: readonly object[], [first]: readonly Buffer[], counted?: readonly object[]): BoxCounts => {
  if (counted) return (counted as readonly BoxCounts[])[0] ?? { todo: 0, overdue: 0, copies: 0 }
  const [unread] = sat as readonly Pick<BoxCounts, 'copies'>[]
  return { todo: numberAt(first, at.todo), overdue: numberAt(first, at.late), copies: unread?.copies ?? 0 }
}

const cursorAt = (row: Buffer | undefined, box: Box): string | null => {
  if (!row) return null
  const sort = columnOf(row, box === 'done' ? at.since : at.dueAt) ?? 'infinity'
  return packCursor([sort, columnOf(row, at.id) ?? ''])
}

/**
 * What waits for me (earliest due first), what I did (latest first), what I was told: fifty a page, with counts up to
 * ninety-nine, written from the rows as they came. Cases a person is shut out of are not there and not counted.
 */
export const listBox = async (
  engine: Engine,
  actor: Actor,
  { box }: ParamsOf<typeof declared>,
  query: Query,
): Promise<RawJson> => {
  const now = engine.now()
  let me = actor
  const [sat = [], found = [], counted] = await engine.services.door.readAllAsActor(actor, (fresh) => {
    me = fresh
    return statementsOf(fresh, box, query, now)
  })
  const rows = (found as readonly { readonly row: Buffer }[]).map(({ row }) => row)
  const bulkMoves = box === 'todo' ? bulkMovesFor(engine, me, query) : []
  const after = cursorAt(rows[pageSize - 1], box)
  return {
    rawJson: Buffer.concat([
      Buffer.from(`{"counts":${JSON.stringify(countsOf(sat, rows, counted))},"lines":[`),
      writeLines(engine, me, box, rows),
      Buffer.from(`],"after":${JSON.stringify(after)},"bulkMoves":${JSON.stringify(bulkMoves)}}`),
    ]),
  }
}
