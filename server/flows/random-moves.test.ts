import fc from 'fast-check'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { moveCase, openCase, stateOf } from '#contract/flows'
import { getAnnouncement } from '#contract/recognition'
import { type Child, openWorld, type Someone, type World } from '../test-world.ts'
import { keepClocks } from './keep-clocks.ts'
import type { Procedure } from './procedure.ts'
import { countedOff, layRandomCalendar, type RandomCalendar } from './random-calendar.fixture.ts'
import { type Cast, castOf, fieldsFor, sign } from './random-cast.fixture.ts'
import { strayTasks } from './stray-tasks.fixture.ts'

/** More by hand: `RANDOM_SEQUENCES=10000`; a failure is replayed with `RANDOM_SEED` and the seed printed. */
const sequences = Number(process.env.RANDOM_SEQUENCES ?? 60)
const seed = Number(process.env.RANDOM_SEED ?? Date.now() % 2_147_483_647)

let world: World
let cast: Cast
let procedures: readonly Procedure[]
let calendar: RandomCalendar
let now = new Date('2025-09-26T10:00:00+08:00')

const packs = [
  ['national', 'province'],
  ['jiangsu', 'province'],
  ['taizhou', 'city'],
] as const

beforeAll(async () => {
  // In a kindergarten nobody sits in judgement, so that applications go the whole way; sittings have sequences of their own.
  const firstSchool = seed % 2 === 0 ? { kind: 'primary', stage: 2 } : { kind: 'kindergarten', stage: 1 }
  world = await openWorld('2025-11-20', { now: () => now, lay: { packs, firstSchool } })
  cast = await castOf(world, async (who) => {
    const told = await world.call(who, getAnnouncement, { params: { schoolId: world.units.schoolA.id } })
    return told.body.lines[0]?.line ?? ''
  })
  procedures = world.program.engine.procedures
  calendar = await layRandomCalendar(world, seed)
})
afterAll(() => world.close())

interface Attempt {
  /** Takes a move of the present state and somebody it is for, as far as the cast goes; anybody and anything otherwise. */
  readonly aimed: boolean
  readonly actor: number
  readonly move: number
  readonly stale: boolean
  readonly twice: boolean
  readonly hours: number
}

const attempt: fc.Arbitrary<Attempt> = fc.record({
  aimed: fc.boolean(),
  actor: fc.nat(100),
  move: fc.nat(100),
  stale: fc.constantFrom(false, false, false, true),
  twice: fc.boolean(),
  hours: fc.constantFrom(0, 0, 1, 30, 200),
})

const pick = <T>(of: readonly T[], nth: number): T => of[nth % of.length] as T
const begin = async (procedure: Procedure, child: Child, nth: number): Promise<string | undefined> => {
  const { flow } = procedure
  const openings = flow.moves.filter(({ from }) => from.includes('none'))
  for (const opening of openings.map((_, shift) => pick(openings, nth + shift)))
    for (const who of cast.everybody) {
      const id = uuidv7()
      const answered = await world.call(who, openCase, {
        params: { schoolId: child.schoolId },
        body: {
          id,
          flow: flow.id,
          move: opening.id,
          stepId: uuidv7(),
          studentId: procedure.about === 'none' ? null : child.id,
          content: cast.requestFor(flow),
          fields: fieldsFor(opening),
          reason: '试一试',
        },
      })
      expect(answered.status, JSON.stringify(answered.body)).not.toBe(500)
      if (answered.status !== 200) continue
      if (answered.body.state === 'draft') await sign(world, who, child.schoolId, id)
      return id
    }
  return undefined
}

const chosen = ({ flow }: Procedure, state: string, one: Attempt) => {
  const fit = one.aimed ? flow.moves.filter(({ from }) => from.some((name) => name === state)) : []
  const move = pick(fit.length > 0 ? fit : flow.moves, one.move)
  const theirs = cast.everybody.filter((_, nth) => one.aimed && move.by.some((role) => role === cast.roles[nth]))
  return { move, who: pick(theirs.length > 0 ? theirs : cast.everybody, one.actor) }
}

const make = async (procedure: Procedure, schoolId: string, caseId: string, one: Attempt): Promise<number> => {
  now = new Date(now.getTime() + one.hours * 3_600_000)
  if (one.hours > 0) await keepClocks(world.program.engine)
  const { rows } = await world.owner.query<{ version: number; state: string }>(
    'select version, state from flow_cases where id = $1',
    [caseId],
  )
  const { move, who: first } = chosen(procedure, rows[0]?.state ?? 'none', one)
  const version = (rows[0]?.version ?? 1) + (one.stale ? 1 : 0)
  const send = (who: Someone) =>
    world.call(who, moveCase, {
      params: { schoolId, caseId },
      body: { stepId: uuidv7(), move: move.id, version, reason: '试一试', fields: fieldsFor(move) },
    })
  const both = await Promise.all([send(first), ...(one.twice ? [send(pick(cast.everybody, one.actor + 1))] : [])])
  for (const { status, body } of both) expect(status, JSON.stringify(body)).not.toBe(500)
  const made = both.filter(({ status }) => status === 200).length
  expect(made).toBeLessThanOrEqual(1)
  return made
}

