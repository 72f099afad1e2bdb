import type pg from 'pg'
import pino from 'pino'
import { uuidv7 } from 'uuidv7'
import type { Flow } from '#contract/flows'
import { openEngine, type Procedure } from '#server/flows'
import { type MessageWish, sendMessages } from '#server/messages'
import { secretsFrom, tokenHash } from '#server/platform'
import { compose } from '../../server/compose.ts'
import { moveCases } from '../../server/flows/move-cases.ts'
import { openObjections } from '../../server/recognition/open-objections.ts'
import type { BenchClass, BenchGround } from './bench-data.ts'
import { databaseSeconds, median } from './processor.ts'

const bulk = 5_000
const mostTimes = 3
const rounds = 3

const clock = { count: 5, unit: 'working-days', whenOver: 'escalate' } as const
const bench = (id: string): Flow => ({
  id,
  label: '量一量',
  neutralLabel: '事项',
  domain: 'general',
  publication: 'never',
  states: {
    looking: { label: '待看', told: '正在看', desk: ['class-teacher'], clock },
    asked: { label: '有异议', told: '正在看', desk: ['class-teacher'], awaits: 'objection' },
    deciding: { label: '待定', told: '正在定', desk: ['class-teacher'], clock },
    done: { label: '办结', told: '办结', final: true },
  },
  moves: [
    { id: 'pass', label: '通过', from: ['looking'], to: 'next', by: ['class-teacher'], needsReason: false, bulk: true },
    { id: 'end', label: '办结', from: ['deciding'], to: 'done', by: ['class-teacher'], needsReason: false, bulk: true },
  ],
})

/** Nothing follows from its moves: what is measured is the engine. */
const bare: Procedure = {
  flow: bench('bench-flow'),
  about: 'student',
  skips: async (_db, cases) => new Map(cases.map(({ id }) => [id, ['objection']])),
}

/** As the yearly round: steps passed over by what is open, a level written on every case, every family told. */
const withEffects: Procedure = {
  flow: bench('bench-effects'),
  about: 'student',
  skips: async (db, cases) => {
    const objected = await openObjections(db, cases)
    return new Map(cases.flatMap(({ id }) => (objected.has(id) ? [] : [[id, ['objection']] as const])))
  },
  followMany: {
    pass: async (db, { items }) => {
      await sendMessages(
        db,
        items.map(
          ({ stepId, case: { schoolId, studentId } }): MessageWish => ({
            id: stepId,
            to: { guardiansOf: { schoolId, studentId: studentId ?? '' } },
            kind: 'case.moved',
            params: { case: '事项', step: '正在定' },
          }),
        ),
      )
      return new Map(items.map(({ case: one }) => [one.id, { payload: { ...one.payload, level: 21 } }]))
    },
  },
}

const insertCases = (owner: pg.Client, flow: string, one: BenchClass, ids: readonly string[]) =>
  owner.query(
    `with cases as (
        insert into flow_cases (school_id, id, flow, student_id, scope, secrecy, state, version, opened_by, place, desks)
        select $1, id, $6, ($5::uuid[])[1 + n::int % cardinality($5::uuid[])], $2, 1, 'looking', 1, $3, $2,
          array[$2 || '~class-teacher'] from unnest($4::uuid[]) with ordinality as f (id, n) returning id, student_id)
      insert into flow_tasks (school_id, id, case_id, flow, student_id, scope, box, desk, state, version)
      select $1, gen_random_uuid(), id, $6, student_id, $2, 1, $2 || '~class-teacher', 'looking', 1 from cases`,
    [one.schoolId, one.scope, one.teacherId, ids, one.studentIds, flow],
  )

const messages = `insert into message_outbox (id, about_school, about_student, secrecy, kind, urgent, params)
  select gen_random_uuid(), school_id, student_id, 1, 'case.moved', false, '{"case": "事项", "step": "正在定"}'
  from flow_cases where school_id = $1 and id = any($2::uuid[])`

