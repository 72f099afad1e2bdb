import { spawn } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startFault } from '../../data-folder/start-fault.ts'
import { syncFolder } from '../../data-folder/write-durably.ts'
import { giveTo, type Identity } from './choose-identity.ts'
import { faultOfOutput } from './fault-of-output.ts'
import type { Binaries } from './find-binaries.ts'
import { keptCommand, spawnOptions } from './keep-command.ts'

/** Name of the administrator inside the embedded server; only the launcher uses it. */
export const superuser = 'postgres'

const half = 'database.new-'

/** Text under which Chinese characters are letters on every platform, whatever the machine's locale. */
const locale = [
  '-E',
  'UTF8',
  '--locale=C',
  '--lc-ctype=C.UTF-8',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
]

/**
 * Creates the server's files at `files`, unless they stand there. They are made beside it and renamed when whole,
 * so a start that is cut off leaves nothing half-made. Refuses like a start does.
 */
export async function createCluster(
  binaries: Binaries,
  identity: Identity,
  place: { readonly dataFolder: string; readonly files: string; readonly password: string; readonly durable: boolean },
): Promise<void> {
  removeHalfMade(place.dataFolder)
  if (readMajor(place.files) !== undefined) return
  const workshop = join(place.dataFolder, `${half}${process.pid}`)
  try {
    mkdirSync(workshop, { mode: 0o700 })
    writeFileSync(join(workshop, 'password'), `${place.password}\n`, { mode: 0o600 })
    giveTo(identity, workshop)
    await runInitdb(binaries, identity, workshop, place.durable)
    writeFileSync(join(workshop, 'files', 'pg_hba.conf'), 'host all all 127.0.0.1/32 scram-sha-256\n')
    renameSync(join(workshop, 'files'), place.files)
    syncFolder(place.dataFolder)
  } finally {
    rmSync(workshop, { recursive: true, force: true })
  }
}

/** The major version whose files stand at `files`; undefined when there are none. */
export function readMajor(files: string): number | undefined {
  try {
    return Number.parseInt(readFileSync(join(files, 'PG_VERSION'), 'utf8'), 10)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

function removeHalfMade(dataFolder: string): void {
  for (const name of readdirSync(dataFolder)) {
    if (!name.startsWith(half)) continue
    rmSync(join(dataFolder, name), { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
  }
}

function runInitdb(binaries: Binaries, identity: Identity, workshop: string, durable: boolean): Promise<void> {
  const words = [
    binaries.initdb,
    ...['-D', join(workshop, 'files'), '-U', superuser, '--pwfile', join(workshop, 'password')],
    ...['--auth=scram-sha-256', '--no-instructions', ...locale, ...(durable ? [] : ['--no-sync'])],
  ]
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const [program, rest] = keptCommand(identity, 'kill', words)
  const child = spawn(program, rest, {
    ...spawnOptions(identity),
    env: { ...process.env, LC_ALL: 'C' },
    cwd: '/',
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  let output = ''
  child.stderr.on('data', (piece: Buffer) => {
    output = (output + piece.toString()).slice(-8_000)
  })
  child.on('error', reject)
  child.on('close', (code) => {
    if (code === 0) return resolve()
    const other = startFault('database.will-not-start', '内置数据库建立失败，详细原因见日志。', output)
    reject(faultOfOutput(output, workshop) ?? other)
  })
  return promise
}
