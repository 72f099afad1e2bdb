import { expect, test } from 'vitest'
import { outcomeWords, type ReviewProgress, reviewInOrder } from './review-in-order.ts'

const run = async (answers: readonly ('ok' | 'refused' | 'away')[], stopAfter = Number.POSITIVE_INFINITY) => {
  const tried: number[] = []
  const seen: ReviewProgress[] = []
  const end = await reviewInOrder({
    rows: answers.map((answer, at) => ({ answer, at })),
    review: async ({ answer, at }) => {
      tried.push(at)
      if (answer !== 'ok') throw new Error(answer)
    },
    who: ({ at }) => `学生${at}`,
    refusalOf: (error) => ((error as Error).message === 'refused' ? '已被更正。' : undefined),
    failureOf: () => '连不上服务器。',
    isStopped: () => tried.length >= stopAfter,
    onProgress: (progress) => seen.push(progress),
  })
  return { end, tried, seen }
}

test('records are reviewed one after the other, and a refused one does not hold up the rest', async () => {
  const { end, tried, seen } = await run(['ok', 'refused', 'ok'])
  expect(tried).toEqual([0, 1, 2])
  expect(seen.map(({ reviewed }) => reviewed)).toEqual([1, 1, 2])
  expect(end).toEqual({
    total: 3,
    reviewed: 2,
    refused: [{ who: '学生1', sentence: '已被更正。' }],
    stopped: null,
  })
  expect(outcomeWords(end)).toBe('已审核 2 条,1 条没有通过办理。')
})

test('what would meet the next record too ends the work and says what was left', async () => {
  const { end, tried } = await run(['ok', 'away', 'ok'])
  expect(tried).toEqual([0, 1])
  expect(outcomeWords(end)).toBe('已审核 1 条,2 条没有动。连不上服务器。')
})

test('stopping leaves the rest untouched; all done is said so', async () => {
  expect((await run(['ok', 'ok', 'ok'], 1)).tried).toEqual([0])
  expect(outcomeWords((await run(['ok', 'ok'])).end)).toBe('2 条都已审核。')
})
