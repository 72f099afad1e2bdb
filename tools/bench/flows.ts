import type pg from 'pg'
import pino from 'pino'
import { uuidv7 } from 'uuidv7'
import type { Flow } from '#contract/flows'
import { openEngine, type Procedure } from '#server/flows'
import { secretsFrom, tokenHash } from '#server/platform'
import { compose } from '../../server/compose.ts'
import { moveCases } from '../../server/flows/move-cases.ts'
import type { BenchClass, BenchGround } from './bench-data.ts'
import { against, type Child } from './measure.ts'
import { databaseSeconds, median } from './processor.ts'

const openItems = 200_000
const stepsEach = 10
const mostLists = 2
const bulk = 5_000
const mostTimes = 3
const rounds = 3

/** Nothing follows from its moves: what is measured is the engine. */
const flow: Flow = {
  id: 'bench-flow',
  label: '量一量',
  neutralLabel: '事项',
  domain: 'general',
  publication: 'never',
  states: {
    looking: {
      label: '待看',
      told: '正在看',
      desk: ['class-teacher'],
      clock: { count: 5, unit: 'working-days', whenOver: 'escalate' },
    },
    deciding: {
      label: '待定',
      told: '正在定',
      desk: ['class-teacher'],
      clock: { count: 5, unit: 'working-days', whenOver: 'escalate' },
    },
    done: { label: '办结', told: '办结', final: true },
  },
  moves: [
    {
      id: 'pass',
      label: '通过',
      from: ['looking'],
      to: 'deciding',
      by: ['class-teacher'],
      needsReason: false,
      bulk: true,
    },
    { id: 'end', label: '办结', from: ['deciding'], to: 'done', by: ['class-teacher'], needsReason: false, bulk: true },
  ],
}
const procedure: Procedure = { flow, about: 'student' }

// Open items on the desks of the hundred class teachers who are signed in, ten steps behind each.
const fillInbox = async (owner: pg.Client, classes: readonly BenchClass[]): Promise<void> => {
  const { rows } = await owner.query<{ n: number }>(`select count(*)::int as n from flow_tasks where flow = 'standing'`)
  if ((rows[0]?.n ?? 0) >= openItems) return
  const each = Math.ceil(openItems / classes.length)
  for (const one of classes) {
    const values = [one.schoolId, one.scope, one.teacherId, one.studentIds]
    await owner.query(
      `with fresh as (select gen_random_uuid() as id, n from generate_series(1, ${each}) n),
        cases as (
          insert into flow_cases (school_id, id, flow, student_id, scope, secrecy, state, version, opened_by, place, desks, due_at)
          select $1, id, 'standing', ($4::uuid[])[1 + n % cardinality($4::uuid[])], $2, 1, 'asked', ${stepsEach}, $3, $2,
            array[$2 || '~class-teacher'], now() + n * interval '1 hour' from fresh returning id, student_id, due_at),
        tasks as (
          insert into flow_tasks (school_id, id, case_id, flow, student_id, scope, box, desk, state, due_at)
          select $1, gen_random_uuid(), id, 'standing', student_id, $2, 1, $2 || '~class-teacher', 'asked', due_at from cases)
        insert into flow_steps (school_id, case_id, number, id, flow, student_id, scope, secrecy, move, from_state, to_state, actor_id, actor_name)
        select $1, c.id, s, gen_random_uuid(), 'standing', c.student_id, $2, 1, 'ask', 'none', 'asked', $3, '甲'
        from cases c, generate_series(1, ${stepsEach}) s`,
      values,
    )
  }
  await owner.query('vacuum analyze flow_cases, flow_tasks, flow_steps')
}

const benchInbox = async (bench: BenchGround, server: Child, say: (line: string) => void): Promise<void> => {
  await fillInbox(bench.owner, bench.classes)
  const asked = (path: (one: BenchClass) => string) => ({
    address: server.address,
    requests: bench.classes.map((one) => ({
      method: 'GET' as const,
      path: path(one),
      headers: { cookie: one.cookie },
    })),
  })
  const { ours, floor, ratio } = await against(
    asked(() => '/api/flow-cases/boxes/todo'),
    asked((one) => `/api/students?unit=${one.unitId}`),
  )
  say(
    `inbox    ours ${ours.toFixed(0)}/s  list ${floor.toFixed(0)}/s  ${(1 / ratio).toFixed(1)} lists (at most ${mostLists})  floor: our own list of a class; ${openItems} open items, ${openItems * stepsEach} steps`,
  )
}

