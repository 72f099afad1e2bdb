import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Refusal } from '#contract/platform'
import {
  findKeys,
  isStartFault,
  type Keys,
  openDataFolder,
  resolveDataFolder,
} from '../server/platform/data-folder/index.ts'
import { findRunningDatabase, startEmbeddedDatabase } from '../server/platform/database/embedded/index.ts'
import { backUp } from './backup/back-up.ts'
import { refuse } from './backup/refuse.ts'
import { readOptions } from './shell/read-options.ts'

const usage = `用法:npm run backup -- --to 文件夹 [--with-keys]
  --to          备份写到哪里,必须是空的或还没有的文件夹
  --with-keys   把密钥文件 keys.json 一并放进备份(默认分开保存)
程序运行时也可以备份;备份的是开始那一刻的全部数据和附件。`

const root = join(import.meta.dirname, '..')
const say = (line: string): void => void process.stdout.write(`${line}\n`)

interface Source {
  readonly ownerUrl: string
  readonly keys: Keys
  readonly close: () => Promise<void>
}

/** The database to read: an outside one, that of a running program, or our own, started for the backup and not migrated. */
const openSource = async (dataFolder: string): Promise<Source> => {
  const keys = findKeys(dataFolder)
  if (!keys) throw refuse('nothing', `数据文件夹 ${dataFolder} 里没有密钥文件 keys.json,没有可以备份的数据。`)
  const outside = process.env.DATABASE_URL?.trim()
  if (outside) return { ownerUrl: outside, keys, close: async () => {} }
  const running = findRunningDatabase(dataFolder)
  if (running) return { ownerUrl: running.ownerUrl, keys, close: async () => {} }
  if (!existsSync(join(dataFolder, 'database'))) {
    throw refuse('nothing', `数据文件夹 ${dataFolder} 里没有数据库,没有可以备份的数据。`)
  }
  const folder = await openDataFolder(dataFolder)
  try {
    const database = await startEmbeddedDatabase({ dataFolder, keys })
    const close = async () => {
      await database.stop()
      folder.close()
    }
    return { ownerUrl: database.ownerUrl, keys, close }
  } catch (error) {
    folder.close()
    throw error
  }
}

const run = async (): Promise<void> => {
  const options = { to: { type: 'string' }, 'with-keys': { type: 'boolean' }, help: { type: 'boolean' } } as const
  const { values } = readOptions({ options, allowPositionals: false })
  if (values.help || !values.to) {
    say(usage)
    process.exitCode = values.help ? 0 : 2
    return
  }
  const dataFolder = resolveDataFolder({ DATA_DIR: process.env.DATA_DIR }, root)
  const to = resolve(values.to)
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  const keysPath = join(dataFolder, 'keys.json')
  const source = await openSource(dataFolder)
  try {
    const { ownerUrl, keys } = source
    const filesFolder = join(dataFolder, 'files')
    const wishes = { ownerUrl, keys, filesFolder, to, version }
    const done = await backUp(values['with-keys'] ? { ...wishes, withKeys: keysPath } : wishes)
    say(`备份完成:${to},${done.tables} 张表,${done.rows} 行,${done.files} 个附件。`)
    if (values['with-keys'])
      say('备份里含有密钥文件 keys.json:拿到这个文件夹的人能读出全部资料,请像保管公章一样保管它。')
    else say(`密钥没有放进备份。请把 ${keysPath} 另外保存一份:没有它,这份备份谁也读不出来。`)
  } finally {
    await source.close()
  }
}

const sentenceOf = (error: unknown): string => {
  if (isStartFault(error) || error instanceof Refusal) return error.sentence
  const { code, message } = error as { code?: string; message?: string }
  if (code === 'ENOSPC') return '磁盘已满,备份没有做完;请换一个有空间的位置。'
  return `备份没有做成:${message ?? '原因不明'}。原有数据没有改动。`
}

run().catch((error: unknown) => {
  process.stderr.write(`${sentenceOf(error)}\n`)
  process.exitCode = 1
})
