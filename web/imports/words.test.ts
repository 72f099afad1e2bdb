import { expect, test } from 'vitest'
import {
  commitSentences,
  type ImportState,
  isOver,
  isWorking,
  populationWords,
  progressWords,
  statementSentence,
  stateWords,
  timeLeftText,
} from './words.ts'

const counts = { rows: 0, new: 0, changed: 0, unchanged: 0, refused: 0, matched: 0, doubtful: 0, unmatched: 0 }

test('every state is at work, over, or waiting for a person, and never two of them', () => {
  for (const state of Object.keys(stateWords) as ImportState[]) {
    const waiting = state === 'mapped' || state === 'previewed'
    expect([isWorking(state), isOver(state), waiting].filter(Boolean), state).toHaveLength(1)
  }
})

test('[X7] each population says something else about those not on the list', () => {
  const said = Object.values(populationWords).map((words) => words.absent)
  expect(new Set(said).size).toBe(said.length)
  expect(
    statementSentence({ kind: 'screening', population: 'screened', asOf: '2025-10-01', replaces: false }),
  ).toContain('没有测过')
  expect(statementSentence({ kind: 'dibao', population: 'all-residents', asOf: '2025-08-31', replaces: true })).toBe(
    '代替上一份同类名单;上一份有、这一份没有的,自 2025-08-31 起不再算在内。没有列在名单上的学生,记为“不是”。',
  )
})

test('progress tells step, count, rate and time left', () => {
  expect(progressWords({ step: '核对', done: 1200, total: 2292, perSecond: 400 })).toEqual({
    percent: 52,
    sentence: '核对 · 1,200 / 2,292 行 · 每秒 400 行 · 马上好',
  })
  expect(progressWords({ step: '写入', done: 0, total: 100_000, perSecond: 500 }).sentence).toContain('还需约 4 分钟')
})

test('progress promises nothing it does not know', () => {
  expect(progressWords({ step: '读取', done: 500, total: null, perSecond: null })).toEqual({
    percent: null,
    sentence: '读取 · 已处理 500 行',
  })
  expect(progressWords({ step: '读取', done: 0, total: 0, perSecond: 0 }).percent).toBeNull()
})

test('time left is rounded up', () => {
  expect([3, 11, 61, 3601].map(timeLeftText)).toEqual(['马上好', '约 20 秒', '约 2 分钟', '约 1.1 小时'])
})

test('what a commit will do leaves nothing out', () => {
  expect(commitSentences({ ...counts, new: 2274, changed: 0, unchanged: 3, refused: 15 }, false).join('')).toBe(
    '新增 2,274 行,变更 0 行;不变的 3 行不动。退回 15 行,不写入,可以下载改好再交。要么全部写入,要么一行不写。',
  )
  expect(commitSentences({ ...counts, matched: 132, doubtful: 8, unmatched: 238 }, true).join('')).toContain(
    '8 行有疑问',
  )
})
