import { type Flow, stateOf } from '#contract/flows'
import { type Actor, columnOf, domainsOver, type JsonShape, jsonRows } from '#server/platform'
import { at } from './box-statements.ts'
import type { Engine } from './engine.ts'

const unknown = Buffer.alloc(0)

const membersOf = (flow: Flow, state: string, move: string | undefined, told: boolean): Buffer => {
  const found = stateOf(flow, state)
  const members = {
    flow: flow.id,
    title: flow.neutralLabel,
    state,
    stateLabel: (told ? found?.told : found?.label) ?? state,
    moveLabel: move === undefined ? null : (flow.moves.find(({ id }) => id === move)?.label ?? move),
  }
  return Buffer.from(JSON.stringify(members).slice(1, -1))
}

/** What a line says of its procedure, state and move, by these three; empty where the procedure is not the engine's. */
type Kinds = (kind: string, told: boolean) => Buffer

const kindsOf = ({ procedures }: Engine): Kinds => {
  const known = { plain: new Map<string, Buffer>(), told: new Map<string, Buffer>() }
  return (kind, told) => {
    const made = told ? known.told : known.plain
    const before = made.get(kind)
    if (before) return before
    const [id, state = '', move] = kind.split(' ')
    const flow = procedures.find((one) => one.flow.id === id)?.flow
    const members = flow ? membersOf(flow, state, move, told) : unknown
    made.set(kind, members)
    return members
  }
}

const engines = new WeakMap<Engine, Kinds>()
const kindsOnce = (engine: Engine): Kinds => {
  const kinds = engines.get(engine) ?? kindsOf(engine)
  engines.set(engine, kinds)
  return kinds
}

const shapeWith = (kind: (column: string, row: Buffer) => Buffer): JsonShape => [
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
  ['unread', 'boolean'],
]

// School and case lead a row, both ids written in full.
const caseOf = (row: Buffer): string => row.toString('latin1', 6, 82)
const stepOf = (row: Buffer): string => columnOf(row, at.id) ?? ''

// Whoever asked but does not see the domain reads where it stands in plain words. [G3]
const seesState = (me: Actor, row: Buffer): boolean =>
  domainsOver(me, columnOf(row, at.scope) ?? '', columnOf(row, at.studentId) ?? '').has(
    Number(columnOf(row, at.secrecy)),
  )

/**
 * Writes rows of a box as lines in JSON. Two of my desks may hold the same case, which is one line; decisions taken in one
 * step stand with the student and are no cases of the engine.
 */
export const writeLines = (
  engine: Engine,
  me: Actor,
  box: 'todo' | 'done' | 'copies',
  rows: readonly Buffer[],
): Buffer => {
  const kinds = kindsOnce(engine)
  const keyOf = box === 'done' ? stepOf : caseOf
  const seen = new Set<string>()
  const lines = rows.filter((row) => {
    const key = keyOf(row)
    if (seen.has(key) || kinds(columnOf(row, at.kind) ?? '', false) === unknown) return false
    seen.add(key)
    return true
  })
  const shape = shapeWith((kind, row) => kinds(kind, box !== 'todo' && !seesState(me, row)))
  return jsonRows(shape)(lines)
}
