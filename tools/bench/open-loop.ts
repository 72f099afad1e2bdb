import { Agent, request } from 'node:http'

/** What came back; `took` in milliseconds. */
export interface Reply {
  readonly status: number
  readonly body: string
  readonly took: number
}

export interface Sent {
  readonly kind: string
  readonly method: 'POST' | 'PUT'
  readonly path: string
  readonly cookie: string
  readonly body: Buffer | object
}

/** Sends requests over kept connections and remembers how long each kind took and what failed. */
export const openSender = (address: string, connections = 200) => {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const url = new URL(address)
  const took = new Map<string, number[]>()
  const failures: string[] = []
  const send = ({ kind, method, path, cookie, body }: Sent): Promise<Reply> =>
    new Promise((resolve) => {
      const began = performance.now()
      const bytes = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body))
      const type = Buffer.isBuffer(body) ? 'application/octet-stream' : 'application/json'
      const settle = (status: number, text: string) => {
        const spent = performance.now() - began
        const times = took.get(kind) ?? []
        times.push(spent)
        took.set(kind, times)
        if (status !== 200) failures.push(`${kind} ${status} ${text.slice(0, 200)}`)
        resolve({ status, body: text, took: spent })
      }
      const headers = { cookie, 'x-tongxing': '1', 'content-type': type, 'content-length': bytes.length }
      const asked = request({ agent, host: url.hostname, port: url.port, method, path, headers }, (answer) => {
        const parts: Buffer[] = []
        answer.on('data', (part: Buffer) => parts.push(part))
        answer.on('end', () => settle(answer.statusCode ?? 0, Buffer.concat(parts).toString()))
      })
      asked.on('error', (error) => settle(0, error.message))
      asked.end(bytes)
    })
  return { send, took, failures, close: () => agent.destroy() }
}

/** Begins one piece of work after another at a steady rate, whether or not those before have ended; answers when all have. */
export const atRate = async (perSecond: number, many: number, work: (nth: number) => Promise<void>): Promise<void> => {
  const began = performance.now()
  const running: Promise<void>[] = []
  for (let nth = 0; nth < many; nth++) {
    const wait = began + (nth * 1000) / perSecond - performance.now()
    if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait))
    running.push(work(nth))
  }
  await Promise.all(running)
}

/** A percentile of times, in milliseconds. */
export const percentile = (times: readonly number[], share: number): number =>
  times.toSorted((one, other) => one - other)[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
