import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { startFault } from '../../data-folder/start-fault.ts'
import { giveTo, type Identity } from './choose-identity.ts'
import { faultOfOutput, isPortTaken, isStillLeaving } from './fault-of-output.ts'
import type { Binaries } from './find-binaries.ts'
import { keptCommand, spawnOptions } from './keep-command.ts'
import { readPostmaster, signalQuietly } from './postmaster-file.ts'

/** A server that accepts connections. `gone` settles when its process ends, for whatever reason. */
export type RunningServer = {
  readonly port: number
  readonly pid: number
  readonly gone: Promise<void>
  stop(): Promise<void>
}

/** All that one start needs. `port` only when the same one must come back. */
export type ServerPlan = {
  readonly binaries: Binaries
  readonly identity: Identity
  readonly files: string
  readonly logFolder: string
  readonly settings: Record<string, string>
  readonly port?: number
  /** How long to try again while the port is taken or a killed server's workers still leave. */
  readonly patienceMs?: number
}

const readyPatienceMs = 120_000
const stopPatienceMs = 20_000

/** Starts the server on a free loopback port and waits until it accepts connections, recovery included. */
export async function runServer(plan: ServerPlan): Promise<RunningServer> {
  mkdirSync(plan.logFolder, { recursive: true, mode: 0o700 })
  giveTo(plan.identity, plan.logFolder)
  const deadline = Date.now() + (plan.patienceMs ?? 20_000)
  for (;;) {
    const port = plan.port ?? (await freePort())
    const outcome = await tryRun(plan, port)
    if ('pid' in outcome) return outcome
    const again = isStillLeaving(outcome.output) || isPortTaken(outcome.output)
    if (again && Date.now() < deadline) {
      await pause(100)
      continue
    }
    if (isPortTaken(outcome.output)) {
      throw startFault(
        'database.no-port',
        `内置数据库无法使用本机端口 ${port}，它被别的程序占用；请稍候再启动。`,
        outcome.output,
      )
    }
    const where = plan.logFolder
    const other = `内置数据库没有启动成功，详细原因见 ${where} 里的日志；数据没有改动。`
    throw faultOfOutput(outcome.output, plan.files) ?? startFault('database.will-not-start', other, outcome.output)
  }
}

async function tryRun(plan: ServerPlan, port: number): Promise<RunningServer | { output: string }> {
  // A killed server leaves its file behind, saying "ready".
  const left = readPostmaster(plan.files)
  const child = spawnServer(plan, port)
  let output = ''
  child.stderr?.on('data', (piece: Buffer) => {
    output = (output + piece.toString()).slice(-8_000)
  })
  let ended = false
  const gone = new Promise<void>((resolve) => {
    child.on('error', (error) => {
      output += error.message
      ended = true
      resolve()
    })
    child.on('close', () => {
      ended = true
      resolve()
    })
  })
  const deadline = Date.now() + readyPatienceMs
  while (!ended && Date.now() < deadline) {
    const found = readPostmaster(plan.files)
    const isNew = found?.pid !== left?.pid || found?.startedAt !== left?.startedAt
    if (found?.ready && isNew && found.port === port) {
      return { port, pid: found.pid, gone, stop: () => stop(child, found.pid, gone) }
    }
    await Promise.race([pause(10), gone])
  }
  child.stdin?.end()
  await gone
  return { output: `${output}\n${lastWords(plan.logFolder)}` }
}

function spawnServer(plan: ServerPlan, port: number): ChildProcess {
  const settings = Object.entries(plan.settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const server = [plan.binaries.postgres, '-D', plan.files, '-p', String(port), ...settings]
  const [program, words] = keptCommand(plan.identity, 'stop', server)
  return spawn(program, words, {
    ...spawnOptions(plan.identity),
    env: { PATH: process.env.PATH ?? '', LC_ALL: 'C', ...(process.platform === 'win32' ? process.env : {}) },
    cwd: process.platform === 'win32' ? plan.files : '/',
    stdio: ['pipe', 'ignore', 'pipe'],
  })
}

/** A fast shutdown; when that hangs, an immediate one, from which the next start recovers. */
async function stop(child: ChildProcess, pid: number, gone: Promise<void>): Promise<void> {
  child.stdin?.end()
  if (process.platform === 'win32') signalQuietly(pid, 'SIGINT')
  const patience = new AbortController()
  const inTime = await Promise.race([
    gone.then(() => true),
    pause(stopPatienceMs, false, { signal: patience.signal }).catch(() => false),
  ])
  patience.abort()
  if (inTime) return
  signalQuietly(pid, 'SIGQUIT')
  await gone
}

/** What the server logged since it last began to start: its reason for giving up. */
function lastWords(logFolder: string): string {
  const newest = readdirSync(logFolder)
    .filter((name) => name.startsWith('postgres-'))
    .map((name) => readFileSync(join(logFolder, name), 'utf8').slice(-20_000))
    .sort((left, right) => timeOf(left).localeCompare(timeOf(right)))
    .at(-1)
  return newest === undefined ? '' : newest.slice(Math.max(0, newest.lastIndexOf('starting PostgreSQL')))
}

function timeOf(log: string): string {
  return log.trimEnd().split('\n').at(-1)?.slice(0, 23) ?? ''
}

function freePort(): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const probe = createServer()
  probe.on('error', reject)
  probe.listen(0, '127.0.0.1', () => {
    const address = probe.address()
    probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
  })
  return promise
}