// The rows of one bulk move, written by hand: the steps, the next tasks, the cases and the tasks before, and the effects.
const bareMove = async (
  client: pg.Client,
  effects: boolean,
  one: BenchClass,
  ids: readonly string[],
): Promise<void> => {
  await client.query('begin')
  await client.query(
    `insert into flow_steps (school_id, case_id, number, id, flow, student_id, scope, secrecy, move, from_state, to_state, actor_id, actor_name)
      select school_id, id, 2, gen_random_uuid(), flow, student_id, scope, secrecy, 'pass', 'looking', 'deciding', $3, '甲'
      from flow_cases where school_id = $1 and id = any($2::uuid[])`,
    [one.schoolId, ids, one.teacherId],
  )
  await client.query('update flow_tasks set closed_at = now() where school_id = $1 and case_id = any($2::uuid[])', [
    one.schoolId,
    ids,
  ])
  await client.query(
    `insert into flow_tasks (school_id, id, case_id, flow, student_id, scope, box, desk, state, version, due_at)
      select school_id, gen_random_uuid(), id, flow, student_id, scope, 1, scope || '~class-teacher', 'deciding', 2, now() + interval '7 days'
      from flow_cases where school_id = $1 and id = any($2::uuid[])`,
    [one.schoolId, ids],
  )
  await client.query(
    `update flow_cases set state = 'deciding', version = 2, entered_at = now(), due_at = now() + interval '7 days',
        payload = case when $3 then '{"level": 21}' else payload end
      where school_id = $1 and id = any($2::uuid[])`,
    [one.schoolId, ids, effects],
  )
  if (effects) await client.query(messages, [one.schoolId, ids])
  await client.query('commit')
}

const sweep = async (owner: pg.Client, flow: string): Promise<void> => {
  for (const table of ['flow_tasks', 'flow_steps', 'flow_cases'])
    await owner.query(`delete from ${table} where flow = $1`, [flow])
  await owner.query(`delete from message_outbox where kind = 'case.moved'`)
}

/** A bulk move beside the bare rows it writes: of a procedure without effects, and of one with. */
export const benchBulk = async (
  { ground, owner, classes }: BenchGround,
  say: (line: string) => void,
): Promise<void> => {
  const program = await compose({
    ...ground.urls,
    secrets: secretsFrom(ground.folder.keys.encryptionKey, ground.folder.keys.blindIndexKey),
    filesFolder: ground.filesFolder,
    log: pino({ level: 'error' }),
    demo: false,
    version: 'bench',
    secure: false,
  })
  const engine = openEngine(program.services, program.registry, () => [], [bare, withEffects])
  const [one] = classes
  if (!one) throw new Error('no class')
  const actor = await program.recall(tokenHash(one.cookie.replace('tongxing_session=', '')))
  const used = () => databaseSeconds(ground.folder.path) + (process.cpuUsage().user + process.cpuUsage().system) / 1e6
  const spend = async (work: () => Promise<unknown>) => {
    const [began, before] = [performance.now(), used()]
    await work()
    return { clock: (performance.now() - began) / 1000, processor: used() - before }
  }
  const round = async (flow: string, effects: boolean) => {
    const [mine, bares] = [1, 2].map(() => Array.from({ length: bulk }, () => uuidv7())) as [string[], string[]]
    await insertCases(owner, flow, one, mine)
    await insertCases(owner, flow, one, bares)
    await owner.query('analyze flow_cases, flow_tasks')
    const floor = await spend(() => bareMove(owner, effects, one, bares))
    const items = mine.map((caseId) => ({ caseId, stepId: uuidv7(), version: 1 }))
    let moved = 0
    const ours = await spend(async () => {
      moved = (await moveCases(engine, actor, one.schoolId, { flow, move: 'pass', reason: null, items })).moved
    })
    if (moved !== bulk) throw new Error(`${moved} of ${bulk} moved`)
    await sweep(owner, flow)
    return {
      clock: ours.clock / floor.clock,
      processor: ours.processor / floor.processor,
      ours: ours.clock,
      floor: floor.clock,
    }
  }
  try {
    for (const { flow } of [bare, withEffects]) {
      const effects = flow.id === withEffects.flow.id
      await round(flow.id, effects)
      const taken: Awaited<ReturnType<typeof round>>[] = []
      for (let time = 0; time < rounds; time++) taken.push(await round(flow.id, effects))
      const of = (pick: (row: (typeof taken)[number]) => number) => median(taken.map(pick)).toFixed(2)
      say(
        `bulk     ours ${of((row) => row.ours)} s  floor ${of((row) => row.floor)} s  ${of((row) => row.clock)} × by the clock, ${of((row) => row.processor)} × by processor (at most ${mostTimes})  floor: the same rows of ${bulk} cases by bare statements${effects ? ', with a level and a message to every family' : ''}`,
      )
    }
  } finally {
    await program.close()
  }
}
