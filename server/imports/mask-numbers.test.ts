import { describe, expect, test } from 'vitest'
import { maskNumbers } from './mask-numbers.ts'

describe('identity numbers on the way in', () => {
  test.each([
    ['320123201001011234', '320***********1234'],
    ['32012320100101123X', '320***********123X'],
    ['３２０１２３２０１００１０１１２３４', '320***********1234'],
    ['证号320123201001011234,请核对', '证号320***********1234,请核对'],
    ['G320123201001011234', 'G320***********1234'],
    ['32012320100101123443', '320***********123443'],
    ['320123100101123', '320********1123'],
  ])('%s is shown as %s in any column', (typed, shown) => {
    expect(maskNumbers(typed)).toBe(shown)
  })

  test.each([
    ['32012320100101123', '320**********1123'],
    ['320123 20100101 1234', '320*************1234'],
    ['３２０１２３２０１０１３４５１２３４', '３２０***********１２３４'],
    ['32012320100101123443', '320*************3443'],
  ])('%s, mistyped or not, is shown as %s in a column of numbers', (typed, shown) => {
    expect(maskNumbers(typed, 'id_number')).toBe(shown)
  })

  test.each(['2025000123', '13900001111', '2010-01-01', '王小明', '2132900001', ''])(
    '%s is nobody’s identity number and stays',
    (typed) => {
      expect(maskNumbers(typed, 'student_number')).toBe(typed)
    },
  )
})
