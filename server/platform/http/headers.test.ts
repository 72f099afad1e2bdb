import { afterAll, beforeAll, expect, test } from 'vitest'
import { getAttachment, listRecordKinds } from '#contract/records'
import { openWorld, type Someone, type World } from '../../test-world.ts'

let world: World
let teacher: Someone
beforeAll(async () => {
  world = await openWorld()
  teacher = await world.someone('class-teacher', world.units.classA1)
})
afterAll(() => world.close())

const ask = async (path: string, more: { cookie?: string; method?: 'GET' | 'POST' } = {}) => {
  const { cookie, method = 'GET' } = more
  const { statusCode, headers } = await world.program.app.inject({
    method,
    url: path,
    headers: cookie ? { cookie } : {},
  })
  return { status: statusCode, headers }
}

const guarded = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'x-robots-tag': expect.stringContaining('noindex'),
}
const forPages = { ...guarded, 'permissions-policy': expect.any(String), 'referrer-policy': 'no-referrer' }

test('an answer in JSON is kept nowhere, framed nowhere, taken for nothing else and loads nothing, refused or not', async () => {
  const guard = {
    ...guarded,
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'content-type': expect.stringContaining('application/json'),
  }
  const answered = await ask(listRecordKinds.path, { cookie: teacher.cookie })
  expect(answered).toMatchObject({ status: 200, headers: guard })
  expect(await ask(listRecordKinds.path)).toMatchObject({ status: 401, headers: guard })
})

test('a file that a browser may show, a page and what is not there carry all that guards a page', async () => {
  const attachment = getAttachment.path.replace(/:\w+/g, () => world.units.schoolA.id)
  for (const path of [attachment, '/api/nothing', '/nothing'])
    expect((await ask(path)).headers).toMatchObject({
      ...forPages,
      'content-security-policy': expect.stringContaining("default-src 'self'"),
    })
  expect((await ask(attachment)).headers['cache-control']).toBe('no-store')
})
