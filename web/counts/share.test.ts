import { expect, test } from 'vitest'
import { reviewedText, sentenceFor, shareOf, spokenFigure } from './share.ts'

test('[C12] nobody to cover shows a dash and no bar, never 100%', () => {
  expect(shareOf({ need: 0, met: 0, reviewed: null })).toEqual({ percent: '—', ratio: null, left: 0 })
})

test('[C12] 999 of 1000 is not rounded up to everyone', () => {
  expect(shareOf({ need: 1000, met: 999, reviewed: null })).toMatchObject({ percent: '99.9%', left: 1 })
  expect(shareOf({ need: 10_000, met: 9_999, reviewed: null }).percent).toBe('99.9%')
})

test('the sentence counts those still missing in the words of the pack', () => {
  const words = '还有 {n} 名学生没有家访'
  expect(sentenceFor(words, { need: 1240, met: 10, reviewed: 4 })).toBe('还有 1,230 名学生没有家访')
  expect(sentenceFor(words, { need: 4, met: 4, reviewed: 4 })).toBe('已全部覆盖')
  expect(sentenceFor(words, { need: 0, met: 0, reviewed: 0 })).toBe('目前没有应覆盖的对象')
})

test('a figure that is not there says it is out of reach, not that it is zero', () => {
  expect(sentenceFor('还有 {n} 名', undefined)).toBe('不在您的查看范围内')
})

test('[C9] reviewed stands apart from visited and is absent where nothing is reviewed', () => {
  expect(reviewedText({ need: 5, met: 4, reviewed: 0 })).toBe('其中已审 0')
  expect(reviewedText({ need: 5, met: 4, reviewed: null })).toBeUndefined()
})

test('a screen reader hears both numbers and the rest', () => {
  expect(spokenFigure('家访', { need: 5, met: 4, reviewed: null })).toBe('家访:应有 5,已有 4,80%,还差 1')
})
