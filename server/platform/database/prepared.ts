import type { Pool } from 'pg'
import { dbOn } from './db-on.ts'
import type { JobRole } from './job-role.ts'
import type { Db } from './statement.ts'

/** Work that is done and waits, on disk, for the word whether it shall hold. */
export interface PreparedWork {
  readonly commit: () => Promise<void>
  readonly undo: () => Promise<void>
}

/**
 * A second transaction beside a job's own, so that two sessions write at the same time and still all of it holds or
 * nothing. The first one's commit is the decision; whoever prepares settles what a crash left under its names.
 */
export interface Beside {
  /** Whether the server keeps prepared transactions: the embedded one does, outside servers mostly don't. */
  readonly isKept: () => Promise<boolean>
  /** Does work in a transaction of its own and prepares it under a name. */
  readonly prepare: (role: JobRole, name: string, work: (db: Db) => Promise<void>) => Promise<PreparedWork>
  /** Names of what waits to be settled. */
  readonly waiting: () => Promise<readonly string[]>
  /** Ends what waits under a name, unless it is gone. */
  readonly settle: (name: string, holds: boolean) => Promise<void>
}

const safeName = /^[a-z0-9 -]{1,150}$/
const goneAlready = '42704'

/** Opens the way to prepared transactions over the jobs' pool; `distributed` on Citus, which prepares by itself. */
export const openBeside = (jobs: Pool, distributed: boolean): Beside => {
  let kept: Promise<boolean> | undefined
  const ask = async (): Promise<boolean> => {
    if (distributed) return false
    const { rows } = await jobs.query<{ many: number }>(
      `select current_setting('max_prepared_transactions')::int as many`,
    )
    return (rows[0]?.many ?? 0) > 0
  }
  const settle = async (name: string, holds: boolean): Promise<void> => {
    if (!safeName.test(name)) throw new Error(`unsafe name of a prepared transaction: ${name}`)
    try {
      await jobs.query(`${holds ? 'commit' : 'rollback'} prepared '${name}'`)
    } catch (error) {
      if ((error as { code?: string }).code !== goneAlready) throw error
    }
  }
  return {
    isKept: () => {
      kept ??= ask()
      return kept
    },
    prepare: async (role, name, work) => {
      if (!safeName.test(name)) throw new Error(`unsafe name of a prepared transaction: ${name}`)
      const client = await jobs.connect()
      try {
        await client.query(`begin; set local role ${role}`)
        await work(dbOn(client))
        // Prepared as the login itself: whoever settles it needs no role.
        await client.query('reset role')
        await client.query(`prepare transaction '${name}'`)
        client.release()
      } catch (error) {
        client.release(true)
        throw error
      }
      return { commit: () => settle(name, true), undo: () => settle(name, false) }
    },
    waiting: async () => {
      const { rows } = await jobs.query<{ gid: string }>(
        'select gid from pg_prepared_xacts where database = current_database() order by prepared',
      )
      return rows.map(({ gid }) => gid)
    },
    settle,
  }
}
