import { join } from 'node:path'
import pino from 'pino'
import { type AuditVerdict, verifyAudit } from '#server/people'
import { openDoor, openPool } from '#server/platform'
import { openGround } from '../server/ground.ts'
import { isStartFault, resolveDataFolder } from '../server/platform/data-folder/index.ts'
import { findRunningDatabase } from '../server/platform/database/embedded/index.ts'

const root = join(import.meta.dirname, '..')
const say = (line: string): void => void process.stdout.write(`${line}\n`)
const usage = `用法:npm run audit:verify -- [根值]
  核对审计记录有没有被改动、删除、插入或换位。给出上次另存的根值(64 位十六进制),还能发现末尾被整段截去。`

interface Opened {
  readonly workerUrl: string
  readonly stop: () => Promise<void>
}

/** Joins a running program's database, or opens the data folder (or `DATABASE_URL`) itself. */
const open = async (): Promise<Opened> => {
  const path = resolveDataFolder({ DATA_DIR: process.env.DATA_DIR }, root)
  const running = process.env.DATABASE_URL ? undefined : findRunningDatabase(path)
  if (running) return { workerUrl: running.workerUrl, stop: async () => {} }
  const ground = await openGround(process.env, pino({ level: 'silent' }))
  return { workerUrl: ground.urls.workerUrl, stop: ground.stop }
}

const verify = async (workerUrl: string, root: string | undefined): Promise<AuditVerdict & { rootFound: boolean }> => {
  const pool = openPool(workerUrl, 1, () => {})
  try {
    const door = openDoor(pool, pool, async (actor) => actor)
    return await door.asJob('sealer', async (db) => {
      const verdict = await verifyAudit(db)
      const known =
        root === undefined
          ? true
          : (await db.first({
              text: `select 1 as known from audit_seals where root = decode($1, 'hex')`,
              values: [root],
            })) !== undefined
      return { ...verdict, rootFound: known }
    })
  } finally {
    await pool.end()
  }
}

const tell = (verdict: AuditVerdict & { rootFound: boolean }): boolean => {
  say(`已封存 ${verdict.sealedEntries} 条(${verdict.seals} 段),未封存 ${verdict.unsealedEntries} 条。`)
  for (const number of verdict.damaged) say(`第 ${number} 段的记录被改动、删除、插入或换位。`)
  for (const number of verdict.broken) say(`第 ${number} 段与前一段对不上。`)
  if (!verdict.rootFound) say('给出的根值不在链上:有整段记录被截去或重做。')
  const whole = verdict.damaged.length === 0 && verdict.broken.length === 0 && verdict.rootFound
  say(whole ? `核对无误。当前根值 ${verdict.root},请另处保存。` : '核对不通过。')
  return whole
}

const run = async (args: readonly string[]): Promise<number> => {
  const [root] = args
  if (root !== undefined && !/^[0-9a-f]{64}$/.test(root)) {
    say(usage)
    return 2
  }
  const { workerUrl, stop } = await open()
  try {
    return tell(await verify(workerUrl, root)) ? 0 : 1
  } finally {
    await stop()
  }
}

run(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${isStartFault(error) ? error.sentence : `核对没有完成:${(error as Error).message}`}\n`)
    process.exit(2)
  },
)
