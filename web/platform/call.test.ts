import { expect, test } from 'vitest'
import { z } from 'zod'
import { endpoint } from '#contract/platform'
import { addressOf, nameIn } from './call.ts'
import { isFault, isRefusal } from './failures.ts'
import { failureOf } from './failures-of-answers.ts'

const declared = endpoint({
  name: 'trial.list',
  method: 'GET',
  path: '/api/rooms/:roomId/chairs/:chairId',
  summary: '试',
  params: z.object({ roomId: z.string(), chairId: z.string() }),
  query: z.object({ search: z.string().optional(), after: z.string().optional() }),
  body: undefined,
  answer: z.object({}),
})

test('params and query are escaped, and absent members are left out', () => {
  const address = addressOf(declared, {
    params: { roomId: 'a/b', chairId: '二' },
    query: { search: '张 三&', after: undefined },
  })
  expect(address).toBe('/api/rooms/a%2Fb/chairs/%E4%BA%8C?search=%E5%BC%A0+%E4%B8%89%26')
})

test('a refusal keeps its code, sentence and fields', () => {
  const failure = failureOf(
    422,
    JSON.stringify({ refusal: { code: 'a.b', sentence: '不行', fields: [{ field: 'x', reason: '空' }] } }),
  )
  expect(isRefusal(failure) && [failure.code, failure.sentence, failure.status, failure.fields]).toEqual([
    'a.b',
    '不行',
    422,
    [{ field: 'x', reason: '空' }],
  ])
})

test('the page of a proxy is a fault that names its status, never shown itself', () => {
  const failure = failureOf(502, '<html>Bad gateway</html>')
  expect(isFault(failure) && failure.number).toBe('HTTP 502')
  expect(failure.message).not.toContain('html')
})

test('the UTF-8 file name wins over the plain one', () => {
  expect(nameIn(`attachment; filename="x.xlsx"; filename*=UTF-8''%E5%90%8D%E5%8D%95.xlsx`)).toBe('名单.xlsx')
  expect(nameIn('attachment; filename="a.xlsx"')).toBe('a.xlsx')
  expect(nameIn(null)).toBeUndefined()
})
