import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, linkSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/** Flushes a folder's entries, so that a rename in it survives a power cut. */
export function syncFolder(folder: string): void {
  // Windows cannot open folders; NTFS journals renames itself.
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Writes a private file whole or not at all: temporary file, fsync, rename, fsync of the folder. */
export function writeDurably(path: string, text: string): void {
  const temporary = writeBeside(path, text)
  renameSync(temporary, path)
  syncFolder(dirname(path))
}

/** Like `writeDurably`, but only when nothing stands at `path`; answers whether it was written. */
export function createDurably(path: string, text: string): boolean {
  const temporary = writeBeside(path, text)
  try {
    linkSync(temporary, path)
    syncFolder(dirname(path))
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(temporary, { force: true })
  }
}

function writeBeside(path: string, text: string): string {
  const temporary = `${path}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`
  const handle = openSync(temporary, 'wx', 0o600)
  try {
    writeSync(handle, text)
    fsyncSync(handle)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  } finally {
    closeSync(handle)
  }
  return temporary
}
