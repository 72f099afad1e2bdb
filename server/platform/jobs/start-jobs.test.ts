import pg from 'pg'
import pino from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../database/test-database.ts'
import { type Jobs, startJobs, type Task } from './start-jobs.ts'

let database: TestDatabase
let owner: pg.Client
const log = pino({ level: 'silent' })

beforeAll(async () => {
  database = await freshDatabase()
  owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
})
afterAll(async () => {
  await owner.end()
  await database.drop()
})

const start = (tasks: Record<string, Task>): Promise<Jobs> => startJobs({ ownerUrl: database.ownerUrl, tasks, log })

/** Waits for something to happen; never longer than the test may run. */
const until = async (done: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await done())) await new Promise((resolve) => setTimeout(resolve, 20))
}

test('a task put on the queue is done with its payload', async () => {
  const seen: unknown[] = []
  const jobs = await start({ note: async (payload) => void seen.push(payload) })
  await jobs.enqueue('note', { place: 7 })
  await until(() => seen.length > 0)
  await jobs.stop()
  expect(seen).toEqual([{ place: 7 }])
})

test('a task that fails is tried again, and told when it is the last try', async () => {
  const tries: boolean[] = []
  const jobs = await start({
    stumble: async (_, attempt) => {
      tries.push(attempt.last)
      throw new Error('not yet')
    },
  })
  await jobs.enqueue('stumble', {})
  await until(() => tries.length > 0)
  for (const wanted of [2, 3]) {
    await until(async () => {
      await owner.query(
        `update graphile_worker._private_jobs set run_at = now() where locked_at is null and attempts < max_attempts`,
      )
      return tries.length >= wanted
    })
  }
  await jobs.stop()
  expect(tries).toEqual([false, false, true])
})

test('the same key waits only once', async () => {
  const still = await start({})
  for (const place of [1, 2, 3]) await still.enqueue('later', { place }, 'one')
  await still.stop()
  const waiting = await owner.query(
    `select count(*)::int as many from graphile_worker.jobs where task_identifier = 'later'`,
  )
  expect(waiting.rows[0].many).toBe(1)
})

test('a task held by a program that was killed is taken up again at the next start', async () => {
  const still = await start({})
  await still.enqueue('resume', { place: 9 })
  await still.stop()
  await owner.query(`update graphile_worker._private_jobs j set locked_at = now(), locked_by = 'worker-of-a-killed-program'
    from graphile_worker._private_tasks t where t.id = j.task_id and t.identifier = 'resume'`)
  const seen: unknown[] = []
  const jobs = await start({ resume: async (payload) => void seen.push(payload) })
  await until(() => seen.length > 0)
  await jobs.stop()
  expect(seen).toEqual([{ place: 9 }])
})

test('what another program holds stays with it, and is taken up once that program is gone', async () => {
  const other = new pg.Client({ connectionString: database.ownerUrl, application_name: 'tongxing-jobs-another' })
  await other.connect()
  const still = await start({})
  await still.enqueue('handed-on', { place: 10 })
  await still.stop()
  await owner.query(`update graphile_worker._private_jobs j set locked_at = now(), locked_by = 'worker-of-another'
    from graphile_worker._private_tasks t where t.id = j.task_id and t.identifier = 'handed-on'`)
  const seen: unknown[] = []
  const jobs = await start({ 'handed-on': async (payload) => void seen.push(payload) })
  const held = await owner.query(`select locked_by from graphile_worker.jobs where task_identifier = 'handed-on'`)
  expect(held.rows).toEqual([{ locked_by: 'worker-of-another' }])
  await other.end()
  await until(() => seen.length > 0)
  await jobs.stop()
  expect(seen).toEqual([{ place: 10 }])
})

test('a stop at the very moment the database ends its connections is a stop, not a fault', async () => {
  const faults: unknown[] = []
  const keep = (fault: unknown): void => void faults.push(fault)
  process.on('uncaughtException', keep)
  try {
    for (let round = 0; round < 12; round++) {
      const jobs = await start({})
      const stopped = jobs.stop()
      const cut = async () =>
        owner.query(`select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid()`)
      await Promise.all([stopped.then(cut), cut()])
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  } finally {
    process.off('uncaughtException', keep)
  }
  expect(faults).toEqual([])
})
