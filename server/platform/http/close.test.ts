import { Agent, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import pino from 'pino'
import { expect, test } from 'vitest'
import { buildServer, type ServerParts } from './build-server.ts'

test('a stop while requests are being answered waits for the answers and not for the browsers to let go', async () => {
  let answer = (_ready: boolean): void => {}
  const ready = new Promise<boolean>((resolve) => {
    answer = resolve
  })
  const asked = Promise.withResolvers<void>()
  const app = await buildServer({
    served: [],
    door: {} as ServerParts['door'],
    memory: {} as ServerParts['memory'],
    log: pino({ level: 'silent' }),
    version: 'test',
    secure: false,
    ready: () => {
      asked.resolve()
      return ready
    },
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  const agent = new Agent({ keepAlive: true })
  const status = new Promise<number | undefined>((resolve, reject) =>
    get({ port, path: '/health', agent }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode))
    }).on('error', reject),
  )
  await asked.promise
  const began = performance.now()
  const closed = app.close()
  answer(true)
  expect(await status).toBe(200)
  await closed
  // Left to itself the browser's connection would be held for 72 seconds.
  expect(performance.now() - began).toBeLessThan(60_000)
  agent.destroy()
})
