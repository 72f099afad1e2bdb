import { makeWorkerUtils, parseCrontab, run, Logger as WorkerLogger } from 'graphile-worker'
import pg from 'pg'
import type { Logger } from 'pino'

/** What a running task is told about its try. */
export interface Try {
  readonly number: number
  /** The last try: a failure now is final. */
  readonly last: boolean
}

export type Task = (payload: unknown, attempt: Try) => Promise<void>

export interface JobsWishes {
  /** The owner's address: the queue keeps its own schema. */
  readonly ownerUrl: string
  readonly tasks: Readonly<Record<string, Task>>
  /** Lines of `minute hour day month weekday task`, in UTC. */
  readonly crontab?: string
  readonly log: Logger
  readonly concurrency?: number
}

export interface Jobs {
  /** Puts a task on the queue. A waiting task with the same key is replaced, so it waits only once. */
  readonly enqueue: (task: string, payload: object, key?: string) => Promise<void>
  /** Lets running tasks end; what is cut off is taken up at the next start. */
  readonly stop: () => Promise<void>
}

const programName = 'tongxing-jobs'
const tries = 3

const named = (url: string): string => {
  const named = new URL(url)
  named.searchParams.set('application_name', programName)
  return named.href
}

// A killed program leaves its tasks locked; when no other program works on this queue they are set free at once.
const freeLeftTasks = async (ownerUrl: string): Promise<void> => {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    const others = await client.query(
      'select 1 from pg_stat_activity where application_name = $1 and datname = current_database() limit 1',
      [programName],
    )
    if (others.rowCount) return
    const utils = await makeWorkerUtils({ connectionString: ownerUrl })
    try {
      await utils.migrate()
      const left = await client.query<{ locked_by: string }>(
        'select distinct locked_by from graphile_worker.jobs where locked_by is not null',
      )
      if (left.rowCount) await utils.forceUnlockWorkers(left.rows.map((row) => row.locked_by))
    } finally {
      await utils.release()
    }
  } finally {
    await client.end()
  }
}

const quiet = (log: Logger, isStopping: () => boolean): WorkerLogger =>
  new WorkerLogger(() => (level, message) => {
    // A connection that ends with its database while the program closes is no fault.
    if (level === 'error' && !isStopping()) log.error({ part: 'jobs' }, message)
  })

/** Starts working on the queue. Tasks are tried three times with growing pauses and survive a restart of the program. */
export const startJobs = async (wishes: JobsWishes): Promise<Jobs> => {
  await freeLeftTasks(wishes.ownerUrl)
  let stopping = false
  const runner = await run({
    connectionString: named(wishes.ownerUrl),
    concurrency: wishes.concurrency ?? 2,
    noHandleSignals: true,
    pollInterval: 1_000,
    logger: quiet(wishes.log, () => stopping),
    parsedCronItems: parseCrontab(wishes.crontab ?? ''),
    taskList: Object.fromEntries(
      Object.entries(wishes.tasks).map(([name, task]) => [
        name,
        (payload, helpers) =>
          task(payload, { number: helpers.job.attempts, last: helpers.job.attempts >= helpers.job.max_attempts }),
      ]),
    ),
  })
  return {
    enqueue: async (task, payload, key) => {
      await runner.addJob(task, payload, { maxAttempts: tries, ...(key === undefined ? {} : { jobKey: key }) })
    },
    stop: () => {
      stopping = true
      return runner.stop()
    },
  }
}
