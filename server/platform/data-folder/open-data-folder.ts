import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { type Keys, openKeys } from './keys.ts'
import { lockFolder } from './lock-folder.ts'
import { isAlive } from './process-identity.ts'
import { asFolderFault, startFault } from './start-fault.ts'
import { createDurably } from './write-durably.ts'

/** An opened and locked data folder. `announce` when the program answers at an address; `close` when it leaves. */
export type DataFolder = {
  readonly path: string
  readonly keys: Keys
  announce(address: string): void
  close(): void
}

/** Layout of the folder itself; raised only when an older program could no longer work in it. */
const layout = 1
const leastFreeMb = 64

/** Where data live: `DATA_DIR`, else `.data` in the program's folder. */
export function resolveDataFolder(env: { DATA_DIR?: string | undefined }, programFolder: string): string {
  return resolve(programFolder, env.DATA_DIR?.trim() || '.data')
}

/**
 * Creates (0700) or opens the data folder, takes it for this process, checks that it can be written and is not of a
 * newer program, and reads or makes its keys. Refuses with `data-folder.*`.
 */
export async function openDataFolder(path: string): Promise<DataFolder> {
  try {
    makeFolder(path)
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK)
    checkSpace(path)
    checkLayout(path)
    const lock = await lockFolder(path)
    try {
      return { path, keys: prepare(path), announce: lock.announce, close: lock.release }
    } catch (error) {
      lock.release()
      throw error
    }
  } catch (error) {
    throw asFolderFault(error, path)
  }
}

function makeFolder(path: string): void {
  let above = path
  while (!existsSync(above)) above = dirname(above)
  // Asked first: making several folders at once on a disk that may only be read fails with "no such entry".
  if (above !== path) accessSync(above, constants.W_OK)
  mkdirSync(path, { recursive: true, mode: 0o700 })
}

function prepare(path: string): Keys {
  removeLeftovers(path)
  createDurably(join(path, 'layout.json'), `${JSON.stringify({ layout })}\n`)
  // The embedded database may have opened the folder for passing through (0711); never more than that.
  if (process.platform !== 'win32') chmodSync(path, 0o700)
  return openKeys(path, existsSync(join(path, 'database')))
}

function removeLeftovers(path: string): void {
  for (const name of readdirSync(path)) {
    const writer = /\.(\d+)-[0-9a-f]{8}\.tmp$|\.stale-(\d+)$/.exec(name)
    if (writer === null || isAlive(Number(writer[1] ?? writer[2]))) continue
    rmSync(join(path, name), { force: true })
  }
}

function checkSpace(path: string): void {
  const { bavail, bsize } = statfsSync(path)
  const freeMb = Math.floor((bavail * bsize) / 1024 / 1024)
  if (freeMb >= leastFreeMb) return
  throw startFault(
    'data-folder.disk-full',
    `数据文件夹 ${path} 所在的磁盘只剩 ${freeMb} MB，至少需要 ${leastFreeMb} MB，请腾出空间后再启动，已有数据没有丢失。`,
  )
}

function checkLayout(path: string): void {
  const marker = join(path, 'layout.json')
  if (!existsSync(marker)) return
  const text = readFileSync(marker, 'utf8')
  const found = Number(/^\{"layout":(\d{1,6})\}\s*$/.exec(text)?.[1])
  if (found <= layout) return
  throw startFault(
    'data-folder.newer',
    `数据文件夹 ${path} 属于更新版本的同行（布局 ${Number.isNaN(found) ? '不明' : found}），请用新版本启动；数据没有改动。`,
  )
}
