import { expect, test } from 'vitest'
import { bulkChoices, clearBest, decisionsOf, sharedStudents } from './match-decisions.ts'

const match = (row: number, ...scores: number[]) => ({
  row,
  candidates: scores.map((score, index) => ({ studentId: `${row}-${index}`, score })),
})

test('[X7] a bulk acceptance takes only rows with one clear best candidate above the line', () => {
  const chosen = bulkChoices([match(3, 60, 90), match(4, 90, 90), match(5, 70), match(6)], 80)
  expect([...chosen]).toEqual([[3, '3-1']])
})

test('two candidates with the same score are left to a person', () => {
  expect(clearBest(match(1, 88, 88))).toBeUndefined()
  expect(clearBest(match(1, 88, 87))).toBe('1-0')
})

test('two rows pointing to one student are found', () => {
  expect(
    sharedStudents(
      new Map([
        [1, 'a'],
        [2, 'b'],
        [3, 'a'],
        [4, null],
        [5, null],
      ]),
    ),
  ).toEqual([1, 3])
})

test('a rejected row is sent as nobody', () => {
  expect(decisionsOf(new Map([[7, null]]))).toEqual([{ row: 7, studentId: null }])
})
