import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'
import { Refusal } from '#contract/platform'
import { secretsFrom } from '#server/platform'
import { compose, type Program } from '../../server/compose.ts'
import { openGround } from '../../server/ground.ts'
import { findKeys, resolveDataFolder } from '../../server/platform/data-folder/index.ts'
import { findRunningDatabase } from '../../server/platform/database/embedded/index.ts'
import { unfinishedDemonstration } from '../../server/unfinished-demonstration.ts'

const root = join(import.meta.dirname, '../..')

export interface Opened {
  readonly program: Program
  readonly close: () => Promise<void>
}

/** Joins a running program's database, or opens the data folder (or `DATABASE_URL`) itself. */
export const openProgram = async (): Promise<Opened> => {
  const log = pino({ level: process.env.LOG_LEVEL ?? 'silent' })
  const path = resolveDataFolder({ DATA_DIR: process.env.DATA_DIR }, root)
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  const common = { log, demo: false, version, secure: false, connections: 3 }
  const running = process.env.DATABASE_URL ? undefined : findRunningDatabase(path)
  const keys = running ? findKeys(path) : undefined
  if (running && keys) {
    if (unfinishedDemonstration(path).stands())
      throw new Refusal('imports.bad-arguments', '演示数据正在载入,请等启动的程序打印出网址后再做。', 'invalid')
    const secrets = secretsFrom(keys.encryptionKey, keys.blindIndexKey)
    const { appUrl, workerUrl } = running
    const program = await compose({ ...common, appUrl, workerUrl, secrets, filesFolder: join(path, 'files') })
    return { program, close: () => program.close() }
  }
  const ground = await openGround(process.env, log)
  const { encryptionKey, blindIndexKey } = ground.folder.keys
  const { appUrl, workerUrl } = ground.urls
  const secrets = secretsFrom(encryptionKey, blindIndexKey)
  const program = await compose({ ...common, appUrl, workerUrl, secrets, filesFolder: ground.filesFolder })
  const close = async () => {
    await program.close()
    await ground.stop()
  }
  return { program, close }
}
