import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { addApiPage } from './api-page.ts'

test('the API page is served with its program, asks for the description of this API, and refuses what it does not have', async () => {
  const app = Fastify()
  addApiPage(app)
  const first = await app.inject('/api/docs')
  const place = first.headers.location
  const page = place ? await app.inject(new URL(String(place), 'http://localhost/api/docs').pathname) : first
  expect(page.headers['content-type']).toContain('text/html')
  expect(page.body).toContain('/api/openapi.json')
  const program = /src="([^"]+\.js)"/.exec(page.body)?.[1] ?? ''
  const script = await app.inject(new URL(program, 'http://localhost/api/docs/').pathname)
  expect(script.statusCode).toBe(200)
  expect(script.headers['content-type']).toContain('javascript')
  expect(script.rawPayload.length).toBeGreaterThan(1_000_000)
  expect((await app.inject('/api/docs/nothing')).statusCode).toBe(404)
  await app.close()
})
