import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { syncFolder, writeDurably } from '../../server/platform/data-folder/write-durably.ts'
import { labelOf } from '../../server/platform/database/read-migrations.ts'
import { copyFilesOut } from './copy-files.ts'
import {
  type BackupKeys,
  backupFormat,
  keyProofOf,
  type ManifestContent,
  manifestName,
  sealManifest,
} from './manifest.ts'
import { refuse } from './refuse.ts'
import { beginReading, copyTableOut, listTables } from './table-copies.ts'

/** What a backup is made of and where it goes. */
export interface BackupWishes {
  readonly ownerUrl: string
  readonly keys: BackupKeys
  readonly filesFolder: string
  readonly to: string
  readonly version: string
  /** Path of keys.json, to lay it beside the backup. */
  readonly withKeys?: string
}

export interface BackupReport {
  readonly tables: number
  readonly rows: number
  readonly files: number
}

const prepare = (to: string): void => {
  if (existsSync(to) && readdirSync(to).length > 0) {
    throw refuse('not-empty', `文件夹 ${to} 里已有内容,备份只写入空的或新建的文件夹,以免混在一起。`)
  }
  mkdirSync(to, { recursive: true, mode: 0o700 })
}

type Step = { number: number; capability: string; name: string; checksum: string }

const stepsOf = async (owner: Client): Promise<ManifestContent['steps']> => {
  const there = await owner.query<{ there: boolean }>(`select to_regclass('schema_migrations') is not null as there`)
  if (!there.rows[0]?.there) throw refuse('nothing', '数据库里还没有同行的数据,不需要备份。')
  const { rows } = await owner.query<Step>(
    'select number, capability, name, checksum from schema_migrations order by 1',
  )
  return rows.map((step) => ({ number: step.number, label: labelOf(step), checksum: step.checksum }))
}

/**
 * Writes a whole backup: every table as of one moment, the attachments, and a sealed manifest of their hashes, written
 * last. People may go on working. Refuses `backup.not-empty`, `backup.nothing`.
 */
export const backUp = async (wishes: BackupWishes): Promise<BackupReport> => {
  const { keys, to } = wishes
  prepare(to)
  const owner = new Client({ connectionString: wishes.ownerUrl })
  await owner.connect()
  try {
    await beginReading(owner)
    const madeAt = new Date().toISOString()
    const steps = await stepsOf(owner)
    const tables: ManifestContent['tables'] = []
    for (const table of await listTables(owner)) tables.push(await copyTableOut(owner, table, to, keys))
    // After the tables: an attachment is on disk before the record that names it is.
    const files = await copyFilesOut(wishes.filesFolder, to)
    await owner.query('commit')
    if (wishes.withKeys) copyFileSync(wishes.withKeys, join(to, 'keys.json'))
    const head = { program: 'tongxing', format: backupFormat, version: wishes.version, madeAt } as const
    const text = sealManifest(keys, { ...head, steps, tables, files, keyProof: keyProofOf(keys) })
    writeDurably(join(to, manifestName), text)
    syncFolder(to)
    return { tables: tables.length, rows: tables.reduce((sum, { rows }) => sum + rows, 0), files: files.count }
  } finally {
    await owner.end()
  }
}
