import fc from 'fast-check'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  castVote,
  closePanel,
  convenePanel,
  decideTie,
  markPresence,
  openCase,
  panelResult,
  standAside,
} from '#contract/flows'
import { type Child, openWorld, type Someone, type World } from '../test-world.ts'
import { judged, judgedRule } from './judged.fixture.ts'
import { asideOf, getPanelFor, readAsides, readBallots, readSeats } from './panel-held.ts'

/** More by hand: `RANDOM_SEQUENCES=10000`; a failure is replayed with `RANDOM_SEED` and the seed printed. */
const sequences = Number(process.env.RANDOM_SEQUENCES ?? 40)
const seed = Number(process.env.RANDOM_SEED ?? Date.now() % 2_147_483_647)

let world: World
let children: readonly Child[]
let cast: readonly Someone[]

beforeAll(async () => {
  world = await openWorld('2025-11-20', { procedures: [judged] })
  children = world.children.a1
  const { classA1, schoolA, schoolB } = world.units
  cast = [
    await world.someone('class-teacher', classA1, '王老师'),
    await world.someone('teacher', schoolA, '李老师'),
    await world.someone('teacher', schoolA, '周老师'),
    // Never on the panel: what they try must come to nothing.
    await world.someone('teacher', schoolA, '吴老师'),
    await world.someone('class-teacher', schoolB, '外校老师'),
  ]
})
afterAll(() => world.close())

const members = 3

interface Act {
  readonly kind: 'vote' | 'present' | 'aside' | 'close' | 'tie'
  readonly who: number
  readonly seat: number
  readonly nth: number
  readonly choice: number | null
  readonly mask: number
  readonly twice: boolean
}

const act: fc.Arbitrary<Act> = fc.record({
  kind: fc.constantFrom('vote', 'vote', 'vote', 'vote', 'vote', 'present', 'aside', 'close', 'tie'),
  who: fc.nat(4),
  seat: fc.nat(3),
  nth: fc.nat(1),
  choice: fc.constantFrom(1, 2, 9, null, 7),
  mask: fc.nat(15),
  twice: fc.boolean(),
})

const begin = async () => {
  const [teacher] = cast as [Someone]
  const cases: string[] = []
  for (const child of children.slice(0, 2)) {
    const id = uuidv7()
    const { status } = await world.call(teacher, openCase, {
      params: { schoolId: child.schoolId },
      body: {
        id,
        flow: judged.flow.id,
        move: 'send',
        stepId: uuidv7(),
        studentId: child.id,
        content: { facts: '父亲患病' },
      },
    })
    expect(status).toBe(200)
    cases.push(id)
  }
  const seats = Array.from({ length: members + 1 }, () => uuidv7())
  const id = uuidv7()
  const made = await world.call(teacher, convenePanel, {
    body: {
      id,
      flow: judged.flow.id,
      unitId: world.units.classA1.id,
      members: seats.map((seat, nth) => ({
        seat,
        personId: nth < members ? (cast[nth]?.personId ?? null) : null,
        name: nth < members ? (cast[nth]?.name ?? '') : '没有账号的家长',
        side: nth < members ? ('teacher' as const) : ('parent' as const),
        chair: nth === 0,
      })),
    },
  })
  expect(made.status, JSON.stringify(made.body)).toBe(200)
  // Cases of earlier sittings that stood still may be on this one too.
  const { rows } = await world.owner.query<{ id: string }>(
    'select case_id as id from flow_panel_cases where panel_id = $1',
    [id],
  )
  return { id, seats, cases: rows.map((row) => row.id) }
}

type Sitting = Awaited<ReturnType<typeof begin>>

const make = async ({ id, seats, cases }: Sitting, one: Act): Promise<void> => {
  const who = cast[one.who] as Someone
  const caseId = cases[one.nth % cases.length] as string
  const at = { params: { panelId: id, caseId } }
  const seat = seats[one.seat] as string
  const send = () => {
    if (one.kind === 'vote') return world.call(who, castVote, { ...at, body: { seat, choice: one.choice } })
    if (one.kind === 'aside') return world.call(who, standAside, { ...at, body: { seat, reason: '有亲戚关系' } })
    if (one.kind === 'close') return world.call(who, closePanel, { ...at, body: { minutes: '逐件评议' } })
    if (one.kind === 'tie')
      return world.call(who, decideTie, { ...at, body: { choice: one.choice ?? 1, reason: '看过材料' } })
    return world.call(who, markPresence, { ...at, body: { present: seats.filter((_, nth) => (one.mask >> nth) & 1) } })
  }
  const answers = await Promise.all(one.twice ? [send(), send()] : [send()])
  for (const { status, body } of answers) expect(status, JSON.stringify(body)).not.toBe(500)
  const done = answers.filter(({ status }) => status === 200)
  // Who never sat on it changes nothing; one ballot, one aside, one closing is taken once.
  if (one.who > 2) expect(done).toEqual([])
  if (one.kind === 'vote' || one.kind === 'close') expect(done.length).toBeLessThanOrEqual(1)
}

