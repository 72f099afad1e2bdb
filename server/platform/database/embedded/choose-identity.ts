import { spawnSync } from 'node:child_process'
import { chmodSync, lchownSync, lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { startFault } from '../../data-folder/start-fault.ts'
import type { Binaries } from './find-binaries.ts'

/** As whom the database runs: `uid`/`gid` to change to, and words to put before the command. */
export type Identity = { readonly uid?: number; readonly gid?: number; readonly prefix: readonly string[] }

const nobody = 65_534

/**
 * PostgreSQL refuses to run as root. A plain user runs it as himself; root as the owner of existing files or `nobody`,
 * where that user can reach program and folder, else within a user namespace in which root has no name.
 * `files` is the database's own folder (may be missing). Refuses `database.no-identity`.
 */
export function chooseIdentity(binaries: Binaries, dataFolder: string, files: string): Identity {
  if (process.getuid?.() !== 0) return { prefix: [] }
  const owner = lstatSync(files, { throwIfNoEntry: false })
  const uid = owner === undefined || owner.uid === 0 ? nobody : owner.uid
  const gid = owner === undefined || owner.uid === 0 ? nobody : owner.gid
  // Others may pass through the folder by name, never list it; all files in it are private.
  chmodSync(dataFolder, 0o711)
  if (canReach({ uid, gid }, binaries.postgres, dataFolder)) return { uid, gid, prefix: [] }
  chmodSync(dataFolder, 0o700)
  const prefix = ['unshare', '--user']
  const tried = spawnSync('unshare', ['--user', binaries.postgres, '--version'], { stdio: 'ignore' })
  if (tried.status === 0) return { prefix }
  throw startFault(
    'database.no-identity',
    '内置数据库不能以 root 身份运行，而其他用户又读不到程序所在的文件夹；请把程序放到其他用户可读的位置（如 /opt/tongxing），或改用普通用户启动。',
  )
}

/** Gives `path` and everything below it to the chosen user; does nothing for a plain user. */
export function giveTo(identity: Identity, path: string): void {
  if (process.getuid?.() !== 0) return
  const [uid, gid] = [identity.uid ?? 0, identity.gid ?? 0]
  const found = lstatSync(path)
  if (found.uid !== uid || found.gid !== gid) lchownSync(path, uid, gid)
  if (!found.isDirectory()) return
  for (const name of readdirSync(path)) giveTo(identity, join(path, name))
}

function canReach(who: { uid: number; gid: number }, program: string, folder: string): boolean {
  const script = 'cd "$2" && exec "$1" --version'
  const tried = spawnSync('/bin/sh', ['-c', script, 'sh', program, folder], { ...who, cwd: '/', stdio: 'ignore' })
  return tried.status === 0
}
