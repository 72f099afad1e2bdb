import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import type { RolePasswords } from '../../server/platform/database/cluster-roles.ts'
import { migrate } from '../../server/platform/database/migrate.ts'
import type { Migration } from '../../server/platform/database/read-migrations.ts'
import { copyFilesIn, listFiles, verifyPart } from './copy-files.ts'
import { type BackupKeys, type ManifestContent, openManifest } from './manifest.ts'
import { refuse } from './refuse.ts'
import { beginWriting, copyTableIn, findFilledTable, listTables } from './table-copies.ts'

/** A backup of which every byte was checked; nothing was written yet. */
export interface VerifiedBackup {
  readonly from: string
  readonly content: ManifestContent
  readonly keys: BackupKeys
  /** Steps that build the backup's schema, and those that came later. */
  readonly before: readonly Migration[]
  readonly after: readonly Migration[]
}

const stepsFor = (content: ManifestContent, ours: readonly Migration[]) => {
  const numbers = new Set(content.steps.map(({ number }) => number))
  for (const step of content.steps) {
    const known = ours.find(({ number }) => number === step.number)
    if (!known) {
      const name = `版本 ${content.version},数据库 ${step.label}`
      throw refuse('newer', `这份备份由更新版本的同行做成(${name}),请用新版本恢复;没有恢复任何内容。`)
    }
    if (known.checksum !== step.checksum) {
      throw refuse('foreign', `这份备份的数据库步骤 ${step.label} 与本程序的不同,它出自改动过的程序,不能恢复。`)
    }
  }
  const before = ours.filter(({ number }) => numbers.has(number))
  return { before, after: ours.filter(({ number }) => !numbers.has(number)) }
}

/**
 * Reads a whole backup and refuses what is not whole, not ours, or newer than this program, before anything is written:
 * `backup.unfinished`, `foreign`, `newer`, `damaged`, `other-keys`.
 */
export const verifyBackup = async (
  from: string,
  keys: BackupKeys,
  ours: readonly Migration[],
): Promise<VerifiedBackup> => {
  const content = openManifest(from, keys)
  const steps = stepsFor(content, ours)
  for (const part of [content.files, ...content.tables]) await verifyPart(from, part)
  for (const part of listFiles(from)) await verifyPart(from, part)
  return { from, content, keys, ...steps }
}

const insistEmpty = async (owner: Client, { before }: VerifiedBackup): Promise<void> => {
  const ours = before.map(({ number }) => number)
  const { rows } = await owner.query<{ there: boolean }>(`select to_regclass('schema_migrations') is not null as there`)
  const later = rows[0]?.there
    ? await owner.query('select 1 from schema_migrations where number <> all($1::int[]) limit 1', [ours])
    : undefined
  if (later?.rowCount) {
    throw refuse('not-empty', '目标数据库已按比备份更新的结构建立,恢复只写入空的数据库;请新建一个空库再恢复。')
  }
  const filled = await findFilledTable(owner)
  if (!filled) return
  throw refuse('not-empty', `目标数据库里已有数据(表 ${filled}),恢复只写入空的数据库;原有数据没有改动。`)
}

const writeTables = async (owner: Client, { content, from, keys }: VerifiedBackup): Promise<number> => {
  const order = (await listTables(owner)).map(({ name }) => name)
  const sorted = content.tables.toSorted((a, b) => order.indexOf(a.name) - order.indexOf(b.name))
  await beginWriting(owner)
  try {
    let rows = 0
    for (const table of sorted) {
      const taken = await copyTableIn(owner, table, from, keys)
      if (taken !== table.rows) throw refuse('damaged', `表 ${table.name} 应有 ${table.rows} 行,只读出 ${taken} 行。`)
      rows += taken
    }
    await owner.query('commit')
    return rows
  } catch (error) {
    await owner.query('rollback')
    throw error
  }
}

/**
 * Writes a verified backup into an empty database: the schema it was made under, its rows in one transaction, then the
 * steps that came later; the way from an older version to this one. Refuses `backup.not-empty`; answers the rows.
 */
export const restoreDatabase = async (
  ownerUrl: string,
  backup: VerifiedBackup,
  passwords: RolePasswords,
): Promise<number> => {
  const owner = new Client({ connectionString: ownerUrl })
  await owner.connect()
  try {
    await insistEmpty(owner, backup)
    await migrate(owner, backup.before, { passwords })
    const rows = await writeTables(owner, backup)
    await migrate(
      owner,
      [...backup.before, ...backup.after].sort((a, b) => a.number - b.number),
      { passwords },
    )
    await owner.query('analyze')
    return rows
  } finally {
    await owner.end()
  }
}

/** Lays the attachments of a verified backup into a data folder. */
export const restoreFiles = async (backup: VerifiedBackup, dataFolder: string): Promise<number> => {
  const parts = listFiles(backup.from)
  await copyFilesIn(backup.from, parts, dataFolder)
  return parts.length
}

/** Insists that a data folder is empty, and makes it; answers how to leave it as it was found. */
export const takeEmptyFolder = (path: string): (() => void) => {
  const wasThere = existsSync(path)
  if (wasThere && readdirSync(path).length > 0) {
    throw refuse(
      'not-empty',
      `数据文件夹 ${path} 里已有内容,恢复只写入空的文件夹;请用 DATA_DIR 指定一个空文件夹,原有数据没有改动。`,
    )
  }
  mkdirSync(path, { recursive: true, mode: 0o700 })
  return () => {
    for (const name of readdirSync(path)) rmSync(join(path, name), { recursive: true, force: true })
    if (!wasThere) rmSync(path, { recursive: true, force: true })
  }
}

/** Finds the keys of a backup: the given file, or the one laid beside it. Refuses `backup.no-keys`. */
export const findKeysText = (from: string, given: string | undefined): string => {
  const path = given ?? join(from, 'keys.json')
  if (existsSync(path)) return readFileSync(path, 'utf8')
  if (given) throw refuse('no-keys', `没有找到密钥文件 ${given}。`)
  throw refuse(
    'no-keys',
    '备份里没有密钥文件(它应与备份分开保存),没有它备份无法读出;请用 --keys 指定做备份时的 keys.json。',
  )
}
