import { expect, test } from 'vitest'
import { agoWords, formatDate, formatMoment, leftWords } from './dates.ts'

test('a day is written as offices write it, and an unknown one as a dash', () => {
  expect(formatDate('2025-09-01')).toBe('2025年9月1日')
  expect(formatDate(null)).toBe('—')
})

test('a moment late in the evening of London is already the next day in Shanghai', () => {
  expect(formatDate('2019-08-31T20:00:00Z')).toBe('2019年9月1日')
  expect(formatMoment('2019-08-31T20:05:00Z')).toBe('2019年9月1日 04:05')
})

test.each([
  ['2025-03-10', '今天'],
  ['2025-03-09', '昨天'],
  ['2025-02-08', '30 天前'],
  ['2024-12-10', '3 个月前'],
  ['2022-03-01', '3 年前'],
  ['2025-03-12', '2025年3月12日'],
])('%s seen from 10 March 2025 is %s', (date, words) => {
  expect(agoWords(date, '2025-03-10')).toBe(words)
})

test('what is left is said in days, past days too', () => {
  expect(leftWords('2025-03-10', '2025-03-10')).toBe('今天到期')
  expect(leftWords('2025-03-15', '2025-03-10')).toBe('还有 5 天')
  expect(leftWords('2025-03-07', '2025-03-10')).toBe('已过 3 天')
  expect(leftWords(null, '2025-03-10')).toBe('不限期')
})
