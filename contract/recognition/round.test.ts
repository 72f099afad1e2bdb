import { describe, expect, test } from 'vitest'
import type { Scoring } from '#contract/policies'
import { announcedLines } from './announcement.ts'
import { applicationForm } from './application.ts'
import { scoreOf } from './score.ts'

const scoring: Scoring = {
  indicators: [
    { id: 'region', label: '户籍地域', group: '基本信息', field: 'home_region', points: { 1: 10, 2: 7 } },
    { id: 'kind', label: '家庭类型', group: '家庭类型', field: 'special_groups', points: { 6: 100, 8: 100 } },
    { id: 'parents', label: '单亲', group: '家庭类型', field: 'parents', points: { 2: 40, 3: 20 } },
  ],
  caps: { 家庭类型: 100 },
}

describe('[C8] the score', () => {
  test.each([
    ['adds up what was answered', { home_region: 1, parents: 3 }, 30],
    ['stops at the cap of a group', { home_region: 2, special_groups: [6, 8], parents: 2 }, 107],
    ['gives nothing for an answer without points', { home_region: 9 }, 0],
    ['of an empty form is nothing', {}, 0],
    ['takes no points from a name of another object', { home_region: 'constructor' }, 0],
  ])('%s', (_, answers, total) => {
    expect(scoreOf(scoring, answers).total).toBe(total)
  })

  test('says what nobody answered: unknown is not zero', () => {
    expect(scoreOf(scoring, { home_region: 9 }).unknown).toEqual(['家庭类型', '单亲'])
    expect(scoreOf(scoring, { home_region: 9 }).lines).toEqual([{ label: '户籍地域', group: '基本信息', points: 0 }])
  })
})

describe('[C19] an announced line', () => {
  const row = {
    line: 'a1',
    name: '王芳',
    className: '一班',
    gradeName: null,
    collegeName: null,
    schoolName: '第一小学',
    level: 1,
    number: '20230012',
  }

  test('keeps only what may be said, whatever else a row holds', () => {
    const leaking = { ...row, id_number: '320000201503010000', home_address: '二组', reason: '低保', studentId: 'x' }
    expect(announcedLines([leaking])).toEqual([
      {
        line: 'a1',
        name: '王芳',
        className: '一班',
        gradeName: null,
        collegeName: null,
        schoolName: '第一小学',
        level: '第一档',
      },
    ])
  })

  test('tells two of one name in one class apart by the end of the number only', () => {
    const two = announcedLines([
      row,
      { ...row, line: 'a2', number: '20230057' },
      { ...row, line: 'a3', className: '二班' },
    ])
    expect(two.map(({ name }) => name)).toEqual(['王芳(012)', '王芳(057)', '王芳'])
  })
})

test('the form asks each thing once, under a heading, and free text is encrypted', () => {
  const ids = applicationForm.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(applicationForm.every(({ group, encrypted }) => group && encrypted)).toBe(true)
  expect(ids.length).toBeLessThanOrEqual(120)
})
