import { type ChildProcess, spawn } from 'node:child_process'
import { chownSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'

/** One thing the started program said: an event, or a sentence when it did not start. */
export type Said = {
  ready?: boolean
  restarted?: boolean
  gaveUp?: string
  ownerUrl?: string
  pid?: number
  port?: number
  tookMs?: number
  sentence?: string
}

/** A program of its own process under test. */
export type TestProgram = {
  readonly child: ChildProcess
  readonly said: Said[]
  /** Waits for the next thing said that fits; fails when the program ends before. */
  hear(fits: (said: Said) => boolean): Promise<Said>
  /** Waits for the end; answers the exit code (null when killed). */
  end(): Promise<number | null>
  kill(signal: NodeJS.Signals): void
}

export const isRoot = process.getuid?.() === 0
const nobody = 65_534

/** A private temporary folder, for `nobody` when asked. `remove` it at the end of the test. */
export function temporaryFolder(forNobody = false): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'tongxing-room-'))
  if (forNobody) chownSync(path, nobody, nobody)
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }) }
}

/** Starts the data folder and database in a process of their own. */
export function startProgram(dataFolder: string, options: { asNobody?: boolean; shell?: string } = {}): TestProgram {
  const words = [process.execPath, join(import.meta.dirname, 'start-alone.ts')]
  const command = options.shell === undefined ? words : ['/bin/sh', '-c', `${options.shell}; exec "$@"`, 'sh', ...words]
  const child = spawn(command[0] ?? '', command.slice(1), {
    env: { ...process.env, DATA_DIR: dataFolder },
    ...(options.asNobody ? { uid: nobody, gid: nobody } : {}),
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const said: Said[] = []
  let rest = ''
  child.stdout?.on('data', (piece: Buffer) => {
    const lines = (rest + piece.toString()).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) said.push(line.startsWith('{') ? (JSON.parse(line) as Said) : { sentence: line })
  })
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  return {
    child,
    said,
    hear: (fits) => hear(child, said, fits),
    end: () => ended,
    kill: (signal) => void child.kill(signal),
  }
}

async function hear(child: ChildProcess, said: Said[], fits: (said: Said) => boolean): Promise<Said> {
  for (;;) {
    const found = said.find(fits)
    if (found !== undefined) return found
    const over = child.exitCode !== null || child.signalCode !== null
    if (over) throw new Error(`never heard, only: ${JSON.stringify(said)}`)
    await pause(20)
  }
}

/** Waits until the started database accepts connections; answers its address and process. */
export async function untilReady(
  program: TestProgram,
): Promise<{ ownerUrl: string; pid: number; port: number; tookMs: number }> {
  const { ownerUrl, pid, port, tookMs } = await program.hear((said) => said.ready === true)
  if (ownerUrl === undefined || pid === undefined || port === undefined || tookMs === undefined)
    throw new Error('incomplete')
  return { ownerUrl, pid, port, tookMs }
}

/** Starts, expects a refusal, and answers the one sentence and exit code. */
export async function refusal(program: TestProgram): Promise<{ sentences: string[]; code: number | null }> {
  const code = await program.end()
  return { sentences: program.said.flatMap((said) => said.sentence ?? []), code }
}

/** Runs one statement as the owner. */
export async function query(ownerUrl: string, sql: string): Promise<unknown[]> {
  const owner = new Client({ connectionString: ownerUrl })
  await owner.connect()
  try {
    return (await owner.query(sql)).rows
  } finally {
    await owner.end()
  }
}
