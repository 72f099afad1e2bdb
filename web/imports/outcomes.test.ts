import { expect, test } from 'vitest'
import { faultLines, firstTab, tabsFor } from './outcomes.ts'

const none = { rows: 0, new: 0, changed: 0, unchanged: 0, refused: 0, matched: 0, doubtful: 0, unmatched: 0 }

test('what a person must look at opens first, what is fine after it', () => {
  expect(firstTab(tabsFor({ ...none, new: 2000, refused: 3 }, false))).toBe('refused')
  expect(firstTab(tabsFor({ ...none, new: 2000 }, false))).toBe('new')
  expect(firstTab(tabsFor({ ...none, matched: 130, doubtful: 8 }, true))).toBe('doubtful')
  expect(firstTab(tabsFor(none, false))).toBe('faults')
})

test('every row of a list stands in exactly one tab', () => {
  const shown = (counts: typeof none, matched: boolean) =>
    tabsFor(counts, matched).reduce((sum, tab) => sum + (tab.count ?? 0), 0)
  expect(shown({ ...none, rows: 10, new: 1, changed: 2, unchanged: 3, refused: 4 }, false)).toBe(10)
  expect(shown({ ...none, rows: 15, changed: 5, matched: 5, doubtful: 2, unmatched: 3, refused: 5 }, true)).toBe(15)
})

test('each fault of a row is a line with its column, value and reason', () => {
  const row = {
    row: 12,
    place: '第 12 行',
    outcome: 'refused' as const,
    title: '王小明',
    cells: [],
    changes: [],
    faults: [
      { column: '出生日期', value: '2015-02-30', reason: '没有这一天', scope: 'cell' as const },
      { column: '姓名', value: '', reason: '不能为空', scope: 'row' as const },
    ],
  }
  expect(faultLines([row]).map((line) => [line.place, line.column, line.value, line.effect])).toEqual([
    ['第 12 行', '出生日期', '2015-02-30', '只是这一格不用'],
    ['第 12 行', '姓名', '', '整行退回'],
  ])
})
