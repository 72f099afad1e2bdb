import { expect, test } from 'vitest'
import { kindOf, listKindIds } from '#contract/imports'
import {
  commitSentences,
  type ImportState,
  isOver,
  isWorking,
  type Population,
  populationLabels,
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

test('[X7] only a list that replaces the last one and speaks of everybody says no of those it leaves out', () => {
  const said = { kind: 'dibao', asOf: '2025-08-31' }
  const no = (population: Population, replaces: boolean) =>
    statementSentence({ ...said, population, replaces }).includes('记为“不是”')
  expect(Object.keys(populationLabels).map((population) => no(population as Population, true))).toEqual([
    true,
    true,
    false,
    false,
  ])
  expect(Object.keys(populationLabels).some((population) => no(population as Population, false))).toBe(false)
  expect(statementSentence({ ...said, population: 'all-residents', replaces: true })).toContain('自2025年8月31日起')
})

test('[X7] not among those screened is not asked, and not on the new roster takes no file away', () => {
  const statement = { population: 'screened' as const, asOf: '2025-10-01', replaces: false }
  expect(statementSentence({ ...statement, kind: 'psychological-screening' })).toContain('没有测过')
  expect(statementSentence({ population: 'enrolled', asOf: '2025-09-01', replaces: true, kind: 'roster' })).toContain(
    '档案不动',
  )
})

test('every kind of list says what being left out means', () => {
  for (const kind of listKindIds) {
    const { population, mode } = kindOf(kind)
    const sentence = statementSentence({ kind, population, asOf: '2025-09-01', replaces: mode === 'replaces' })
    expect(sentence, kind).toMatch(/没有列上|每一行/)
    expect(sentence.includes('记为“不是”'), kind).toBe(kindOf(kind).matched && mode === 'replaces')
  }
})

test('progress tells step, count, rate and time left', () => {
  expect(progressWords({ step: 'judging', done: 1200, total: 2292, perSecond: 400 })).toEqual({
    percent: 52,
    sentence: '逐行核对 · 1,200 / 2,292 行 · 每秒 400 行 · 马上好',
  })
  expect(progressWords({ step: '写入', done: 0, total: 100_000, perSecond: 500 }).sentence).toContain('还需约 4 分钟')
})

test('progress promises nothing it does not know', () => {
  expect(progressWords({ step: 'reading', done: 500, total: null, perSecond: null })).toEqual({
    percent: null,
    sentence: '读取 · 已处理 500 行',
  })
  expect(progressWords({ step: 'committing', done: 0, total: null, perSecond: null })).toEqual({
    percent: null,
    sentence: '写入',
  })
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
