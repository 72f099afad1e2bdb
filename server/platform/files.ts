import { createHash, randomBytes } from 'node:crypto'
import { mkdir, open, readFile, rename, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Secrets } from './secrets.ts'

/** Files at rest: encrypted, found by the sha256 of their plain content. */
export interface FileStore {
  /** Stores bytes durably and returns their sha256; the same bytes are stored once. */
  readonly save: (bytes: Uint8Array) => Promise<Buffer>
  /** The plain bytes of a stored file, or undefined. */
  readonly find: (sha256: Uint8Array) => Promise<Buffer | undefined>
}

const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Opens the store under a folder. A file is on disk (fsync, then rename) before the record that names it commits. */
export const openFileStore = (folder: string, secrets: Secrets): FileStore => {
  const place = (hex: string): string => join(folder, hex.slice(0, 2), hex.slice(2, 4), hex)
  return {
    save: async (bytes) => {
      const sha256 = createHash('sha256').update(bytes).digest()
      const path = place(sha256.toString('hex'))
      const known = await stat(path).then(
        () => true,
        () => false,
      )
      if (known) return sha256
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      const draft = `${path}.${randomBytes(6).toString('hex')}`
      const handle = await open(draft, 'wx', 0o600)
      try {
        await handle.writeFile(secrets.sealBytes(bytes))
        await handle.sync()
      } finally {
        await handle.close()
      }
      await rename(draft, path)
      await syncFolder(dirname(path))
      return sha256
    },
    find: async (sha256) => {
      try {
        return secrets.openBytes(await readFile(place(Buffer.from(sha256).toString('hex'))))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
        throw error
      }
    },
  }
}
