import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { databaseSeconds, mebibytes, memoryOf, processorOf } from './processor.ts'

const root = join(import.meta.dirname, '../..')
const mostSeconds = 3
const mostMemory = 200 * 2 ** 20
const idleSeconds = Number(process.env.BENCH_IDLE_SECONDS ?? 90)
const requests = 300

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

const isReady = async (port: number): Promise<boolean> => {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/health`)
    return answer.ok && ((await answer.json()) as { ready?: boolean }).ready === true
  } catch {
    return false
  }
}

interface Running {
  readonly child: ChildProcess
  readonly seconds: number
  /** Processor seconds of npm, the look at what is installed, the program and its database. */
  readonly processor: number
  readonly printed: () => string
}

const startProgram = async (port: number, folder: string): Promise<Running> => {
  const began = performance.now()
  const child = spawn('npm', ['start'], {
    cwd: root,
    env: { ...process.env, PORT: String(port), DATA_DIR: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  })
  let printed = ''
  child.stdout?.on('data', (chunk) => {
    printed += String(chunk)
  })
  let ended = false
  child.once('exit', () => {
    ended = true
  })
  while (!(await isReady(port))) {
    if (ended) throw new Error(`npm start ended: ${printed}`)
    await pause(20)
  }
  const seconds = (performance.now() - began) / 1000
  return { child, seconds, processor: processorsOf(child.pid ?? 0, folder), printed: () => printed }
}

const stopProgram = async ({ child }: Running): Promise<void> => {
  const ended = new Promise((resolve) => child.once('exit', resolve))
  if (child.pid) process.kill(-child.pid, 'SIGINT')
  await ended
}

/** The process of the program itself, below npm and its shell. */
const programOf = (folder: string): number => {
  for (const pid of readdirSync('/proc')) {
    if (!/^\d+$/.test(pid) || !existsSync(`/proc/${pid}/environ`)) continue
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
      const isOurs = readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`DATA_DIR=${folder}\0`)
      if (isOurs && words.includes('server/start.mjs')) return Number(pid)
    } catch {
      // ended meanwhile, or another's
    }
  }
  throw new Error('the program is not running')
}

const processorsOf = (npm: number, folder: string): number => {
  const fields = readFileSync(`/proc/${npm}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  const withEnded = [11, 12, 13, 14].reduce((sum, field) => sum + Number(fields[field]), 0) / 100
  return withEnded + processorOf(programOf(folder)) + databaseSeconds(folder)
}

// Everybody who may sign in looks around.
const lookAround = async (port: number, printed: string): Promise<void> => {
  const accounts = [...printed.matchAll(/^ {2}(\S+)\s+(\S+)\s/gm)].map(([, loginName = '', password = '']) => ({
    loginName,
    password,
  }))
  const address = `http://127.0.0.1:${port}`
  for (const account of accounts) {
    const signedIn = await fetch(`${address}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-tongxing': '1' },
      body: JSON.stringify(account),
    })
    const cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    for (let n = 0; n < requests / accounts.length; n++)
      for (const path of ['/api/me', '/api/desk', '/api/students', '/api/units'])
        await (await fetch(`${address}${path}`, { headers: { cookie } })).arrayBuffer()
  }
}

const roundsOfStart = 5

/** Loads the demonstration county where the folder holds nothing yet; that takes minutes and is no start as one has it. */
const loadOnce = async (folder: string, port: number, say: (line: string) => void): Promise<void> => {
  if (existsSync(join(folder, 'database'))) return
  const first = await startProgram(port, folder)
  const fresh = memoryOf(programOf(folder), 'VmRSS')
  await stopProgram(first)
  say(`start    first ${first.seconds.toFixed(1)} s (with the demonstration county), then ${mebibytes(fresh)}`)
}

/**
 * `npm start` over a loaded county until it is healthy, and what the program holds when nobody asks anything of it.
 * A folder named by `BENCH_START_DIR` is loaded once and kept, so that only starts are measured.
 */
export const benchStart = async (
  say: (line: string) => void,
  isAsked: (name: string) => boolean = () => true,
): Promise<void> => {
  const kept = process.env.BENCH_START_DIR
  const folder = kept ?? (await mkdtemp(join(tmpdir(), 'tongxing-bench-start-')))
  const port = await freePort()
  try {
    await loadOnce(folder, port, say)
    if (isAsked('start')) {
      const taken: Running[] = []
      for (let round = 0; round < roundsOfStart; round++) {
        const again = await startProgram(port, folder)
        await stopProgram(again)
        taken.push(again)
      }
      const each = taken.map(({ seconds, processor }) => `${seconds.toFixed(2)} (processor ${processor.toFixed(2)})`)
      say(`start    ${each.join(', ')} s to healthy (at most ${mostSeconds})`)
    }
    if (!isAsked('idle')) return
    const running = await startProgram(port, folder)
    await pause(1_000)
    await lookAround(port, running.printed())
    const busy = memoryOf(programOf(folder), 'VmRSS')
    await pause(idleSeconds * 1000)
    const idle = memoryOf(programOf(folder), 'VmRSS')
    await stopProgram(running)
    say(
      `idle     ${mebibytes(idle)} after ${requests * 4} requests and ${idleSeconds} s of nothing (at most ${mebibytes(mostMemory)}); just after the requests ${mebibytes(busy)}`,
    )
  } finally {
    if (!kept) await rm(folder, { recursive: true, force: true })
  }
}

if (import.meta.main) await benchStart(console.log)
