import { readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { processIdentity } from './process-identity.ts'
import { startFault } from './start-fault.ts'
import { createDurably, writeDurably } from './write-durably.ts'

/** Who holds a data folder; `identity` tells the process from a later one of the same number. */
export type FolderHolder = { pid: number; identity: string; address?: string }

/** A held lock: `announce` tells a second start where the first one answers, `release` gives the folder back. */
export type FolderLock = { announce(address: string): void; release(): void }

const healthPatienceMs = 10_000

/**
 * Takes the data folder for this process, so that two starts never write the same files. A lock left by a process that
 * has died (kill -9, power cut) is taken over. Refuses `data-folder.in-use` while another process holds it.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const path = lockPath(folder)
  const self: FolderHolder = { pid: process.pid, identity: processIdentity(process.pid) ?? '' }
  const mine = JSON.stringify(self)
  for (let attempt = 0; attempt < 20; attempt++) {
    if (createDurably(path, mine) && readText(path) === mine) return heldLock(path, self)
    const found = readText(path)
    const holder = found === undefined ? undefined : parseHolder(found)
    if (holder !== undefined && isHolding(holder)) throw await inUse(folder, holder)
    if (found !== undefined) displaceStale(path, found)
  }
  throw startFault('data-folder.in-use', `数据文件夹 ${folder} 正被另一次启动占用，请稍候再试。`)
}

/** The living process that holds the folder, or undefined. */
export function findHolder(folder: string): FolderHolder | undefined {
  const text = readText(lockPath(folder))
  const holder = text === undefined ? undefined : parseHolder(text)
  return holder !== undefined && isHolding(holder) ? holder : undefined
}

function lockPath(folder: string): string {
  return join(folder, 'lock.json')
}

function heldLock(path: string, self: FolderHolder): FolderLock {
  let current = JSON.stringify(self)
  return {
    announce(address) {
      current = JSON.stringify({ ...self, address })
      writeDurably(path, current)
    },
    release() {
      if (readText(path) === current) rmSync(path, { force: true })
    },
  }
}

function displaceStale(path: string, stale: string): void {
  const aside = `${path}.stale-${process.pid}`
  try {
    renameSync(path, aside)
  } catch {
    // Another start was quicker; the next round sees its lock.
    return
  }
  // Between reading and renaming a third start may have put its own lock there: give it back.
  const taken = readText(aside)
  if (taken !== undefined && taken !== stale) createDurably(path, taken)
  rmSync(aside, { force: true })
}

function isHolding(holder: FolderHolder): boolean {
  return processIdentity(holder.pid) === holder.identity
}

function parseHolder(text: string): FolderHolder | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null) return undefined
    const { pid, identity, address } = value as Record<string, unknown>
    if (!Number.isSafeInteger(pid) || typeof pid !== 'number' || pid < 1 || typeof identity !== 'string')
      return undefined
    return typeof address === 'string' ? { pid, identity, address } : { pid, identity }
  } catch {
    // A torn file belongs to nobody: locks are written whole or not at all.
    return undefined
  }
}

async function inUse(folder: string, holder: FolderHolder) {
  if (holder.address !== undefined && (await isHealthy(holder.address))) {
    return startFault('data-folder.in-use', `同行已经在运行（进程 ${holder.pid}），请直接打开 ${holder.address} 。`)
  }
  return startFault(
    'data-folder.in-use',
    `数据文件夹 ${folder} 正被另一个同行进程（${holder.pid}）使用，它正在启动或没有回应；请稍候，或先结束它再启动。`,
  )
}

async function isHealthy(address: string): Promise<boolean> {
  try {
    const answer = await fetch(new URL('/health', address), { signal: AbortSignal.timeout(healthPatienceMs) })
    return answer.ok
  } catch {
    return false
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