const insertCases = (owner: pg.Client, one: BenchClass, ids: readonly string[]) =>
  owner.query(
    `with cases as (
        insert into flow_cases (school_id, id, flow, student_id, scope, secrecy, state, version, opened_by, place, desks)
        select $1, id, 'bench-flow', ($5::uuid[])[1 + n::int % cardinality($5::uuid[])], $2, 1, 'looking', 1, $3, $2,
          array[$2 || '~class-teacher'] from unnest($4::uuid[]) with ordinality as f (id, n) returning id, student_id)
      insert into flow_tasks (school_id, id, case_id, flow, student_id, scope, box, desk, state)
      select $1, gen_random_uuid(), id, 'bench-flow', student_id, $2, 1, $2 || '~class-teacher', 'looking' from cases`,
    [one.schoolId, one.scope, one.teacherId, ids, one.studentIds],
  )

// The rows of one bulk move, written by hand: the steps, the next tasks, the cases and the tasks before.
const bareMove = async (client: pg.Client, one: BenchClass, ids: readonly string[]): Promise<void> => {
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
    `insert into flow_tasks (school_id, id, case_id, flow, student_id, scope, box, desk, state, due_at)
      select school_id, gen_random_uuid(), id, flow, student_id, scope, 1, scope || '~class-teacher', 'deciding', now() + interval '7 days'
      from flow_cases where school_id = $1 and id = any($2::uuid[])`,
    [one.schoolId, ids],
  )
  await client.query(
    `update flow_cases set state = 'deciding', version = 2, entered_at = now(), due_at = now() + interval '7 days'
      where school_id = $1 and id = any($2::uuid[])`,
    [one.schoolId, ids],
  )
  await client.query('commit')
}

const benchBulk = async (bench: BenchGround, say: (line: string) => void): Promise<void> => {
  const { ground, owner } = bench
  const program = await compose({
    ...ground.urls,
    secrets: secretsFrom(ground.folder.keys.encryptionKey, ground.folder.keys.blindIndexKey),
    filesFolder: ground.filesFolder,
    log: pino({ level: 'error' }),
    demo: false,
    version: 'bench',
    secure: false,
  })
  const engine = openEngine(program.services, program.registry, () => [], [procedure])
  const [one] = bench.classes
  if (!one) throw new Error('no class')
  const actor = await program.recall(tokenHash(one.cookie.replace('tongxing_session=', '')))
  const used = () => databaseSeconds(ground.folder.path) + (process.cpuUsage().user + process.cpuUsage().system) / 1e6
  const spend = async (work: () => Promise<unknown>) => {
    const [began, before] = [performance.now(), used()]
    await work()
    return { clock: (performance.now() - began) / 1000, processor: used() - before }
  }
  const taken: { clock: number; processor: number; ours: number; floor: number }[] = []
  try {
    for (let round = 0; round <= rounds; round++) {
      const [mine, bare] = [1, 2].map(() => Array.from({ length: bulk }, () => uuidv7())) as [string[], string[]]
      await insertCases(owner, one, mine)
      await insertCases(owner, one, bare)
      await owner.query('analyze flow_cases, flow_tasks')
      const floor = await spend(() => bareMove(owner, one, bare))
      const items = mine.map((caseId) => ({ caseId, stepId: uuidv7(), version: 1 }))
      const ours = await spend(() =>
        moveCases(engine, actor, one.schoolId, { flow: flow.id, move: 'pass', reason: null, items }),
      )
      if (round > 0)
        taken.push({
          clock: ours.clock / floor.clock,
          processor: ours.processor / floor.processor,
          ours: ours.clock,
          floor: floor.clock,
        })
      await owner.query(`delete from flow_tasks where flow = 'bench-flow'`)
      await owner.query(`delete from flow_steps where flow = 'bench-flow'`)
      await owner.query(`delete from flow_cases where flow = 'bench-flow'`)
    }
    const of = (pick: (row: (typeof taken)[number]) => number) => median(taken.map(pick)).toFixed(2)
    say(
      `bulk     ours ${of((row) => row.ours)} s  floor ${of((row) => row.floor)} s  ${of((row) => row.clock)} × by the clock, ${of((row) => row.processor)} × by processor (at most ${mostTimes})  floor: the same rows of ${bulk} cases by bare statements`,
    )
  } finally {
    await program.close()
  }
}

/** The inbox beside our own list, and a bulk move beside the bare rows it writes. */
export const benchFlows = async (
  bench: BenchGround,
  server: Child,
  only: readonly string[],
  say: (line: string) => void,
): Promise<void> => {
  if (only.length === 0 || only.includes('inbox')) await benchInbox(bench, server, say)
  if (only.length === 0 || only.includes('bulk')) await benchBulk(bench, say)
}
