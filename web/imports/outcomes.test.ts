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

const day = { column: '出生日期', value: '2015-02-30', reason: '没有这一天', scope: 'cell' as const }
const noName = { column: '姓名', value: '', reason: '不能为空', scope: 'row' as const }
const rowWith = { row: 12, place: '第 12 行', title: '王小明', cells: [], changes: [] }

test('each fault of a row is a line with its column, value and reason', () => {
  const row = { ...rowWith, outcome: 'new' as const, faults: [day] }
  expect(faultLines([row]).map((line) => [line.place, line.column, line.value, line.effect])).toEqual([
    ['第 12 行', '出生日期', '2015-02-30', '只是这一格不用'],
  ])
})

test('a cell of a row that goes back is not said to be left out of it: it is put right together with the row', () => {
  const row = { ...rowWith, outcome: 'refused' as const, faults: [day, noName] }
  expect(faultLines([row]).map((line) => [line.column, line.effect])).toEqual([
    ['出生日期', '一并改好'],
    ['姓名', '整行退回'],
  ])
})
