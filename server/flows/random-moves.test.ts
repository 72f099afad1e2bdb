import fc from 'fast-check'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Move, moveCase, openCase, stateOf } from '#contract/flows'
import { type Child, openWorld, type Someone, type World } from '../test-world.ts'
import { fillSample } from './fill-sample.ts'
import { keepClocks } from './keep-clocks.ts'
import type { Procedure } from './procedure.ts'
import { countedOff, layRandomCalendar, type RandomCalendar } from './random-calendar.fixture.ts'

/** More by hand: `RANDOM_SEQUENCES=10000`; a failure is replayed with `RANDOM_SEED` and the seed printed. */
const sequences = Number(process.env.RANDOM_SEQUENCES ?? 60)
const seed = Number(process.env.RANDOM_SEED ?? Date.now() % 2_147_483_647)

let world: World
let cast: readonly Someone[]
let procedures: readonly Procedure[]
let calendar: RandomCalendar
let now = new Date('2025-09-26T10:00:00+08:00')

beforeAll(async () => {
  world = await openWorld('2025-11-20', { now: () => now })
  const { schoolA, schoolB, classA1, county } = world.units
  cast = [
    await world.someone('class-teacher', classA1),
    await world.someone('school-aid-officer', schoolA),
    await world.someone('principal', schoolA),
    await world.someone('leader-in-charge', schoolA),
    await world.someone('psychology-teacher', schoolA),
    await world.someone('county-aid-officer', county),
    await world.someone('county-leader', county),
    await world.someone('school-aid-officer', schoolB, '外校专干'),
  ]
  procedures = world.program.engine.procedures
  calendar = await layRandomCalendar(world, seed)
})
afterAll(() => world.close())

interface Attempt {
  readonly actor: number
  readonly move: number
  readonly stale: boolean
  readonly twice: boolean
  readonly hours: number
}

const attempt: fc.Arbitrary<Attempt> = fc.record({
  actor: fc.nat(100),
  move: fc.nat(100),
  stale: fc.boolean(),
  twice: fc.boolean(),
  hours: fc.constantFrom(0, 0, 1, 30, 200),
})

const someoneOf = (nth: number): Someone => cast[nth % cast.length] as Someone
const moveOf = ({ flow }: Procedure, nth: number): Move => flow.moves[nth % flow.moves.length] as Move

const begin = async (procedure: Procedure, child: Child): Promise<string | undefined> => {
  for (const opening of procedure.flow.moves.filter(({ from }) => from.includes('none')))
    for (const who of cast) {
      const id = uuidv7()
      const answered = await world.call(who, openCase, {
        params: { schoolId: child.schoolId },
        body: {
          id,
          flow: procedure.flow.id,
          move: opening.id,
          stepId: uuidv7(),
          studentId: procedure.about === 'none' ? null : child.id,
          content: fillSample(procedure.flow.form),
          fields: fillSample(opening.fields),
          reason: '试一试',
        },
      })
      expect(answered.status, JSON.stringify(answered.body)).not.toBe(500)
      if (answered.status === 200) return id
    }
  return undefined
}

const make = async (procedure: Procedure, schoolId: string, caseId: string, one: Attempt): Promise<void> => {
  now = new Date(now.getTime() + one.hours * 3_600_000)
  if (one.hours > 0) await keepClocks(world.program.engine)
  const { rows } = await world.owner.query<{ version: number }>('select version from flow_cases where id = $1', [
    caseId,
  ])
  const move = moveOf(procedure, one.move)
  const version = (rows[0]?.version ?? 1) + (one.stale ? 1 : 0)
  const send = (who: Someone) =>
    world.call(who, moveCase, {
      params: { schoolId, caseId },
      body: { stepId: uuidv7(), move: move.id, version, reason: '试一试', fields: fillSample(move.fields) },
    })
  const both = await Promise.all([send(someoneOf(one.actor)), ...(one.twice ? [send(someoneOf(one.actor + 1))] : [])])
  for (const { status, body } of both) expect(status, JSON.stringify(body)).not.toBe(500)
  expect(both.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1)
}

interface StepRow {
  readonly number: number
  readonly move: string
  readonly from_state: string
  readonly to_state: string
}

const instantOf = (at: string | null): string | null => (at === null ? null : new Date(at).toISOString())

const check = async (procedure: Procedure, caseId: string): Promise<void> => {
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
  expect((open.rowCount ?? 0) > 0).toBe(state?.final !== true && (state?.desk ?? []).length > 0)
}

describe('moves by anybody in any order', () => {
  test(`leave no state outside the table, no second decision, no wrong clock (seed ${seed})`, async () => {
    const children = [...world.children.a1, ...world.children.a2]
    const begun = new Map<string, number>()
    await fc.assert(
      fc.asyncProperty(
        fc.nat(1_000),
        fc.nat(1_000),
        fc.array(attempt, { maxLength: 8 }),
        async (nth, who, attempts) => {
          const procedure = procedures[nth % procedures.length] as Procedure
          const child = children[who % children.length] as Child
          const caseId = await begin(procedure, child)
          if (!caseId) return
          begun.set(procedure.flow.id, (begun.get(procedure.flow.id) ?? 0) + 1)
          for (const one of attempts) await make(procedure, child.schoolId, caseId, one)
          await check(procedure, caseId)
        },
      ),
      { numRuns: sequences, seed, endOnFailure: true },
    )
    // The run is worth something only if cases really began.
    expect(begun.size).toBeGreaterThan(1)
  }, 3_600_000)
})
