import { type listBox as declared, type Flow, stateOf } from '#contract/flows'
import { packCursor, type QueryOf } from '#contract/platform'
import { type Actor, columnOf, type JsonShape, jsonRows, type RawJson } from '#server/platform'
import { isFirst, pageSize, sitStatement, todoAt, todoStatement } from './box-statements.ts'
import { bulkMovesFor } from './bulk-moves.ts'
import { type BoxCounts, countsStatement } from './count-boxes.ts'
import type { Engine } from './engine.ts'

type Query = QueryOf<typeof declared>

const unknown = Buffer.alloc(0)

const membersOf = (flow: Flow, state: string): Buffer => {
  const members = {
    flow: flow.id,
    title: flow.neutralLabel,
    state,
    stateLabel: stateOf(flow, state)?.label ?? state,
    moveLabel: null,
  }
  return Buffer.from(JSON.stringify(members).slice(1, -1))
}

interface Written {
  /** What a line says of its procedure and state; empty where the procedure is not the engine's. */
  readonly kind: (column: string) => Buffer
  readonly lines: (rows: readonly Buffer[]) => Buffer
}

// In the order of the statement's columns.
const writtenBy = ({ procedures }: Engine): Written => {
  const known = new Map<string, Buffer>()
  const read = (column: string): Buffer => {
    const [id, state = ''] = column.split(' ')
    const flow = procedures.find((one) => one.flow.id === id)?.flow
    return flow ? membersOf(flow, state) : unknown
  }
  const kind = (column: string): Buffer => {
    const members = known.get(column) ?? read(column)
    known.set(column, members)
    return members
  }
  const todoShape: JsonShape = [
    ['schoolId', 'quoted'],
    ['caseId', 'quoted'],
    kind,
    ['studentId', 'quoted'],
    ['studentName', 'text'],
    ['className', 'text'],
    ['schoolName', 'text'],
    ['version', 'number'],
    ['dueAt', 'quoted'],
    ['overdue', 'boolean'],
    ['escalated', 'boolean'],
    ['since', 'quoted'],
  ]
  return { kind, lines: jsonRows(todoShape) }
}

const writers = new WeakMap<Engine, Written>()
const writtenOnce = (engine: Engine): Written => {
  const written = writers.get(engine) ?? writtenBy(engine)
  writers.set(engine, written)
  return written
}

// School and case lead a row, both ids written in full.
const caseOf = (row: Buffer): string => row.toString('latin1', 6, 82)

// Two of my desks may hold the same case. Decisions taken in one step stand with the student and are no cases of the engine.
const linesOf = (rows: readonly Buffer[], kind: Written['kind']): Buffer[] => {
  const seen = new Set<string>()
  return rows.filter((row) => {
    const id = caseOf(row)
    if (seen.has(id) || kind(columnOf(row, 2) ?? '') === unknown) return false
    seen.add(id)
    return true
  })
}

const numberAt = (row: Buffer | undefined, column: number): number => (row ? Number(columnOf(row, column)) : 0)

/** A page of what waits, written from the rows as they came; the first tells of itself how much there is. */
export const listTodo = async (engine: Engine, actor: Actor, query: Query): Promise<RawJson> => {
  const now = engine.now()
  let me = actor
  const [sat = [], found = [], counted = []] = await engine.services.door.readAllAsActor(actor, (fresh) => {
    me = fresh
    return [
      sitStatement(fresh),
      todoStatement(fresh, query, now),
      ...(isFirst(query) ? [] : [countsStatement(fresh, now)]),
    ]
  })
  const [copies] = sat as { copies: number }[]
  const rows = (found as { row: Buffer }[]).map(({ row }) => row)
  const [first] = rows
  const counts: BoxCounts = isFirst(query)
    ? { todo: numberAt(first, todoAt.todo), overdue: numberAt(first, todoAt.late), copies: copies?.copies ?? 0 }
    : ((counted as BoxCounts[])[0] ?? { todo: 0, overdue: 0, copies: 0 })
  const last = rows[pageSize - 1]
  const after = last ? packCursor([columnOf(last, todoAt.dueAt) ?? 'infinity', columnOf(last, todoAt.id) ?? '']) : null
  const { kind, lines } = writtenOnce(engine)
  return {
    rawJson: Buffer.concat([
      Buffer.from(`{"counts":${JSON.stringify(counts)},"lines":[`),
      lines(linesOf(rows, kind)),
      Buffer.from(`],"after":${JSON.stringify(after)},"bulkMoves":${JSON.stringify(bulkMovesFor(engine, me, query))}}`),
    ]),
  }
}
