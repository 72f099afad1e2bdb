import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { basename, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildWeb } from './build-web.ts'
import { temporaryFolder } from './platform/database/embedded/test-program.ts'

const room = temporaryFolder()
const data = join(room.path, 'data')
const taken = createServer()
beforeAll(() => buildWeb(() => {}), 180_000)
afterAll(() => {
  taken.close()
  room.remove()
})

// The pages are built when another start has not done it.
const lines = ({ text }: { text: string }): string[] =>
  text.split('\n').filter((line) => line !== '' && !line.startsWith('正在准备页面'))

/** The whole program over its own database, as an office starts it. */
const start = (env: Record<string, string>) => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'start.mjs')], {
    env: { ...process.env, DATABASE_URL: '', DATA_DIR: data, DEMO: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = { text: '' }
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (piece) => {
      said.text += String(piece)
    })
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  const address = async (): Promise<string> => {
    for (;;) {
      // A whole line: the address may come in two pieces.
      const found = /http:\/\/\S+(?=\n)/.exec(said.text)?.[0]
      if (found) return found.replace('localhost', '127.0.0.1')
      if (child.exitCode !== null) throw new Error(`ended: ${said.text}`)
      await pause(50)
    }
  }
  return { child, said, ended, address }
}

test('a port in use ends the start with one sentence, leaves no orphan, and the next start finds everything', async () => {
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', () => resolve()))
  const port = String((taken.address() as AddressInfo).port)
  const refused = start({ PORT: port })
  expect(await refused.ended).toBe(1)
  expect(lines(refused.said)).toEqual([
    `端口 ${port} 已被别的程序占用,请关闭它,或用 PORT=其他端口 再启动。数据没有改动。`,
  ])

  const good = start({ PORT: '0' })
  expect(await (await fetch(`${await good.address()}/health`)).json()).toMatchObject({ live: true, ready: true })
  good.child.kill('SIGINT')
  expect(await good.ended).toBe(0)
})

test('a port that is no number is named', async () => {
  const refused = start({ PORT: '八千' })
  expect(await refused.ended).toBe(1)
  expect(refused.said.text).toContain('PORT=八千')
})

test.each([
  ['while its database is being made', 'lock.json'],
  ['while its database starts', 'database/postmaster.pid'],
])('a stop %s ends with 0 and no other word, and leaves nothing running', async (_, mark) => {
  const folder = join(room.path, basename(mark))
  const stopped = start({ PORT: '0', DATA_DIR: folder })
  while (!existsSync(join(folder, mark)) && stopped.child.exitCode === null) await pause(1)
  stopped.child.kill('SIGTERM')
  expect([await stopped.ended, lines(stopped.said)]).toEqual([0, []])
  expect([existsSync(join(folder, 'database/postmaster.pid')), existsSync(join(folder, 'lock.json'))]).toEqual([
    false,
    false,
  ])
})

test('kill -9 of the whole program: the next start serves again', async () => {
  const first = start({ PORT: '0' })
  await first.address()
  first.child.kill('SIGKILL')
  await first.ended
  const next = start({ PORT: '0' })
  expect(await (await fetch(`${await next.address()}/health`)).json()).toMatchObject({ ready: true })
  next.child.kill('SIGTERM')
  expect([await next.ended, next.said.text]).toEqual([0, expect.stringContaining('同行已启动')])
})
