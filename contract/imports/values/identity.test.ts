import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkDigitOf, describeIdentity, readCodeNumber, readDisabilityNumber, readIdentityNumber } from './identity.ts'
import { outcome } from './result.fixture.ts'

describe('identity numbers', () => {
  test.each([
    ['11010519491231002X', '11010519491231002X'],
    ['440524188001010014', '440524188001010014'],
    [' 11010519491231002x ', '11010519491231002X'],
    ['１１０１０５１９４９１２３１００２ｘ', '11010519491231002X'],
    ["'11010519491231002X", '11010519491231002X'],
    ['110105 19491231 002X', '11010519491231002X'],
    ['999999194912310020', 'id-number.check-digit'],
    ['110105194912310021', 'id-number.check-digit'],
    ['110105491231002', 'id-number.old'],
    ['1101051949123100', 'id-number.length'],
    ['11010519491231X021', 'id-number.length'],
    ['110105201506310027', 'id-number.date'],
    ['110105999912310027', 'id-number.date'],
    ['', undefined],
  ])('%s is %s', (text, expected) => {
    expect(outcome(readIdentityNumber(text))).toBe(expected)
  })

  test('regions that no table knows pass, residence permits are told', () => {
    const unknown = `999999194912310${'02'}`
    expect(outcome(readIdentityNumber(unknown + checkDigitOf(unknown)))).toBe(unknown + checkDigitOf(unknown))
    const permit = '81000019990101001'
    expect(describeIdentity(permit + checkDigitOf(permit))).toMatchObject({
      residencePermit: true,
      birthDate: '1999-01-01',
      sex: 1,
    })
    expect(describeIdentity('11010519491231002X')).toMatchObject({ residencePermit: false, sex: 2 })
  })

  test('one wrong digit never passes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 16 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 0, max: 999 }),
        (at, by, order) => {
          const first = `32990120150615${String(order).padStart(3, '0')}`
          const digit = (Number(first[at]) + by) % 10
          const wrong = first.slice(0, at) + digit + first.slice(at + 1) + checkDigitOf(first)
          expect(outcome(readIdentityNumber(wrong))).toMatch(/^id-number\./)
        },
      ),
      { seed: 20260912 },
    )
  })

  test('a disability certificate tells person, kind and level', () => {
    expect(outcome(readDisabilityNumber('11010519491231002x43'))).toEqual({
      idNumber: '11010519491231002X',
      kind: 4,
      level: 3,
    })
    expect(outcome(readDisabilityNumber('11010519491231002X43B1'))).toMatchObject({ kind: 4 })
    expect(outcome(readDisabilityNumber('11010519491231002X83'))).toBe('code.unknown')
    expect(outcome(readDisabilityNumber('11010519491231002X'))).toBe('id-number.length')
    expect(outcome(readDisabilityNumber('11010519491231003X43'))).toBe('id-number.check-digit')
  })

  test('school numbers are letters and digits', () => {
    expect(outcome(readCodeNumber(' ｇ32990120181109002x '))).toBe('G32990120181109002X')
    expect(outcome(readCodeNumber('2025/01'))).toBe('code.unknown')
  })
})
