import { expect, test } from 'vitest'
import { splitsOption, spokenSplits } from './splits-option.ts'

const colours = { done: 'a', rest: 'b', text: 'c', line: 'd', font: 'e', size: 12 }
const rows = [
  { label: '小学', need: 10, met: 7, reviewed: null },
  { label: '幼儿园', need: 0, met: 0, reviewed: null },
]

test('done and rest stack to all of the group', () => {
  const [done, rest] = splitsOption(rows, colours).series
  expect(rows.map((_, index) => (done?.data[index] ?? 0) + (rest?.data[index] ?? 0))).toEqual([10, 0])
})

test('[C12] a group with nobody to cover is labelled with a dash', () => {
  const label = splitsOption(rows, colours).series[1]?.label
  expect(label?.formatter({ dataIndex: 1 })).toBe('—')
  expect(label?.formatter({ dataIndex: 9 })).toBe('')
})

test('the chart can be heard', () => {
  expect(spokenSplits('按学段', rows)).toBe('按学段:小学 7/10,70%;幼儿园 0/0,—')
})
