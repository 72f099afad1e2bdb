import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { processIdentity } from '../../data-folder/process-identity.ts'
import { findRunningDatabase } from './find-running-database.ts'
import { isRoot, query, startProgram, type TestProgram, temporaryFolder, untilReady } from './test-program.ts'

let room: ReturnType<typeof temporaryFolder>
let programs: TestProgram[]
beforeEach(() => {
  room = temporaryFolder()
  programs = []
})
afterEach(async () => {
  for (const program of programs) program.kill('SIGTERM')
  for (const program of programs) await program.end()
  room.remove()
})

function start(): TestProgram {
  const program = startProgram(join(room.path, 'data'))
  programs.push(program)
  return program
}

/** Whether the process lives; a dead one that nobody collected does not. */
function isThere(pid: number): boolean {
  return processIdentity(pid) !== undefined
}

async function untilGone(pid: number): Promise<void> {
  while (isThere(pid)) await pause(20)
}

const keep = 'create table if not exists kept (n int); insert into kept values (1)'

test('Ctrl-C stops the database and the next start finds everything', async () => {
  const first = start()
  const { ownerUrl, pid } = await untilReady(first)
  await query(ownerUrl, keep)
  // A terminal sends the signal to the whole group; the database must outlive it until the program stops it.
  process.kill(-(first.child.pid ?? 0), 'SIGINT')
  expect(await first.end()).toBe(0)
  expect(isThere(pid)).toBe(false)
  const again = await untilReady(start())
  expect(await query(again.ownerUrl, 'select * from kept')).toEqual([{ n: 1 }])
})

test('after kill -9 of the program no orphan stays and what was committed is there', async () => {
  const first = start()
  const { ownerUrl, pid } = await untilReady(first)
  await query(ownerUrl, keep)
  first.kill('SIGKILL')
  const again = await untilReady(start())
  expect(isThere(pid)).toBe(false)
  expect(await query(again.ownerUrl, 'select * from kept')).toEqual([{ n: 1 }])
})

test('a database whose program and keeper were both killed is ended by the next start', async () => {
  const first = start()
  const { ownerUrl, pid } = await untilReady(first)
  await query(ownerUrl, keep)
  const parts = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')
  const keeper = Number(parts[1]?.split(' ')[1])
  for (const killed of watchersOf(keeper, pid)) process.kill(killed, 'SIGKILL')
  first.kill('SIGKILL')
  await first.end()
  expect(isThere(pid)).toBe(true)
  const again = await untilReady(start())
  expect(isThere(pid)).toBe(false)
  expect(await query(again.ownerUrl, 'select * from kept')).toEqual([{ n: 1 }])
})

/** The keeper and what it started, except the server itself. */
function watchersOf(keeper: number, server: number): number[] {
  const children = readFileSync(`/proc/${keeper}/task/${keeper}/children`, 'utf8').trim().split(' ').map(Number)
  return [keeper, ...children.filter((child) => child !== server)]
}

test('after kill -9 of the database the program restarts it at the same address', async () => {
  const program = start()
  const { ownerUrl, pid } = await untilReady(program)
  await query(ownerUrl, keep)
  process.kill(pid, 'SIGKILL')
  const restarted = await program.hear((said) => said.restarted === true)
  expect(restarted.pid).not.toBe(pid)
  expect(await query(ownerUrl, 'select * from kept')).toEqual([{ n: 1 }])
  program.kill('SIGTERM')
  expect(await program.end()).toBe(0)
  expect(isThere(restarted.pid ?? 0)).toBe(false)
})

test('a database killed again and again is given up with one sentence', async () => {
  const program = start()
  const killed = new Set<number>()
  let pid = (await untilReady(program)).pid
  while (killed.size < 6) {
    process.kill(pid, 'SIGKILL')
    killed.add(pid)
    const next = await program.hear(
      (said) => said.gaveUp !== undefined || (said.restarted === true && !killed.has(said.pid ?? 0)),
    )
    if (next.gaveUp !== undefined) break
    pid = next.pid ?? 0
  }
  const last = await program.hear((said) => said.gaveUp !== undefined)
  expect(last.gaveUp).toMatch(/多次停止/)
  expect(killed.size).toBe(6)
})

test('kill -9 of program and database together loses nothing', async () => {
  const first = start()
  const { ownerUrl, pid } = await untilReady(first)
  await query(ownerUrl, keep)
  first.kill('SIGKILL')
  process.kill(pid, 'SIGKILL')
  await untilGone(pid)
  const again = await untilReady(start())
  expect(await query(again.ownerUrl, 'select * from kept')).toEqual([{ n: 1 }])
})

test('a second start makes nothing anew, and a program beside it finds the database', async () => {
  const first = start()
  await untilReady(first)
  const made = () => statSync(join(room.path, 'data/database/PG_VERSION')).ino
  const before = made()
  first.kill('SIGTERM')
  expect(await first.end()).toBe(0)
  expect(findRunningDatabase(join(room.path, 'data'))).toBeUndefined()
  const second = await untilReady(start())
  expect(made()).toBe(before)
  expect(findRunningDatabase(join(room.path, 'data'))?.ownerUrl).toBe(second.ownerUrl)
})

test('stopping does not wait for a connection that is idle in a transaction', async () => {
  const program = start()
  const { ownerUrl } = await untilReady(program)
  const idle = new Client({ connectionString: ownerUrl })
  idle.on('error', () => {})
  await idle.connect()
  await idle.query('begin')
  program.kill('SIGTERM')
  expect(await program.end()).toBe(0)
})

test('the log of the database names no child, whatever goes wrong', async () => {
  const program = start()
  const { ownerUrl } = await untilReady(program)
  await query(ownerUrl, `create table child (name text primary key); insert into child values ('张三丰')`)
  for (const sql of [`insert into child values ('张三丰')`, `select '张三丰'::int`, `select * from 张三丰`]) {
    await expect(query(ownerUrl, sql)).rejects.toThrow()
  }
  program.kill('SIGTERM')
  await program.end()
  const log = join(room.path, 'data', 'log')
  const text = readdirSync(log)
    .map((name) => readFileSync(join(log, name), 'utf8'))
    .join('')
  expect(text).toContain('database system is shut down')
  expect(text).not.toContain('张三丰')
})

describe.runIf(isRoot)('started by root', () => {
  test('the database runs as nobody where nobody can reach it', async () => {
    const open = temporaryFolder(true)
    const program = startProgram(join(open.path, 'data'))
    programs.push(program)
    const { pid } = await untilReady(program)
    expect(readFileSync(`/proc/${pid}/status`, 'utf8')).toMatch(/^Uid:\s+65534/m)
    program.kill('SIGTERM')
    await program.end()
    open.remove()
  })

  test('the database runs in a user namespace below a private home', async () => {
    const { pid } = await untilReady(start())
    expect(readFileSync(`/proc/${pid}/status`, 'utf8')).toMatch(/^Uid:\s+0/m)
  })

  test('a plain user starts it too, and root later goes on with his files', async () => {
    const open = temporaryFolder(true)
    const data = join(open.path, 'data')
    const plain = startProgram(data, { asNobody: true })
    programs.push(plain)
    const { ownerUrl } = await untilReady(plain)
    await query(ownerUrl, keep)
    plain.kill('SIGTERM')
    expect(await plain.end()).toBe(0)
    const root = startProgram(data)
    programs.push(root)
    const again = await untilReady(root)
    expect(await query(again.ownerUrl, 'select * from kept')).toEqual([{ n: 1 }])
    root.kill('SIGTERM')
    await root.end()
    open.remove()
  })
})
