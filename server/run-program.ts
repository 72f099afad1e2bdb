import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'
import { channelsFrom } from '#server/messages'
import { secretsFrom } from '#server/platform'
import { buildWeb } from './build-web.ts'
import { compose, type Program } from './compose.ts'
import { type OpenGround, openGround } from './ground.ts'
import { insistOnPort, portFault } from './insist-on-port.ts'
import { isStartFault } from './platform/data-folder/index.ts'
import { asFolderFault, startFault } from './platform/data-folder/start-fault.ts'
import { stopWell } from './stop-well.ts'

const root = join(import.meta.dirname, '..')
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
const say = (line: string): void => void process.stdout.write(`${line}\n`)

const once = (work: () => Promise<void>): (() => Promise<void>) => {
  let done: Promise<void> | undefined
  return () => {
    done ??= work()
    return done
  }
}

const unlessFailed = <T>(opened: Promise<T> | undefined): Promise<T | undefined> =>
  opened?.catch(() => undefined) ?? Promise.resolve(undefined)

const portOf = (text: string | undefined): number => {
  const port = text === undefined || text === '' ? 8080 : Number(text)
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port
  throw startFault('port.refused', `PORT=${text} 不是端口号,请写 0 到 65535 之间的数字。`)
}

const run = async (): Promise<void> => {
  const log = pino({ level: process.env.LOG_LEVEL ?? 'warn' })
  const port = portOf(process.env.PORT)
  const host = process.env.HOST?.trim() || '127.0.0.1'
  const webFolder = await buildWeb(say)
  let opening: Promise<OpenGround> | undefined
  let composing: Promise<Program> | undefined
  const closeWork = once(async () => (await unlessFailed(composing))?.close())
  const closeGround = once(async () => {
    const ground = await unlessFailed(opening)
    await ground?.stop()
    if (ground?.demonstration.stands()) say('演示数据没有载入完,下次启动会从头载入。')
  })
  const stopping = stopWell({ log, say, closeWork, closeGround })
  try {
    opening = openGround(process.env, log, (fault) => {
      if (stopping.begun()) return
      process.stderr.write(`${fault.sentence}\n`)
      process.exit(1)
    })
    const ground = await opening
    if (stopping.begun()) return
    await insistOnPort(port, host)
    if (stopping.begun()) return
    composing = compose({
      appUrl: ground.urls.appUrl,
      workerUrl: ground.urls.workerUrl,
      jobsUrl: ground.urls.ownerUrl,
      secrets: secretsFrom(ground.folder.keys.encryptionKey, ground.folder.keys.blindIndexKey),
      filesFolder: ground.filesFolder,
      log,
      demo: process.env.DEMO !== '0',
      version,
      secure: process.env.SECURE_COOKIES === '1',
      webFolder,
      channels: channelsFrom(process.env),
    })
    const program = await composing
    if (stopping.begun()) return
    await program.prepare(say, ground.demonstration)
    const address = await program.app.listen({ port, host }).catch((error) => {
      throw portFault(error, port, host) ?? error
    })
    if (stopping.begun()) return
    ground.folder.announce(address)
    say(`同行已启动:${address.replace('127.0.0.1', 'localhost')}`)
    for (const line of await program.signIns()) say(line)
  } catch (error) {
    // What the work says that was cut off by a stop is the stop itself; whoever stops it ends the program.
    if (stopping.begun()) return
    await closeWork()
    await closeGround()
    if (stopping.begun()) return
    const ground = await unlessFailed(opening)
    throw ground ? asFolderFault(error, ground.folder.path) : error
  }
}

const sentenceOf = (error: unknown): string => {
  if (isStartFault(error)) return error.sentence
  const { code, message, sentence } = error as { code?: string; message?: string; sentence?: string }
  if (code === '53100') return '启动没有成功:数据库所在的磁盘已满,请腾出空间后再启动,已有数据没有丢失。'
  if (code === '57014') return '启动没有成功:数据库太久没有应答,多半是机器正忙;请再启动一次。'
  return `启动没有成功:${sentence ?? message ?? '原因不明'}`
}

run().catch((error: unknown) => {
  process.stderr.write(`${sentenceOf(error)}\n`)
  process.exit(1)
})
