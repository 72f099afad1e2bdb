import { makeWorkerUtils } from 'graphile-worker'
import type pg from 'pg'
import { queueNames } from './queue-pool.ts'

/** Brings the queue's own tables up to date. */
export const prepareQueue = async (pgPool: pg.Pool): Promise<void> => {
  const utils = await makeWorkerUtils({ pgPool })
  try {
    await utils.migrate()
  } finally {
    await utils.release()
  }
}

const othersWork = async (pgPool: pg.Pool, name: string): Promise<boolean> => {
  const others = await pgPool.query(
    `select 1 from pg_stat_activity
     where starts_with(application_name, $1) and application_name <> $2 and datname = current_database() limit 1`,
    [queueNames, name],
  )
  return others.rows.length > 0
}

const firstPause = 250
const longestPause = 60_000

/**
 * A killed program leaves its tasks locked. Those locked before this program began are set free as soon as no other
 * program works on the queue: at once, or later when a connection of the killed one is still going away or the other
 * was alive and ended since. Returns how to stop waiting for that.
 */
export const freeLeftTasks = async (
  pgPool: pg.Pool,
  name: string,
  onFault: (error: Error) => void,
): Promise<() => void> => {
  const held = await pgPool.query<{ locked_by: string }>(
    'select distinct locked_by from graphile_worker.jobs where locked_by is not null',
  )
  const lockers = held.rows.map((row) => row.locked_by)
  let waiting: NodeJS.Timeout | undefined
  let given = false
  const free = async (pause: number): Promise<void> => {
    if (!(await othersWork(pgPool, name))) {
      await pgPool.query('select graphile_worker.force_unlock_workers($1::text[])', [lockers])
      return
    }
    if (given) return
    const again = () => free(Math.min(pause * 2, longestPause)).catch(onFault)
    waiting = setTimeout(() => void again(), pause).unref()
  }
  if (lockers.length > 0) await free(firstPause)
  return () => {
    given = true
    clearTimeout(waiting)
  }
}
