import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildWeb } from './build-web.ts'
import { openDataFolder } from './platform/data-folder/index.ts'
import { startEmbeddedDatabase } from './platform/database/embedded/index.ts'
import { temporaryFolder } from './platform/database/embedded/test-program.ts'
import { migrationsFolder } from './platform/database/migrate.ts'
import { readMigrations, settingsOf } from './platform/database/read-migrations.ts'

const root = join(import.meta.dirname, '..')
const rooms = [temporaryFolder(), temporaryFolder()] as const
const started: ChildProcess[] = []
let stopServer: () => Promise<void>
let administrator: pg.Client
let databaseUrl: string

// A server of its own stands for the office's, so that the roles of other tests are left alone.
beforeAll(async () => {
  await buildWeb(() => {})
  const folder = await openDataFolder(rooms[0].path)
  const server = await startEmbeddedDatabase({ dataFolder: folder.path, keys: folder.keys, durable: false })
  stopServer = async () => {
    await server.stop()
    folder.close()
  }
  const address = (user: string, password: string, database: string): string => {
    const url = new URL(server.ownerUrl)
    return Object.assign(url, { username: user, password: encodeURIComponent(password), pathname: `/${database}` }).href
  }
  administrator = new pg.Client({
    connectionString: address('postgres', folder.keys.passwords.superuser, 'postgres'),
  })
  await administrator.connect()
  await administrator.query(`create role tongxing_office login createrole password 'of-the-office'`)
  await administrator.query('create database office owner tongxing_office')
  databaseUrl = address('tongxing_office', 'of-the-office', 'office')
})
afterAll(async () => {
  for (const child of started) child.kill('SIGKILL')
  await administrator?.end()
  await stopServer?.()
  for (const room of rooms) room.remove()
})

/** Starts the whole program as an office would; answers what it says and its end. */
const start = () => {
  const child = spawn(process.execPath, [join(root, 'server/start.mjs')], {
    env: { ...process.env, PORT: '0', DATA_DIR: rooms[1].path, DATABASE_URL: databaseUrl, DEMO: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  started.push(child)
  const said = { text: '' }
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (piece) => {
      said.text += String(piece)
    })
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  return { child, said, ended }
}

test('an outside server whose owner may not set the session defaults: one sentence, and its statement is enough', async () => {
  const first = start()
  expect(await first.ended).toBe(1)
  const lines = first.said.text.split('\n').filter((line) => line !== '' && !line.startsWith('正在准备页面'))
  expect(lines).toHaveLength(1)
  const statement = /grant set on parameter [a-z0-9_., ]+ to tongxing_office;/.exec(lines[0] ?? '')?.[0]
  expect(statement).toBeDefined()
  await administrator.query(statement ?? '')

  const second = start()
  while (!/http:\/\/\S+/.test(second.said.text) && second.child.exitCode === null) await pause(100)
  const address = /http:\/\/\S+/.exec(second.said.text)?.[0]
  expect([second.said.text, address !== undefined]).toEqual([expect.any(String), true])
  const health = await fetch(`${address?.replace('localhost', '127.0.0.1')}/health`)
  expect(await health.json()).toMatchObject({ live: true, ready: true })
  second.child.kill('SIGINT')
  expect(await second.ended).toBe(0)
  // Nothing was embedded.
  const left = await openDataFolder(rooms[1].path)
  left.close()
  expect(() => readFileSync(join(rooms[1].path, 'database', 'PG_VERSION'))).toThrow('ENOENT')
})

test.each(['operator-guide.md', 'operator-guide.zh-CN.md'])('%s has the statement whole', (guide) => {
  const text = readFileSync(join(root, 'docs', guide), 'utf8').replaceAll(/\s+/g, ' ')
  const statement = /grant set on parameter ([a-z0-9_., ]+) to tongxing;/.exec(text)?.[1]
  expect(statement?.split(', ').sort()).toEqual(settingsOf(readMigrations(migrationsFolder)).toSorted())
})
