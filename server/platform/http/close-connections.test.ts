import { Agent, get, type IncomingMessage } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { PassThrough } from 'node:stream'
import pino from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { buildServer, type ServerParts } from './build-server.ts'

const agent = new Agent({ keepAlive: true })
let app: Awaited<ReturnType<typeof buildServer>>
let file: PassThrough
let port: number

beforeEach(async () => {
  file = new PassThrough()
  app = await buildServer({
    served: [],
    door: {} as ServerParts['door'],
    memory: {} as ServerParts['memory'],
    log: pino({ level: 'silent' }),
    version: 'test',
    secure: false,
    ready: async () => true,
  })
  app.get('/file', (_request, reply) => reply.send(file))
  await app.listen({ port: 0, host: '127.0.0.1' })
  port = (app.server.address() as AddressInfo).port
})
afterEach(() => agent.destroy())

const closedSoon = async (): Promise<boolean> => {
  const began = performance.now()
  await app.close()
  // Left to itself it takes 72 seconds and more.
  return performance.now() - began < 60_000
}

test('a stop while a file is being fetched sends all of it and does not wait for the browser to let go', async () => {
  file.write('first ')
  const response = await new Promise<IncomingMessage>((resolve, reject) =>
    get({ port, path: '/file', agent }, resolve).on('error', reject),
  )
  const pieces = response.iterator()
  expect(String((await pieces.next()).value)).toBe('first ')
  const closed = closedSoon()
  const rest = Buffer.alloc(8 * 2 ** 20, 'x')
  file.end(rest)
  let bytes = 0
  for await (const piece of pieces) bytes += (piece as Buffer).length
  expect([bytes, await closed]).toEqual([rest.length, true])
})

test('a connection that a browser opened ahead and never used does not hold a stop', async () => {
  const unused = connect(port, '127.0.0.1')
  const gone = new Promise<void>((resolve) => unused.once('close', () => resolve()).on('error', () => {}))
  await new Promise<void>((resolve) => app.server.once('connection', () => resolve()))
  expect(await closedSoon()).toBe(true)
  await gone
})
