import { readFileSync, readlinkSync, realpathSync } from 'node:fs'
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
 * Ends a server that an earlier, killed program left behind on these files, and waits until it has gone. A file that
 * was left by a dead server, or whose number belongs to a stranger by now, is no reason to touch any process.
 */
export async function stopOrphan(files: string, patienceMs = 15_000): Promise<'none' | 'stopped'> {
  const found = readPostmaster(files)
  if (found === undefined || !isServerOf(found.pid, files)) return 'none'
  const waits = [
    ['SIGINT', patienceMs],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ] as const
  for (const [signal, wait] of waits) {
    signalQuietly(found.pid, signal)
    if (await hasGone(found.pid, wait)) return 'stopped'
  }
  return 'stopped'
}

/** Whether the process is a PostgreSQL working on `files`. A number is reused by other programs after a while. */
export function isServerOf(pid: number, files: string): boolean {
  if (processIdentity(pid) === undefined) return false
  // Elsewhere than on Linux the server's own check of its shared memory is what protects the files.
  if (process.platform !== 'linux') return isAlive(pid)
  try {
    const program = basename(readlinkSync(`/proc/${pid}/exe`)).replace(' (deleted)', '')
    return program === 'postgres' && readlinkSync(`/proc/${pid}/cwd`) === realpathSync(files)
  } catch {
    return readLines(`/proc/${pid}/cmdline`).join(' ').includes(files)
  }
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
