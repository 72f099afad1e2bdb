import { uuidv7 } from 'uuidv7'
import { type Flow, moveCase, openCase, type Verdict } from '#contract/flows'
import type { Child, Someone, World } from '../test-world.ts'
import { fillSample } from './fill-sample.ts'

/** Values of the fields a move asks for, and of the request; what a test fills in so that only who and when is left to ask. */
type Fields = Readonly<Record<string, string | number | boolean | number[]>>

/** How the table of one procedure is asked of a running server. */
export interface TableAsked {
  readonly world: World
  readonly flow: Flow
  /** The reviewed cells: `contract/<capability>/<flow>.verdicts.json`. */
  readonly cells: readonly Verdict[]
  /** One person for each role; whom nobody plays but time itself (`clock`) is named in `unasked`. */
  readonly people: Readonly<Record<string, Someone>>
  /** Puts a fresh case into a state by SQL as the owner and answers its id and school; version 1, due in the future. */
  readonly arrange: (state: string) => Promise<{ readonly schoolId: string; readonly caseId: string }>
  readonly fields?: Readonly<Record<string, Fields>>
  /** The request, where one filled in by its declaration would be refused for what it says. */
  readonly content?: Fields
}

/** A cell the server answered otherwise than the table. */
export interface Mismatch extends Verdict {
  readonly answered: string
}

const denials = ['flows.no-such-move', 'flows.not-your-post', 'flows.out-of-order', 'platform.not-found']

// Whoever passed the questions of post and order may make the move; a missing paper or field is another question.
const verdictOf = (status: number, code: string | undefined): string => {
  if (code !== undefined && denials.includes(code)) return code
  if (status === 500) return 'fault'
  if (code === 'platform.not-for-families') return 'platform.not-found'
  return 'may'
}

const agrees = (expected: string, answered: string): boolean =>
  expected === 'may' ? answered === 'may' : answered === expected || answered === 'platform.not-found'

/**
 * Asks a running server for every cell of a flow's table (state × move × role) but those of a case not yet open, and
 * answers the cells it sees otherwise. A denied cell may also be answered by "not found": who does not see a case learns
 * nothing of it. Every move that is granted gets a case of its own; denials of one state share one, which proves that a
 * denied move leaves it as it was.
 *
 * ```ts
 * const table = JSON.parse(readFileSync('contract/care/emergency-aid.verdicts.json', 'utf8')) as VerdictTable
 * const cells = cellsOf(table, postIds)
 * expect(verdictsOf(flow, postIds)).toEqual(cells)      // the file is the table; write it by JSON.stringify(tableOf(…))
 * expect(await askEveryCell({ world, flow, cells, people, arrange })).toEqual([])   // and the server
 * ```
 */
export const askEveryCell = async ({ world, cells, people, arrange, fields = {} }: TableAsked): Promise<Mismatch[]> => {
  const wrong: Mismatch[] = []
  for (const [state, those] of Map.groupBy(cells, (cell) => cell.state)) {
    if (state === 'none') continue
    const shared = await arrange(state)
    for (const cell of those) {
      const who = people[cell.role]
      if (!who) {
        // A role somebody adds is asked for or the table is not done.
        if (!(cell.role in unasked)) wrong.push({ ...cell, answered: 'nobody asked' })
        continue
      }
      const key = cell.verdict === 'may' ? await arrange(state) : shared
      const body = {
        stepId: uuidv7(),
        move: cell.move,
        version: 1,
        reason: '核对职权',
        fields: fields[cell.move] ?? {},
      }
      const { status, body: answer } = await world.call(who, moveCase, { params: { ...key }, body })
      const answered = verdictOf(status, answer.refusal?.code)
      if (!agrees(cell.verdict, answered)) wrong.push({ ...cell, answered })
    }
    const stands = await world.owner.query('select state, version from flow_cases where id = $1', [shared.caseId])
    const { state: now, version } = stands.rows[0] as { state: string; version: number }
    if (now !== state || version !== 1)
      wrong.push({
        state,
        move: '*',
        role: '*',
        verdict: 'a denied move changes nothing',
        answered: `${now} ${version}`,
      })
  }
  return wrong
}

