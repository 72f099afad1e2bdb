import { expect, test } from 'vitest'
import { sortedByUse } from './last-used.ts'

const codes = (count: number) => Array.from({ length: count }, (_, n) => ({ code: n + 1, label: `第${n + 1}项` }))

test('a long list begins with what was used last and keeps its order behind', () => {
  expect(sortedByUse(codes(9), [8, 3]).map(({ code }) => code)).toEqual([8, 3, 1, 2, 4, 5, 6, 7, 9])
})

test('a short list never moves', () => {
  expect(sortedByUse(codes(4), [4, 3])).toEqual(codes(4))
})
