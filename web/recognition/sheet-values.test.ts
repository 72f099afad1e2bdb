import { expect, test } from 'vitest'
import { answerOn, memberRows, opinionsIn, yearMonthOf } from './sheet-values.ts'

const field = (id: string, type: 'text' | 'code' | 'multi-code' | 'money' | 'yes-no' = 'text') => ({
  id,
  label: id,
  type,
  required: false,
  max: null,
  hint: null,
  group: null,
  codes: [
    { code: 1, label: '甲' },
    { code: 2, label: '乙' },
  ],
})

test('an answer stands on paper in words; what nobody answered stays empty', () => {
  const shown = {
    form: [field('a'), field('b', 'code'), field('c', 'multi-code'), field('d', 'money'), field('e', 'yes-no')],
    content: { a: '二组', b: 2, c: [1, 2], d: 300_050, e: false },
  }
  expect(['a', 'b', 'c', 'd', 'e', 'f'].map((id) => answerOn(shown, id))).toEqual([
    '二组',
    '乙',
    '甲、乙',
    '3,000.5',
    '否',
    '',
  ])
})

test('only those of the family who were written down have a row', () => {
  const form = [1, 2, 3].map((at) => field(`member${at}_name`))
  expect(memberRows({ form, content: { member1_name: '父', member3_name: '母' } }, ['name'])).toEqual([['父'], ['母']])
})

test('the last word of the reviewer and of the school stands on the sheet', () => {
  const step = (label: string, by: string, reason: string | null = null) =>
    ({ number: 1, label, by, onBehalfOf: null, at: '2025-11-20T02:00:00Z', reason, late: false, filled: [] }) as never
  const found = opinionsIn([step('提交申请', '家长'), step('复核同意', '专干'), step('另定等级', '校长', '情况有变')])
  expect(found.college).toMatchObject({ words: '复核同意', by: '专干' })
  expect(found.school).toMatchObject({ words: '另定等级:情况有变', by: '校长' })
  expect(opinionsIn([])).toEqual({})
})

test('a month is told from the roster, else from what was written', () => {
  expect(yearMonthOf('201503', null)).toBe('2015年3月')
  expect(yearMonthOf('', '2014-12-06')).toBe('2014年12月')
  expect(yearMonthOf('春天', null)).toBe('春天')
})