/** What no request can ask, and where it is shown instead. */
export const unasked: Readonly<Record<string, string>> = {
  clock: 'time is nobody who signs in; server/flows/engine.test.ts and random-moves.test.ts let it run out',
}

/** Nobody stands in a relation to a case that is not there yet; whoever asks where nobody is named becomes its applicant. */
const onlyToCases = ['applicant', 'panel-member', 'panel-chair', 'assigned', 'clock']

/**
 * The cells of a case not open yet: every move tried as an opening by every role, each on a clean sheet. Whoever may opens
 * one; whoever may not is told why the table says so, or that there is nothing, and leaves no row.
 */
export const askOpenings = async (
  { world, flow, cells, people, fields = {}, content }: TableAsked,
  child: Child,
  aboutStudent: boolean,
): Promise<Mismatch[]> => {
  const wrong: Mismatch[] = []
  const openings = cells.filter(({ state }) => state === 'none')
  // Family asking for their child, and anybody where nobody is named, are the applicants of what they ask for.
  const applies = ({ role }: Verdict): boolean =>
    role !== 'stranger' && (!aboutStudent || role === 'guardian' || role === 'student')
  const asApplicant = ({ move }: Verdict) =>
    openings.find((one) => one.move === move && one.role === 'applicant')?.verdict ?? 'flows.no-such-move'
  for (const cell of openings) {
    const who = people[cell.role]
    if (onlyToCases.includes(cell.role)) continue
    if (!who) {
      wrong.push({ ...cell, answered: 'nobody asked' })
      continue
    }
    const id = uuidv7()
    const move = flow.moves.find((one) => one.id === cell.move)
    const { status, body } = await world.call(who, openCase, {
      params: { schoolId: child.schoolId },
      body: {
        id,
        flow: flow.id,
        move: cell.move,
        stepId: uuidv7(),
        studentId: aboutStudent ? child.id : null,
        content: content ?? fillSample(flow.form),
        fields: fields[cell.move] ?? fillSample(move?.fields),
        reason: '核对职权',
      },
    })
    const answered = status === 200 ? 'may' : (body.refusal?.code ?? String(status))
    const left = await forget(world, id)
    const allowed = [cell.verdict, ...(applies(cell) ? [asApplicant(cell)] : [])]
    const agreed = allowed.includes('may')
      ? answered === 'may' && left === 1
      : left === 0 && isDenial(allowed, answered)
    if (!agreed) wrong.push({ ...cell, answered })
  }
  return wrong
}

const isDenial = (expected: readonly string[], answered: string): boolean =>
  expected.includes(answered) || answered === 'platform.not-found' || answered === 'platform.not-for-families'

// What was opened is as if it had never been: the next to ask finds the same sheet.
const forget = async ({ owner }: World, caseId: string): Promise<number> => {
  for (const table of ['flow_tasks', 'flow_steps', 'flow_files'])
    await owner.query(`delete from ${table} where case_id = $1`, [caseId])
  return (await owner.query('delete from flow_cases where id = $1', [caseId])).rowCount ?? 0
}

/** Every move of the flow tried in every state by somebody who has nothing to do with it: answers those not denied. */
export const askOutsider = async (asked: TableAsked, outsider: Someone): Promise<Mismatch[]> => {
  const states = [...new Set(asked.cells.map(({ state }) => state))]
  const cells = states.flatMap((state) =>
    [...asked.flow.moves.map(({ id }) => id), 'a-move-nobody-listed'].map((move) => ({
      state,
      move,
      role: 'outsider',
      verdict: 'platform.not-found',
    })),
  )
  return askEveryCell({ ...asked, cells, people: { outsider } })
}
