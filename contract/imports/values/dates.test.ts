import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chineseNumber, dateOfSerial, isRealDay, readDate, readMonth } from './dates.ts'
import { outcome } from './result.fixture.ts'

describe('dates', () => {
  test.each([
    ['2018/11/9', '2018-11-09'],
    ['2018-11-09', '2018-11-09'],
    ['2018.1.5', '2018-01-05'],
    ['20181109', '2018-11-09'],
    ['２０１８１１０９', '2018-11-09'],
    [' 2018年7月1日\u3000', '2018-07-01'],
    ['2018 年 7 月 1 日', '2018-07-01'],
    ['2018年7月1号', '2018-07-01'],
    ['二〇一八年七月一日', '2018-07-01'],
    ['二○一八年十二月三十一日', '2018-12-31'],
    ['2018-11-09 08:30:00', '2018-11-09'],
    ['2018-11-09T00:00:00', '2018-11-09'],
    ['43413', '2018-11-09'],
    ['2016-02-29', '2016-02-29'],
    ['2014-06-31', 'date.impossible'],
    ['20150229', 'date.impossible'],
    ['2015.13.1', 'date.impossible'],
    ['2018-00-10', 'date.impossible'],
    ['二〇一八年二月三十日', 'date.impossible'],
    ['9999-12-31', 'date.out-of-range'],
    ['99991231', 'date.out-of-range'],
    ['0208-01-01', 'date.out-of-range'],
    ['去年夏天', 'date.unreadable'],
    ['2018', 'date.unreadable'],
    ['201811', 'date.month-only'],
    ['12', 'date.unreadable'],
    ['1e5', 'date.unreadable'],
    ['', undefined],
  ])('%s is %s', (text, expected) => {
    expect(outcome(readDate(text))).toBe(expected)
  })

  test.each([
    ['2018-09', '2018-09-01'],
    ['201809', '2018-09-01'],
    ['2018年9月', '2018-09-01'],
    ['2018.9.3', '2018-09-03'],
    ['201813', 'date.impossible'],
  ])('the month %s is %s', (text, expected) => {
    expect(outcome(readMonth(text))).toBe(expected)
  })

  test('every real day comes back from each way of writing it', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1930-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
        (date) => {
          const iso = date.toISOString().slice(0, 10)
          const [y, m, d] = iso.split('-').map(Number) as [number, number, number]
          const serial = Math.round(Date.UTC(y, m - 1, d) / 86_400_000) + 25_569
          for (const text of [iso, iso.replaceAll('-', ''), `${y}/${m}/${d}`, `${y}.${m}.${d}`, `${y}年${m}月${d}日`]) {
            expect(outcome(readDate(text))).toBe(iso)
          }
          expect(dateOfSerial(serial)).toBe(iso)
          expect(isRealDay(y, m, d)).toBe(true)
        },
      ),
      { seed: 20260911 },
    )
  })

  test('Chinese numbers up to ninety-nine', () => {
    expect(['一', '十', '十二', '二十', '三十一', '九十九'].map(chineseNumber)).toEqual([1, 10, 12, 20, 31, 99])
    expect(['', '百', '一二', '十十'].map(chineseNumber)).toEqual([undefined, undefined, undefined, undefined])
  })
})
