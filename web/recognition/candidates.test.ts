import { expect, test } from 'vitest'
import { type Candidate, itemsFor, rulesIn } from './candidates.ts'

const candidate = (schoolId: string, studentId: string, rule: number, suggestedLevel: number | null): Candidate => ({
  schoolId,
  studentId,
  name: '某',
  className: '一1班',
  schoolName: '校',
  rule,
  ruleLabel: `规则${rule}`,
  suggestedLevel,
  reasonAsked: false,
  since: '2025-09-01',
})

test('a student proposed by two rules is decided once, at the highest level', () => {
  const items = itemsFor(
    [candidate('s1', 'a', 1, 22), candidate('s1', 'a', 2, 1), candidate('s2', 'b', 1, 21)],
    undefined,
  )
  expect([...items]).toEqual([
    ['s1', [{ studentId: 'a', level: 1 }]],
    ['s2', [{ studentId: 'b', level: 21 }]],
  ])
})

test('without a suggestion nobody is recognised unless a level is chosen', () => {
  expect(itemsFor([candidate('s1', 'a', 1, null)], undefined).size).toBe(0)
  expect(itemsFor([candidate('s1', 'a', 1, null)], 22).get('s1')).toEqual([{ studentId: 'a', level: 22 }])
})

test('rules are told with how many each proposed', () => {
  expect(rulesIn([candidate('s', 'a', 1, 1), candidate('s', 'b', 1, 1), candidate('s', 'a', 2, 1)])).toEqual([
    { rule: 1, label: '规则1', count: 2 },
    { rule: 2, label: '规则2', count: 1 },
  ])
})
