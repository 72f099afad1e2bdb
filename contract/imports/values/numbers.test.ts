import { describe, expect, test } from 'vitest'
import { readInteger, readMoney, readPhone, readScore } from './numbers.ts'
import { outcome } from './result.fixture.ts'

describe('amounts', () => {
  test('money is kept in fen', () => {
    expect(
      ['854', '1,286.50', '0.85万元', '￥12.3元', '500元/月', '-5', '很多', ''].map((text) => outcome(readMoney(text))),
    ).toEqual([85_400, 128_650, 850_000, 1_230, 50_000, 'number.out-of-range', 'number.unreadable', undefined])
    expect(outcome(readMoney('1.2', true))).toBe(1_200_000)
    expect(outcome(readMoney('0.29'))).toBe(29)
  })

  test('scores, absences and word grades', () => {
    expect(
      ['89', '95.5分', '缺', '缺考', 'A', '优秀', '-1', 'abc', ''].map((text) => outcome(readScore(text))),
    ).toEqual([
      { points: 89 },
      { points: 95.5 },
      { absent: true },
      { absent: true },
      { grade: 'A' },
      { grade: '优秀' },
      'number.out-of-range',
      'number.unreadable',
      undefined,
    ])
  })

  test('telephones and whole numbers', () => {
    expect(
      ['１３８ ００１３８０００', '+86 13800138000', '0377-63123456', '63123456', '138001380', '找班主任'].map((text) =>
        outcome(readPhone(text)),
      ),
    ).toEqual(['13800138000', '13800138000', '0377-63123456', '63123456', 'phone.unreadable', 'phone.unreadable'])
    expect(['5', '5人', '5.5', '200', 'x'].map((text) => outcome(readInteger(text, 0, 100)))).toEqual([
      5,
      5,
      'number.unreadable',
      'number.out-of-range',
      'number.unreadable',
    ])
  })
})
