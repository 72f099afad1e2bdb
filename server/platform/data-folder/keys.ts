import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startFault } from './start-fault.ts'
import { createDurably } from './write-durably.ts'

/** Secrets of one installation: 32-byte keys, and passwords of the database's logins (`superuser` and `owner` embedded only). */
export type Keys = {
  readonly encryptionKey: Buffer
  readonly blindIndexKey: Buffer
  readonly passwords: {
    readonly superuser: string
    readonly owner: string
    readonly app: string
    readonly worker: string
  }
}

const keyNames = ['encryptionKey', 'blindIndexKey', 'superuser', 'owner', 'app', 'worker'] as const
const keyPattern = /^[A-Za-z0-9_-]{43}$/

/** Reads the keys without making any; undefined when there are none. Refuses `data-folder.keys-damaged`. */
export function findKeys(folder: string): Keys | undefined {
  const path = keysPath(folder)
  if (!existsSync(path)) return undefined
  const keys = parseKeyFile(readFileSync(path, 'utf8'))
  if (keys === undefined) {
    throw startFault(
      'data-folder.keys-damaged',
      `密钥文件 ${path} 已损坏，请从备份恢复它；没有它，加密的资料无法读出。`,
    )
  }
  chmodSync(path, 0o600)
  return keys
}

/** Reads the text of a key file; undefined when it is not one. */
export function parseKeyFile(text: string): Keys | undefined {
  const stored = parseKeys(text)
  if (stored === undefined) return undefined
  const [encryptionKey, blindIndexKey, superuser, owner, app, worker] = stored
  return {
    encryptionKey: Buffer.from(encryptionKey, 'base64url'),
    blindIndexKey: Buffer.from(blindIndexKey, 'base64url'),
    passwords: { superuser, owner, app, worker },
  }
}

/**
 * The installation's keys, made once at the first start. Refuses `data-folder.keys-missing` when data already stand
 * in the folder: new keys would make every encrypted value unreadable for ever.
 */
export function openKeys(folder: string, hasData: boolean): Keys {
  const found = findKeys(folder)
  if (found !== undefined) return found
  if (hasData) {
    throw startFault(
      'data-folder.keys-missing',
      `数据文件夹 ${folder} 里有数据，却缺少密钥文件 keys.json，请从备份恢复它后再启动。`,
    )
  }
  const fresh = Object.fromEntries(keyNames.map((name) => [name, randomBytes(32).toString('base64url')]))
  createDurably(keysPath(folder), `${JSON.stringify(fresh, null, 2)}\n`)
  return openKeys(folder, true)
}

function keysPath(folder: string): string {
  return join(folder, 'keys.json')
}

type KeyTexts = readonly [string, string, string, string, string, string]

function parseKeys(text: string): KeyTexts | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null) return undefined
    const texts = keyNames.map((name) => (value as Record<string, unknown>)[name])
    return isKeyTexts(texts) ? texts : undefined
  } catch {
    return undefined
  }
}

function isKeyTexts(texts: readonly unknown[]): texts is KeyTexts {
  return texts.length === keyNames.length && texts.every((text) => typeof text === 'string' && keyPattern.test(text))
}