const check = async ({ id, seats, cases }: Sitting): Promise<boolean> => {
  const held = await world.program.services.door.asJob('importer', async (db) => ({
    panel: await getPanelFor(db, id),
    seats: await readSeats(db, id),
    asides: await readAsides(db, id),
    ballots: await readBallots(db, id),
  }))
  const results = await world.owner.query<{
    case_id: string
    result: number | null
    votes: Record<string, number> | null
    tied_choice: number | null
    state: string
    steps: number
  }>(
    `select j.case_id, j.result, j.votes, j.tied_choice, c.state, (select count(*)::int from flow_steps s where s.case_id = c.id and s.move = 'judge') as steps
     from flow_panel_cases j join flow_cases c on c.id = j.case_id where j.panel_id = $1`,
    [id],
  )
  for (const row of results.rows) {
    const cast = held.ballots.get(row.case_id) ?? []
    const aside = asideOf(held.asides, row.case_id)
    // One ballot of one seat, of this panel, of nobody who stands aside.
    expect(new Set(cast.map(({ seat }) => seat)).size).toBe(cast.length)
    expect(cast.filter(({ seat }) => !seats.includes(seat) || aside.has(seat))).toEqual([])
    expect(cast.filter(({ choice }) => choice === 7)).toEqual([])
    if (!held.panel.closedAt) {
      expect([row.result, row.steps, row.state]).toEqual([null, 0, 'judging'])
      continue
    }
    // Replayed from the ballots on file the sitting comes to the same; counted once each, decided once.
    const again = panelResult(held.seats, aside, cast, held.panel)
    const decided = again.kind === 'agreed' ? again.choice : row.tied_choice
    expect(['agreed', 'tied']).toContain(again.kind)
    expect(row.result).toBe(decided)
    expect(Object.values(row.votes ?? {}).reduce((sum, count) => sum + count, 0)).toBe(cast.length)
    expect([row.steps, row.state]).toEqual([1, 'granted'])
  }
  const minutes = await world.owner.query('select 1 from flow_panel_minutes where panel_id = $1', [id])
  expect(minutes.rowCount).toBe(held.panel.closedAt ? 1 : 0)
  expect(cases.length).toBeGreaterThan(0)
  return held.panel.closedAt !== null
}

// What is left open would be laid before the next sitting together with its own.
const finish = async ({ id, seats, cases }: Sitting): Promise<void> => {
  const [teacher] = cast as [Someone]
  await world.call(teacher, markPresence, { params: { panelId: id }, body: { present: seats } })
  for (const caseId of cases)
    for (const [nth, seat] of seats.entries())
      await world.call(nth < members ? (cast[nth] as Someone) : teacher, castVote, {
        params: { panelId: id, caseId },
        body: { seat, choice: 1 },
      })
  await world.call(teacher, closePanel, { params: { panelId: id }, body: { minutes: '逐件评议' } })
}

test(`[C19] ballots by anybody in any order are counted once, decided once and come to the same when replayed (seed ${seed})`, async () => {
  expect(judgedRule.steps).toHaveLength(1)
  let closed = 0
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 4, maxLength: 24 }), fc.boolean(), async (acts, ends) => {
      const sitting = await begin()
      const everybody = { params: { panelId: sitting.id }, body: { present: sitting.seats } }
      await world.call(cast[0] as Someone, markPresence, everybody)
      for (const one of acts) await make(sitting, one)
      await check(sitting)
      if (ends) await finish(sitting)
      if (await check(sitting)) closed++
      await world.owner.query(`delete from flow_cases where flow = $1 and state = 'judging'`, [judged.flow.id])
    }),
    { numRuns: sequences, seed, endOnFailure: true },
  )
  // The run is worth something only if sittings really came to an end.
  expect(closed).toBeGreaterThan(sequences / 10)
}, 3_600_000)
