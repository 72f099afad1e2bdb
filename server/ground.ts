import { join } from 'node:path'
import pg from 'pg'
import type { Logger } from 'pino'
import { connectOutside } from './connect-outside.ts'
import { type DataFolder, openDataFolder, resolveDataFolder, type StartFault } from './platform/data-folder/index.ts'
import { checkOutsideServer, type DatabaseUrls, startEmbeddedDatabase } from './platform/database/embedded/index.ts'
import { migrate, migrationsFolder } from './platform/database/migrate.ts'
import { readMigrations, settingsOf } from './platform/database/read-migrations.ts'
import {
  emptyOwnDatabase,
  insistOnFinished,
  type UnfinishedDemonstration,
  unfinishedDemonstration,
} from './unfinished-demonstration.ts'

/** The opened data folder and a migrated database, ours or an outside one. */
export interface OpenGround {
  readonly folder: DataFolder
  readonly urls: DatabaseUrls
  readonly filesFolder: string
  readonly demonstration: UnfinishedDemonstration
  readonly stop: () => Promise<void>
}

const programFolder = join(import.meta.dirname, '..')

const withLogin = (ownerUrl: string, user: string, password: string): string => {
  const url = new URL(ownerUrl)
  url.username = user
  url.password = password
  return url.href
}

const outside = async (ownerUrl: string, demonstration: UnfinishedDemonstration): Promise<void> => {
  const client = await connectOutside(ownerUrl)
  try {
    await checkOutsideServer(client)
    await insistOnFinished(demonstration, client)
  } finally {
    await client.end()
  }
}

const bringForward = async (urls: DatabaseUrls, folder: DataFolder, log: Logger): Promise<void> => {
  const owner = new pg.Client({ connectionString: urls.ownerUrl })
  await owner.connect()
  try {
    const steps = readMigrations(migrationsFolder)
    const { applied } = await migrate(owner, steps, { passwords: folder.keys.passwords })
    if (applied.length > 0) log.info({ applied: applied.length }, 'database migrated')
  } finally {
    await owner.end()
  }
}

/**
 * Opens the data folder (`DATA_DIR`), starts the embedded database or uses `DATABASE_URL`, and migrates. Whatever
 * stands in the way is a start fault with one sentence; `giveUp` is told when a running database cannot be kept alive.
 */
export const openGround = async (
  env: NodeJS.ProcessEnv,
  log: Logger,
  giveUp: (fault: StartFault) => void = (fault) => {
    throw fault
  },
): Promise<OpenGround> => {
  const folder = await openDataFolder(resolveDataFolder({ DATA_DIR: env.DATA_DIR }, programFolder))
  const demonstration = unfinishedDemonstration(folder.path)
  const stops: (() => Promise<void>)[] = []
  try {
    const { urls, stop } = await openDatabase(env, folder, demonstration, log, giveUp)
    stops.push(stop)
    await bringForward(urls, folder, log)
    return {
      folder,
      urls,
      filesFolder: join(folder.path, 'files'),
      demonstration,
      stop: async () => {
        await stop()
        folder.close()
      },
    }
  } catch (error) {
    for (const stop of stops) await stop()
    folder.close()
    throw error
  }
}

const openDatabase = async (
  env: NodeJS.ProcessEnv,
  folder: DataFolder,
  demonstration: UnfinishedDemonstration,
  log: Logger,
  giveUp: (fault: StartFault) => void,
): Promise<{ urls: DatabaseUrls; stop: () => Promise<void> }> => {
  const ownerUrl = env.DATABASE_URL?.trim()
  if (ownerUrl) {
    await outside(ownerUrl, demonstration)
    const { app, worker } = folder.keys.passwords
    const urls = { ownerUrl, appUrl: withLogin(ownerUrl, 'app', app), workerUrl: withLogin(ownerUrl, 'worker', worker) }
    return { urls, stop: async () => {} }
  }
  const database = await startEmbeddedDatabase({
    dataFolder: folder.path,
    keys: folder.keys,
    settings: settingsOf(readMigrations(migrationsFolder)),
    log: (line) => log.info(line),
  })
  database.onExit((end) => {
    if (end.restarted) log.warn('the database ended by itself and was started again')
    else giveUp(end.fault)
  })
  const stop = () => database.stop()
  if (!demonstration.stands()) return { urls: database, stop }
  try {
    await emptyOwnDatabase(database)
    demonstration.end()
    return { urls: database, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
