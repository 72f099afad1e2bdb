import { type ChildProcess, fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import autocannon from 'autocannon'

export interface Target {
  readonly address: string
  readonly requests: readonly {
    method: 'GET' | 'POST'
    path: string
    headers?: Record<string, string>
    body?: () => string
  }[]
}

const rounds = 5
const secondsPerRound = 6
// A server that has run for a while: the engine compiles what is asked often, and has done so after some ten thousand requests.
const secondsBefore = 12

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

const once = async (target: Target, duration: number): Promise<number> => {
  let next = 0
  let lastBody = ''
  const result = await autocannon({
    url: target.address,
    connections: 20,
    duration,
    requests: [
      {
        setupRequest: (request) => {
          const asked = target.requests[next++ % target.requests.length]
          if (!asked) throw new Error('nothing to ask')
          return {
            ...request,
            method: asked.method,
            path: asked.path,
            headers: { ...request.headers, ...asked.headers },
            ...(asked.body ? { body: asked.body() } : {}),
          }
        },
      },
    ],
    setupClient: (client) => {
      client.on('body', (body: Buffer) => {
        lastBody = body.toString().slice(0, 300)
      })
    },
  })
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${target.address}: ${result.non2xx} refusals, ${result.errors} errors; ${lastBody}`)
  return result.requests.average
}

/** Requests per second of ours and of the floor, in turn, so that a drifting machine hits both alike. */
export const against = async (ours: Target, floor: Target): Promise<{ ours: number; floor: number; ratio: number }> => {
  await once(ours, secondsBefore)
  await once(floor, secondsBefore)
  const pairs: { ours: number; floor: number }[] = []
  for (let round = 0; round < rounds; round++)
    pairs.push({ ours: await once(ours, secondsPerRound), floor: await once(floor, secondsPerRound) })
  return {
    ours: median(pairs.map((pair) => pair.ours)),
    floor: median(pairs.map((pair) => pair.floor)),
    ratio: median(pairs.map((pair) => pair.ours / pair.floor)),
  }
}

export interface Child {
  readonly address: string
  readonly process: ChildProcess
}

const { scripts } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as {
  scripts: { start: string }
}
/** What `npm start` starts the program with; whatever of ours is measured runs the same way. */
export const flagsOfStart = scripts.start.split(' ').filter((word) => word.startsWith('--'))

/** Starts one of the servers of this folder in a process of its own. */
export const startServer = (file: string, env: NodeJS.ProcessEnv): Promise<Child> =>
  new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, file), {
      env: { ...process.env, ...env, NODE_ENV: 'production' },
      execArgv: file === 'our-server.ts' ? flagsOfStart : [],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    child.once('message', (message: { address: string }) => resolve({ address: message.address, process: child }))
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code}`)))
  })