interface StepRow {
  readonly number: number
  readonly move: string
  readonly from_state: string
  readonly to_state: string
}

const instantOf = (at: string | null): string | null => (at === null ? null : new Date(at).toISOString())

const check = async (procedure: Procedure, caseId: string): Promise<string> => {
  const found = await world.owner.query('select * from flow_cases where id = $1', [caseId])
  const standing = found.rows[0] as {
    state: string
    version: number
    place: string
    entered_at: string
    due_at: string | null
    closed_at: string | null
  }
  const steps = (
    await world.owner.query<StepRow>(
      'select number, move, from_state, to_state from flow_steps where case_id = $1 order by number',
      [caseId],
    )
  ).rows
  const names = Object.keys(procedure.flow.states)
  const state = stateOf(procedure.flow, standing.state)
  expect(state, standing.state).toBeDefined()
  // The history is whole and replays to the state.
  expect(steps.map(({ number }) => number)).toEqual(steps.map((_, index) => index + 1))
  expect(standing.version).toBe(steps.length)
  let at = 'none'
  for (const step of steps) {
    const move = procedure.flow.moves.find(({ id }) => id === step.move)
    expect(step.from_state).toBe(at)
    expect(move?.from).toContain(at)
    if (move?.to === 'next') expect(names.indexOf(step.to_state)).toBeGreaterThan(names.indexOf(at))
    else expect(step.to_state).toBe(move?.to)
    at = step.to_state
  }
  expect(standing.state).toBe(at)
  // No end is left, every clock is right, and what is open waits somewhere.
  for (const step of steps.slice(0, -1)) expect(stateOf(procedure.flow, step.to_state)?.final ?? false).toBe(false)
  expect(standing.closed_at !== null).toBe(state?.final === true)
  const ruled = stateOf(world.program.engine.ruledAt(procedure, standing.place).flow, standing.state)
  const entered = new Date(standing.entered_at)
  const works = (date: string) => calendar.works(standing.place, date)
  const clock = ruled?.clock
  const due = clock ? countedOff(clock.unit, clock.count, entered, works) : null
  expect(instantOf(standing.due_at)).toBe(due)
  // A clock that makes a move has made it once it ran out.
  if (due && clock && clock.whenOver !== 'escalate') expect(Date.parse(due)).toBeGreaterThan(now.getTime())
  const open = await world.owner.query<{ due_at: string | null; warn_at: string | null; escalated_at: string | null }>(
    'select due_at, warn_at, escalated_at from flow_tasks where case_id = $1 and box = 1 and closed_at is null',
    [caseId],
  )
  const early = clock?.warnBefore === undefined ? undefined : Math.max(clock.count - clock.warnBefore, 0)
  const warned = clock && early !== undefined ? countedOff(clock.unit, early, entered, works) : null
  for (const task of open.rows) {
    expect(instantOf(task.due_at)).toBe(due)
    // Whoever is brought in when time ran out is not warned that it will.
    if (task.escalated_at === null) expect(instantOf(task.warn_at)).toBe(warned)
  }
  expect((open.rowCount ?? 0) > 0).toBe(
    state?.final !== true && ((state?.desk ?? []).length > 0 || clock !== undefined),
  )
  // The inbox reads tasks alone: they say what their case says.
  expect(await strayTasks(world.owner)).toEqual([])
  return standing.state
}

describe('moves by anybody in any order', () => {
  test(`leave no state outside the table, no second decision, no wrong clock (seed ${seed})`, async ({ annotate }) => {
    const reached = new Set<string>()
    let [begun, moved] = [0, 0]
    await fc.assert(
      fc.asyncProperty(
        fc.nat(1_000),
        fc.nat(100),
        fc.array(attempt, { minLength: 2, maxLength: 12 }),
        async (nth, by, attempts) => {
          const procedure = pick(procedures, nth)
          const child = by % 5 === 0 ? cast.child : await world.child(world.units.classA1, '某人')
          const caseId = await begin(procedure, child, by)
          if (!caseId) return
          begun++
          for (const one of attempts) moved += await make(procedure, child.schoolId, caseId, one)
          reached.add(`${procedure.flow.id} ${await check(procedure, caseId)}`)
        },
      ),
      { numRuns: sequences, seed, endOnFailure: true },
    )
    const flows = new Set([...reached].map((one) => one.split(' ')[0]))
    await annotate(
      `${sequences} sequences: ${begun} begun, ${moved} moves made; ended in ${[...reached].sort().join(', ')}`,
    )
    // The run is worth something only if cases really began and went on.
    expect(begun).toBeGreaterThan(sequences / 2)
    expect(moved).toBeGreaterThan(begun / 2)
    if (sequences >= 500) expect(flows.size).toBe(procedures.length)
  }, 3_600_000)
})
