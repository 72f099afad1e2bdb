import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { processIdentity } from '../../data-folder/process-identity.ts'
import { chooseIdentity } from './choose-identity.ts'
import { findBinaries } from './find-binaries.ts'
import { runServer } from './run-server.ts'
import { serverSettings } from './server-settings.ts'
import { isRoot, query, refusal, startProgram, type TestProgram, temporaryFolder, untilReady } from './test-program.ts'

let room: ReturnType<typeof temporaryFolder>
let data: string
let programs: TestProgram[]
beforeEach(() => {
  room = temporaryFolder(isRoot)
  data = join(room.path, 'data')
  programs = []
})
afterEach(async () => {
  for (const program of programs) program.kill('SIGTERM')
  for (const program of programs) await program.end()
  room.remove()
})

function start(options: Parameters<typeof startProgram>[1] = {}): TestProgram {
  const program = startProgram(data, options)
  programs.push(program)
  return program
}

/** Starts once and stops again, so that the folder holds an installation. */
async function install(): Promise<void> {
  const program = start()
  const { ownerUrl } = await untilReady(program)
  await query(ownerUrl, 'create table kept (n int); insert into kept values (1)')
  program.kill('SIGTERM')
  await program.end()
}

async function expectOneSentence(program: TestProgram, words: RegExp): Promise<void> {
  const { sentences, code } = await refusal(program)
  expect(sentences).toHaveLength(1)
  expect(sentences[0]).toMatch(words)
  expect(code).toBe(1)
}

async function expectKept(program: TestProgram): Promise<void> {
  const { ownerUrl } = await untilReady(program)
  expect(await query(ownerUrl, 'select * from kept')).toEqual([{ n: 1 }])
}

test('a second start names the address of the first, which goes on', async () => {
  await install()
  const first = start()
  const { ownerUrl } = await untilReady(first)
  await expectOneSentence(start(), /已经在运行（进程 \d+），请直接打开 http:\/\/127\.0\.0\.1:\d+ /)
  expect(await query(ownerUrl, 'select * from kept')).toEqual([{ n: 1 }])
})

test('of two starts at the same moment exactly one runs', async () => {
  const both = [start(), start()]
  await Promise.race(both.map((program) => program.end()))
  const refused = both.filter((program) => program.child.exitCode !== null)
  expect(refused).toHaveLength(1)
  expect(refused[0]?.said[0]?.sentence).toMatch(/正被另一个同行进程（\d+）使用|已经在运行/)
  const other = both.find((program) => program !== refused[0])
  expect(other).toBeDefined()
  if (other !== undefined) await untilReady(other)
})

test('a lock and a server file whose numbers belong to strangers by now do not block', async () => {
  await install()
  writeFileSync(join(data, 'lock.json'), JSON.stringify({ pid: process.pid, identity: 'an earlier boot:17' }))
  const lines = [process.pid, join(data, 'database'), 1_700_000_000, 5432, '', '127.0.0.1', '', 'ready', '']
  writeFileSync(join(data, 'database', 'postmaster.pid'), lines.join('\n'))
  await expectKept(start())
  expect(processIdentity(process.pid)).toBeDefined()
})

test('a process of the same user that took the number of the dead server does not block', async () => {
  await install()
  // The stranger must be of the database's own user, else PostgreSQL itself sees that it cannot be a server.
  const stranger = startProgram(join(room.path, 'other'), { asNobody: isRoot, shell: 'exec sleep 3600' })
  while (!readFileSync(`/proc/${stranger.child.pid}/cmdline`, 'utf8').startsWith('sleep')) await pause(20)
  const lines = [stranger.child.pid, join(data, 'database'), 1_700_000_000, 5432, '', '127.0.0.1', '', 'ready', '']
  writeFileSync(join(data, 'database', 'postmaster.pid'), lines.join('\n'))
  await expectKept(start())
  expect(stranger.child.exitCode).toBeNull()
  stranger.kill('SIGKILL')
  await stranger.end()
})

test('a torn lock file belongs to nobody', async () => {
  mkdirSync(data)
  writeFileSync(join(data, 'lock.json'), '{"pid":12')
  await untilReady(start())
})

test('a file in place of the data folder is named', async () => {
  writeFileSync(data, 'a file')
  await expectOneSentence(start(), /有同名文件/)
  expect(readFileSync(data, 'utf8')).toBe('a file')
})

test('a data folder that cannot be written is named', async () => {
  // Root passes over permissions, so root asks as nobody in a folder of root's.
  mkdirSync(data, { mode: isRoot ? 0o755 : 0o500 })
  await expectOneSentence(start({ asNobody: isRoot }), /不能写入/)
  expect(readdirSync(data)).toEqual([])
})

test('a database folder that became read-only is named and left alone', async () => {
  await install()
  if (isRoot) {
    const locked = spawnSync('chattr', ['+i', join(data, 'database')])
    if (locked.status !== 0) return console.warn('not shown here: chattr +i does not work on this file system')
  } else chmodSync(join(data, 'database'), 0o500)
  try {
    await expectOneSentence(start(), /不能写入/)
  } finally {
    if (isRoot) spawnSync('chattr', ['-i', join(data, 'database')])
    else chmodSync(join(data, 'database'), 0o700)
  }
  await expectKept(start())
})

