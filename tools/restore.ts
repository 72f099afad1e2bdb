import { join, resolve } from 'node:path'
import { Client } from 'pg'
import { Refusal } from '#contract/platform'
import { isStartFault, openDataFolder, parseKeyFile, resolveDataFolder } from '../server/platform/data-folder/index.ts'
import { createDurably } from '../server/platform/data-folder/write-durably.ts'
import { checkOutsideServer, startEmbeddedDatabase } from '../server/platform/database/embedded/index.ts'
import { migrationsFolder } from '../server/platform/database/migrate.ts'
import { readMigrations, settingsOf } from '../server/platform/database/read-migrations.ts'
import { refuse } from './backup/refuse.ts'
import { findKeysText, restoreDatabase, restoreFiles, takeEmptyFolder, verifyBackup } from './backup/restore.ts'
import { readOptions } from './shell/read-options.ts'

const usage = `用法:npm run restore -- --from 备份文件夹 [--keys keys.json]
  --from    npm run backup 做成的文件夹
  --keys    做备份时的密钥文件;备份里带有密钥时可省略
恢复到 DATA_DIR(默认 .data)指定的空文件夹;设了 DATABASE_URL 时,数据写入那个空的数据库。`

const root = join(import.meta.dirname, '..')
const say = (line: string): void => void process.stdout.write(`${line}\n`)

const openTarget = async (dataFolder: string): Promise<{ ownerUrl: string; close: () => Promise<void> }> => {
  const folder = await openDataFolder(dataFolder)
  const outside = process.env.DATABASE_URL?.trim()
  try {
    if (outside) {
      const client = new Client({ connectionString: outside })
      await client.connect()
      await checkOutsideServer(client).finally(() => client.end())
      return { ownerUrl: outside, close: async () => folder.close() }
    }
    const settings = settingsOf(readMigrations(migrationsFolder))
    const database = await startEmbeddedDatabase({ dataFolder, keys: folder.keys, settings })
    const close = async () => {
      await database.stop()
      folder.close()
    }
    return { ownerUrl: database.ownerUrl, close }
  } catch (error) {
    folder.close()
    throw error
  }
}

const restore = async (from: string, keysPath: string | undefined, dataFolder: string): Promise<void> => {
  const keysText = findKeysText(from, keysPath)
  const keys = parseKeyFile(keysText)
  if (!keys) throw refuse('no-keys', '密钥文件已损坏,备份无法读出;请找出做备份时的 keys.json。')
  const backup = await verifyBackup(from, keys, readMigrations(migrationsFolder))
  const giveBack = takeEmptyFolder(dataFolder)
  try {
    createDurably(join(dataFolder, 'keys.json'), keysText)
    const target = await openTarget(dataFolder)
    try {
      const files = await restoreFiles(backup, dataFolder)
      const rows = await restoreDatabase(target.ownerUrl, backup, keys.passwords)
      say(`恢复完成:${dataFolder},${backup.content.tables.length} 张表,${rows} 行,${files} 个附件。`)
      say(`备份做于 ${backup.content.madeAt}(版本 ${backup.content.version})。现在可以启动:npm start`)
    } finally {
      await target.close()
    }
  } catch (error) {
    // The folder was empty; half a restore must not be taken for a whole one.
    giveBack()
    throw error
  }
}

const run = async (): Promise<void> => {
  const options = { from: { type: 'string' }, keys: { type: 'string' }, help: { type: 'boolean' } } as const
  const { values } = readOptions({ options, allowPositionals: false })
  if (values.help || !values.from) {
    say(usage)
    process.exitCode = values.help ? 0 : 2
    return
  }
  const dataFolder = resolveDataFolder({ DATA_DIR: process.env.DATA_DIR }, root)
  await restore(resolve(values.from), values.keys && resolve(values.keys), dataFolder)
}

const sentenceOf = (error: unknown): string => {
  if (isStartFault(error) || error instanceof Refusal) return error.sentence
  return `恢复没有做成:${(error as { message?: string }).message ?? '原因不明'}。备份没有改动。`
}

run().catch((error: unknown) => {
  process.stderr.write(`${sentenceOf(error)}\n`)
  process.exitCode = 1
})
