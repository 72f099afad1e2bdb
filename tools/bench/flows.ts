import type pg from 'pg'
import type { BenchClass, BenchGround } from './bench-data.ts'
import { benchBulk } from './bulk.ts'
import { against, type Child } from './measure.ts'

const openItems = 200_000
const stepsEach = 10
const mostLists = 2

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
          insert into flow_tasks (school_id, id, case_id, flow, student_id, scope, box, desk, state, version, due_at)
          select $1, gen_random_uuid(), id, 'standing', student_id, $2, 1, $2 || '~class-teacher', 'asked', ${stepsEach}, due_at from cases)
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
