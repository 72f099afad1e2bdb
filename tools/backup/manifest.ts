import { createHmac, timingSafeEqual } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { refuse } from './refuse.ts'

/** Raised when an older program could no longer read a backup. */
export const backupFormat = 1

export const manifestName = 'manifest.json'
export const fileListName = 'files.list'
const mostBytes = 4 * 1024 * 1024
const hash = z.string().regex(/^[0-9a-f]{64}$/)

/** One part of a backup as it lies on disk: where, how long, and the SHA-256 of its bytes. */
const part = z.object({ path: z.string().max(200), bytes: z.number().int().min(0), sha256: hash })
export type Part = z.infer<typeof part>

const tableName = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/)

/** What a backup holds. It is written last: a folder without it is a backup that was not finished. */
const content = z.object({
  program: z.literal('tongxing'),
  format: z.number().int(),
  version: z.string().max(40),
  madeAt: z.iso.datetime(),
  /** Steps of the schema the rows were written under, by which the same schema is built again. */
  steps: z.array(z.object({ number: z.number().int(), label: z.string().max(200), checksum: hash })).max(9_999),
  tables: z
    .array(part.extend({ name: tableName, columns: z.array(tableName).min(1).max(400), rows: z.number().int().min(0) }))
    .max(2_000),
  files: part.extend({ count: z.number().int().min(0) }),
  /** Tells the keys it was made with from others, and nothing about them. */
  keyProof: hash,
})
export type ManifestContent = z.infer<typeof content>

const manifest = z.object({ content, seal: hash })

/** The two keys everything is encrypted and found by. */
export interface BackupKeys {
  readonly encryptionKey: Uint8Array
  readonly blindIndexKey: Uint8Array
}

const mac = (keys: BackupKeys, purpose: string, text: string): string =>
  createHmac('sha256', keys.encryptionKey).update(`tongxing ${purpose}\0`).update(text).digest('hex')

export const keyProofOf = (keys: BackupKeys): string =>
  mac(keys, 'backup keys', Buffer.from(keys.blindIndexKey).toString('hex'))

// Fields in the order of the shape, so that writer and reader seal the same text.
const sealOf = (keys: BackupKeys, whole: ManifestContent): string =>
  mac(keys, 'backup manifest', JSON.stringify(content.parse(whole)))

/** The manifest's text; its seal shows every later change to those who hold the keys. */
export const sealManifest = (keys: BackupKeys, whole: ManifestContent): string =>
  `${JSON.stringify({ content: whole, seal: sealOf(keys, whole) }, null, 2)}\n`

const readText = (folder: string): string => {
  const path = join(folder, manifestName)
  if (!existsSync(path)) throw refuse('unfinished', `${folder} 里没有 ${manifestName},它不是备份,或者备份没有做完。`)
  if (statSync(path).size > mostBytes) throw refuse('damaged', `备份清单 ${path} 大得不合常理,备份已损坏。`)
  return readFileSync(path, 'utf8')
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const headOf = z.object({ content: z.object({ program: z.string(), format: z.number() }) })

/**
 * Reads a backup's manifest and checks it against the keys. Refuses `backup.unfinished`, `foreign`, `newer`, `damaged`,
 * `other-keys`.
 */
export const openManifest = (folder: string, keys: BackupKeys): ManifestContent => {
  const value = parse(readText(folder))
  const head = headOf.safeParse(value)
  if (value === undefined) throw refuse('damaged', `备份清单 ${manifestName} 已损坏,无法读出;请换另一份备份。`)
  if (!head.success || head.data.content.program !== 'tongxing') {
    throw refuse('foreign', `${folder} 不是同行做的备份,没有恢复任何内容。`)
  }
  if (head.data.content.format > backupFormat) {
    throw refuse('newer', `这份备份由更新版本的同行做成(格式 ${head.data.content.format}),请用新版本恢复。`)
  }
  const read = manifest.safeParse(value)
  if (!read.success) throw refuse('damaged', `备份清单 ${manifestName} 的内容不完整,备份已损坏;请换另一份备份。`)
  const { content: found, seal } = read.data
  if (found.keyProof !== keyProofOf(keys)) {
    throw refuse('other-keys', '密钥文件 keys.json 与这份备份不是同一套,备份无法读出;请找出做备份时的密钥文件。')
  }
  const expected = Buffer.from(sealOf(keys, found), 'hex')
  if (!timingSafeEqual(expected, Buffer.from(seal, 'hex'))) {
    throw refuse('damaged', `备份清单 ${manifestName} 在备份之后被改动过,没有恢复任何内容;请换另一份备份。`)
  }
  return found
}
