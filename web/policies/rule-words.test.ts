import { expect, test } from 'vitest'
import { ruleKindIds } from '#contract/policies'
import { kindWords, type RuleHere, rulesFound, timeText } from './rule-words.ts'

const rule: RuleHere = {
  ref: 'national/visit',
  label: '家访',
  sentence: '每学年至少家访一次。',
  cites: [{ document: '某通知', at: '第三条', quote: null, requirement: ['C9'] }],
  standpoint: false,
  issuer: 'national',
  issuerName: '全国',
  from: null,
  until: null,
  replaces: null,
}

test('a rule is found by its name, its sentence and its article', () => {
  expect(['家访', '每学年', '第三条', ' '].map((word) => rulesFound([rule], word).length)).toEqual([1, 1, 1, 1])
  expect(rulesFound([rule], '奖励')).toEqual([])
})

test('a rule without a first or last day says nothing of time', () => {
  expect(timeText(rule)).toBeUndefined()
  expect(timeText({ from: '2025-09-01', until: null })).toBe('2025-09-01 起')
  expect(timeText({ from: null, until: '2026-08-31' })).toBe('至 2026-08-31')
})

test('every kind of rule has a word of its own', () => {
  expect(new Set(ruleKindIds.map((kind) => kindWords[kind].label)).size).toBe(ruleKindIds.length)
})
