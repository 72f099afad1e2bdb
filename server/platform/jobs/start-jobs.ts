import { parseCrontab, run, Logger as WorkerLogger } from 'graphile-worker'
import type { Logger } from 'pino'
import { freeLeftTasks, prepareQueue } from './left-tasks.ts'
import { openQueuePool, ownQueueName } from './queue-pool.ts'

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

const tries = 3

const quiet = (log: Logger, isStopping: () => boolean): WorkerLogger =>
  new WorkerLogger(() => (level, message) => {
    // A connection that ends with its database while the program closes is no fault.
    if (level === 'error' && !isStopping()) log.error({ part: 'jobs' }, message)
  })

/** Starts working on the queue. Tasks are tried three times with growing pauses and survive a restart of the program. */
export const startJobs = async (wishes: JobsWishes): Promise<Jobs> => {
  let stopping = false
  const onFault = (error: Error): void => {
    if (!stopping)
      wishes.log.warn({ part: 'jobs', code: (error as { code?: string }).code }, 'database connection lost')
  }
  const name = ownQueueName()
  const pgPool = openQueuePool(wishes.ownerUrl, name, onFault)
  const begin = async () => {
    await prepareQueue(pgPool)
    return freeLeftTasks(pgPool, name, onFault)
  }
  const leaveBe = await begin().catch(async (error) => {
    await pgPool.end()
    throw error
  })
  const runner = await run({
    pgPool,
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
  }).catch(async (error) => {
    leaveBe()
    await pgPool.end()
    throw error
  })
  return {
    enqueue: async (task, payload, key) => {
      await runner.addJob(task, payload, { maxAttempts: tries, ...(key === undefined ? {} : { jobKey: key }) })
    },
    stop: async () => {
      stopping = true
      leaveBe()
      // A runner that gave up by itself refuses to be stopped again; its connections are closed all the same.
      await runner.stop().catch(() => undefined)
      await pgPool.end()
    },
  }
}