test('a limit on file sizes, met half way through the first start, leaves nothing half-made', async () => {
  // ulimit counts blocks of 512 bytes; the first log segment needs 16 MB, so it fails like a disk that fills up.
  const { sentences, code } = await refusal(start({ shell: 'ulimit -f 8000' }))
  expect(sentences).toHaveLength(1)
  expect(code).toBe(1)
  expect(readdirSync(data).filter((name) => name.startsWith('database'))).toEqual([])
  await untilReady(start())
})

/** Runs the test on a small disk of its own; without the right to mount one it says so and shows nothing. */
async function onSmallDisk(limits: string, run: () => Promise<void>): Promise<void> {
  mkdirSync(data)
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', limits, 'tongxing-test', data])
  if (mounted.status !== 0) return console.warn('not shown here: this machine does not let root mount a small disk')
  try {
    await run()
  } finally {
    for (const program of programs) program.kill('SIGTERM')
    for (const program of programs) await program.end()
    spawnSync('umount', ['-l', data])
  }
}

test.runIf(isRoot)('a disk with little room is named before anything is written', async () => {
  await onSmallDisk('size=150m', async () => {
    await install()
    fill(data, 80)
    await expectOneSentence(start(), /只剩 \d+ MB/)
    rmSync(join(data, 'filler'))
    await expectKept(start())
  })
})

test.runIf(isRoot)('a disk that fills up half way through a start is named, and nothing half-made stays', async () => {
  // Entries run out long before bytes do, with the same error.
  await onSmallDisk('size=150m,nr_inodes=300', async () => {
    await expectOneSentence(start(), /磁盘已满/)
    expect(readdirSync(data).filter((name) => name.startsWith('database'))).toEqual([])
    spawnSync('mount', ['-o', 'remount,nr_inodes=20000', data])
    await install()
    const made = Array.from({ length: 20_000 }, (_unused, index) => join(data, `filler-${index}`)).filter(makeEntry)
    await expectOneSentence(start(), /磁盘已满/)
    for (const entry of made) rmSync(entry)
    await expectKept(start())
  })
})

function makeEntry(path: string): boolean {
  try {
    writeFileSync(path, '')
    return true
  } catch {
    return false
  }
}

test.runIf(isRoot)('a disk that fills while the program runs loses nothing that was committed', async () => {
  await onSmallDisk('size=180m', async () => {
    await install()
    const program = start()
    const { ownerUrl } = await untilReady(program)
    fill(data, 400)
    const big = 'create table big as select n, repeat(md5(n::text), 20) from generate_series(1, 300000) n'
    await expect(query(ownerUrl, big)).rejects.toThrow()
    rmSync(join(data, 'filler'))
    program.kill('SIGTERM')
    await program.end()
    await expectKept(start())
  })
})

function fill(folder: string, megabytes: number): void {
  spawnSync('dd', ['if=/dev/zero', `of=${join(folder, 'filler')}`, 'bs=1M', `count=${megabytes}`], { stdio: 'ignore' })
}

test('a start that was cut off while making the database is made good by the next', async () => {
  const isMade = () => existsSync(join(data, 'database'))
  do {
    // Too late for once: on a busy machine the whole of it may be made between two looks.
    rmSync(data, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
    mkdirSync(data)
    const first = start()
    while (!readdirSync(data).some((name) => name.startsWith('database'))) await pause(5)
    first.kill('SIGKILL')
    await first.end()
  } while (isMade())
  await untilReady(start())
  expect(readdirSync(data).filter((name) => name.startsWith('database'))).toEqual(['database'])
})

test.each([
  ['of a newer program', 'layout.json', '{"layout":99}', /属于更新版本的同行/],
  ['of a newer database', 'database/PG_VERSION', '99\n', /由更新版本的同行建立/],
  ['of an older database', 'database/PG_VERSION', '14\n', /属于旧版数据库 14/],
  ['with damaged keys', 'keys.json', '{}', /已损坏/],
])('a data folder %s is refused and left alone', async (_what, file, text, words) => {
  await install()
  const path = join(data, file)
  copyFileSync(path, join(room.path, 'saved'))
  writeFileSync(path, text)
  await expectOneSentence(start(), words)
  copyFileSync(join(room.path, 'saved'), path)
  await expectKept(start())
})

test('data without their keys are refused, never given new ones', async () => {
  await install()
  copyFileSync(join(data, 'keys.json'), join(room.path, 'saved'))
  rmSync(join(data, 'keys.json'))
  await expectOneSentence(start(), /缺少密钥文件/)
  expect(existsSync(join(data, 'keys.json'))).toBe(false)
})

test('keys of another installation are named', async () => {
  await install()
  const keys = JSON.parse(readFileSync(join(data, 'keys.json'), 'utf8')) as Record<string, string>
  writeFileSync(join(data, 'keys.json'), JSON.stringify({ ...keys, superuser: 'A'.repeat(43) }))
  await expectOneSentence(start(), /不是同一套/)
})

test('a server whose port was taken while it was down is given up with one sentence after its patience', async () => {
  await install()
  const stranger = createServer()
  const port = await new Promise<number>((resolve) => {
    stranger.listen(0, '127.0.0.1', () => {
      const address = stranger.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
  const [binaries, files, logFolder] = [findBinaries(), join(data, 'database'), join(data, 'log')]
  const identity = chooseIdentity(binaries, data, files)
  const settings = serverSettings({ durable: true, memoryBytes: 2 ** 31, logFolder })
  const taken = runServer({ binaries, identity, files, logFolder, settings, port, patienceMs: 300 })
  await expect(taken).rejects.toMatchObject({
    code: 'database.no-port',
    sentence: expect.stringContaining(String(port)),
  })
  stranger.close()
})
