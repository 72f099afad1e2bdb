import { spawnSync } from 'node:child_process'
import { readFileSync, readlinkSync, realpathSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { isAlive, processIdentity } from '../../data-folder/process-identity.ts'

/** What a running server writes about itself into its folder. */
export type Postmaster = {
  readonly pid: number
  readonly startedAt: number
  readonly port: number
  readonly ready: boolean
}

/** Reads `postmaster.pid`; undefined when it is missing or not yet whole. `startedAt` in seconds. */
export function readPostmaster(files: string): Postmaster | undefined {
  const lines = readLines(join(files, 'postmaster.pid'))
  const [pid, startedAt, port] = [Number(lines[0]), Number(lines[2]), Number(lines[3])]
  if (!Number.isSafeInteger(pid) || pid < 1) return undefined
  return { pid, startedAt, port, ready: lines[7]?.trim() === 'ready' }
}

/**
 * Ends a server that an earlier, killed program left behind on these files, and waits until it has gone. When the
 * number in the file belongs to a stranger by now, no process is touched and the file is made to say so.
 */
export async function stopOrphan(files: string, patienceMs = 15_000): Promise<'none' | 'stopped'> {
  const found = readPostmaster(files)
  if (found === undefined) return 'none'
  const isOurs = isServerOf(found.pid, files)
  if (isOurs) await endServer(found.pid, patienceMs)
  disownNumber(files)
  return isOurs ? 'stopped' : 'none'
}

async function endServer(pid: number, patienceMs: number): Promise<void> {
  const waits = [
    ['SIGINT', patienceMs],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ] as const
  for (const [signal, wait] of waits) {
    signalQuietly(pid, signal)
    if (await hasGone(pid, wait)) return
  }
}

/** Above the highest number any of our systems gives to a process. */
const numberOfNobody = 999_999_999

/**
 * PostgreSQL refuses to start while any process of its user has the number that a dead server left in the file, be it
 * a stranger or a zombie nobody collected. Only that number is replaced: the rest lets it find workers still alive.
 */
function disownNumber(files: string): void {
  const left = readPostmaster(files)
  if (left === undefined || process.platform === 'win32' || !isAlive(left.pid) || isServerOf(left.pid, files)) return
  const path = join(files, 'postmaster.pid')
  writeFileSync(path, readFileSync(path, 'utf8').replace(/^\d+/, String(numberOfNobody)))
}

/** Whether the process is a PostgreSQL working on `files`. A number is reused by other programs after a while. */
export function isServerOf(pid: number, files: string): boolean {
  // On Windows nobody is signalled; the server's own check of its shared memory protects the files.
  if (process.platform === 'win32' || processIdentity(pid) === undefined) return false
  if (process.platform !== 'linux') return commandOf(pid).includes(files)
  try {
    const program = basename(readlinkSync(`/proc/${pid}/exe`)).replace(' (deleted)', '')
    return program === 'postgres' && readlinkSync(`/proc/${pid}/cwd`) === realpathSync(files)
  } catch {
    const words = readLines(`/proc/${pid}/cmdline`).join('\n').split('\0')
    return basename(words[0] ?? '') === 'postgres' && words.includes(files)
  }
}

function commandOf(pid: number): string {
  return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? ''
}

/** Sends a signal to a process that may be gone already. */
export function signalQuietly(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It went by itself: that is what we wanted.
  }
}

async function hasGone(pid: number, waitMs: number): Promise<boolean> {
  const deadline = Date.now() + waitMs
  while (Date.now() < deadline) {
    if (processIdentity(pid) === undefined) return true
    await pause(20)
  }
  return false
}

function readLines(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n')
  } catch {
    return []
  }
}
