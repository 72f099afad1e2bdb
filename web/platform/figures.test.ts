import { expect, test } from 'vitest'
import { shareOf } from './figures.tsx'

test('a share never rounds up to whole while someone is missing', () => {
  expect(shareOf(9999, 10000)).toBe('99.9%')
  expect(shareOf(10000, 10000)).toBe('100%')
})

test('nothing to divide by is a dash, not nought', () => {
  expect(shareOf(0, 0)).toBe('—')
  expect(shareOf(0, 7)).toBe('0%')
})
