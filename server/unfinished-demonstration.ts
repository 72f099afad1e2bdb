import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import type { Loading } from './demonstration.ts'
import { startFault } from './platform/data-folder/start-fault.ts'
import { createDurably, syncFolder } from './platform/data-folder/write-durably.ts'
import type { DatabaseUrls } from './platform/database/embedded/index.ts'

/**
 * A mark that stands in the data folder while the demonstration is being loaded. Nobody is served before it is gone, so a
 * start that finds it (Ctrl-C, power cut) may begin again from nothing: half a county has no sign-ins and no figures.
 */
export interface UnfinishedDemonstration extends Loading {
  readonly stands: () => boolean
}

export const unfinishedDemonstration = (dataFolder: string): UnfinishedDemonstration => {
  const mark = join(dataFolder, 'demonstration-unfinished')
  return {
    begin: () => void createDurably(mark, ''),
    end: () => {
      rmSync(mark, { force: true })
      syncFolder(dataFolder)
    },
    stands: () => existsSync(mark),
  }
}

const connected = async (url: string, work: (client: pg.Client) => Promise<void>): Promise<void> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

// An import that was cut off between its two sessions holds its database until it is settled, by the login that prepared it.
const undoPrepared = async (worker: pg.Client): Promise<void> => {
  const { rows } = await worker.query<{ gid: string }>(
    'select gid from pg_prepared_xacts where database = current_database()',
  )
  for (const { gid } of rows) await worker.query(`rollback prepared ${pg.escapeLiteral(gid)}`)
}

/** Makes the embedded database anew, empty. */
export const emptyOwnDatabase = async (urls: DatabaseUrls): Promise<void> => {
  await connected(urls.workerUrl, undoPrepared)
  const url = new URL(urls.ownerUrl)
  const name = pg.escapeIdentifier(url.pathname.slice(1))
  url.pathname = '/postgres'
  await connected(url.href, async (owner) => {
    await owner.query(`drop database if exists ${name} with (force)`)
    await owner.query(`create database ${name} strategy file_copy`)
  })
}

/**
 * An outside database is not ours to drop: `demonstration.unfinished` says what its administrator does. Once the database
 * was made anew the mark has nothing to say any more.
 */
export const insistOnFinished = async (demonstration: UnfinishedDemonstration, owner: pg.Client): Promise<void> => {
  if (!demonstration.stands()) return
  const { rows } = await owner.query<{ name: string; begun: boolean }>(
    `select current_database() as name, to_regclass('units') is not null as begun`,
  )
  if (!rows[0]?.begun) return demonstration.end()
  throw startFault(
    'demonstration.unfinished',
    `上次载入演示数据时中断了,外部数据库 ${rows[0].name} 里只有一半;请数据库管理员删除并重建这个库,再启动。`,
  )
}
