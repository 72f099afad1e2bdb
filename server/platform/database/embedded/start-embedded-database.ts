import { totalmem } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import type { Keys } from '../../data-folder/keys.ts'
import { asFolderFault, startFault } from '../../data-folder/start-fault.ts'
import { scramVerifier } from '../cluster-roles.ts'
import { checkOutsideServer } from './check-outside-server.ts'
import { chooseIdentity, giveTo } from './choose-identity.ts'
import { createCluster, readMajor, superuser } from './create-cluster.ts'
import { findBinaries } from './find-binaries.ts'
import { stopOrphan } from './postmaster-file.ts'
import { type RunningServer, runServer, type ServerPlan } from './run-server.ts'
import { serverSettings } from './server-settings.ts'
import { type ServerEnd, superviseServer } from './supervise-server.ts'

/**
 * Addresses by login. `ownerUrl` is for migrations and roles: it owns the database and may create roles, but is no
 * superuser, as on an outside server. `appUrl` serves people, `workerUrl` runs jobs; both exist after `migrate`.
 */
export type DatabaseUrls = { readonly ownerUrl: string; readonly appUrl: string; readonly workerUrl: string }

/** The embedded database while it runs. All addresses stay the same when the server had to be restarted. */
export type EmbeddedDatabase = DatabaseUrls & {
  readonly port: number
  /** Process id of the server now. */
  pid(): number
  /** Told when the server ended by itself: restarted, or given up with the reason. */
  onExit(listener: (end: ServerEnd) => void): void
  stop(): Promise<void>
}

/** Where it runs; the folder must be held by this process (`openDataFolder`). `durable: false` is for tests only. */
export type EmbeddedWishes = {
  readonly dataFolder: string
  readonly keys: Keys
  readonly durable?: boolean
  /** Session settings (`settingsOf` the migrations) whose defaults the owner may set. */
  readonly settings?: readonly string[]
  readonly log?: (line: string) => void
}

/** Login and database of the embedded server that owns the schema. */
const ownerName = 'tongxing'

/**
 * Starts the embedded PostgreSQL on loopback: creates its files at the first start, ends an orphan of a killed
 * program, recovers after a crash, keeps it running. Refuses with `database.*` and `data-folder.*`.
 */
export async function startEmbeddedDatabase(wishes: EmbeddedWishes): Promise<EmbeddedDatabase> {
  const files = join(wishes.dataFolder, 'database')
  try {
    const plan = await prepare(wishes, files)
    const server = await runServer(plan)
    return await openFor(wishes, plan, server)
  } catch (error) {
    throw asFolderFault(error, wishes.dataFolder)
  }
}

async function prepare(wishes: EmbeddedWishes, files: string): Promise<ServerPlan> {
  const binaries = findBinaries()
  const durable = wishes.durable ?? true
  checkMajor(files, binaries.major)
  if ((await stopOrphan(files)) === 'stopped') wishes.log?.('ended a database server left by a killed program')
  const identity = chooseIdentity(binaries, wishes.dataFolder, files)
  const password = wishes.keys.passwords.superuser
  await createCluster(binaries, identity, { dataFolder: wishes.dataFolder, files, password, durable })
  giveTo(identity, files)
  const logFolder = join(wishes.dataFolder, 'log')
  const settings = serverSettings({ durable, memoryBytes: totalmem(), logFolder })
  return { binaries, identity, files, logFolder, settings }
}

async function openFor(wishes: EmbeddedWishes, plan: ServerPlan, server: RunningServer): Promise<EmbeddedDatabase> {
  const { superuser: adminPassword, owner } = wishes.keys.passwords
  try {
    await ensureOwner(urlOf(superuser, adminPassword, server.port, 'postgres'), owner, wishes.settings ?? [])
  } catch (error) {
    await server.stop()
    throw error
  }
  const kept = superviseServer({ ...plan, port: server.port }, server, wishes.log ?? (() => {}))
  return { ...urlsOf(wishes.keys, server.port), port: server.port, ...kept }
}

/** Addresses on the embedded server at `port`. */
export function urlsOf(keys: Keys, port: number): DatabaseUrls {
  const { owner, app, worker } = keys.passwords
  return {
    ownerUrl: urlOf(ownerName, owner, port, ownerName),
    appUrl: urlOf('app', app, port, ownerName),
    workerUrl: urlOf('worker', worker, port, ownerName),
  }
}

function urlOf(user: string, password: string, port: number, database: string): string {
  return `postgres://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`
}

async function ensureOwner(adminUrl: string, password: string, settings: readonly string[]): Promise<void> {
  const admin = new Client({ connectionString: adminUrl })
  // A server that dies meanwhile fails the query; the same news on the idle connection must not end the program.
  admin.on('error', () => {})
  try {
    await admin.connect()
    await checkOutsideServer(admin)
    const role = await admin.query('select 1 from pg_roles where rolname = $1', [ownerName])
    const rights = `login createrole createdb password '${scramVerifier(password)}'`
    await admin.query(`${role.rowCount ? 'alter' : 'create'} role ${ownerName} ${rights}`)
    if (settings.length > 0) await admin.query(`grant set on parameter ${settings.join(', ')} to ${ownerName}`)
    const database = await admin.query('select 1 from pg_database where datname = $1', [ownerName])
    if (!database.rowCount) await admin.query(`create database ${ownerName} owner ${ownerName} strategy file_copy`)
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== '28P01') throw error
    throw startFault(
      'database.password',
      '密钥文件 keys.json 与数据库不是同一套，无法登录数据库；请恢复与数据同一份备份里的密钥文件。',
      error,
    )
  } finally {
    await admin.end()
  }
}

function checkMajor(files: string, ours: number): void {
  const found = readMajor(files)
  if (found === undefined || found === ours) return
  if (found > ours) {
    throw startFault(
      'database.newer-files',
      `数据文件夹由更新版本的同行建立（数据库 ${found}，本程序 ${ours}），请用新版本启动；数据没有改动。`,
    )
  }
  throw startFault(
    'database.older-files',
    `数据文件夹属于旧版数据库 ${found}，本程序用 ${ours}；请先用旧版本做备份，再在新版本里恢复。数据没有改动。`,
  )
}
