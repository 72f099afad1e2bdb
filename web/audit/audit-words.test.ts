import { expect, test } from 'vitest'
import { permissions } from '#contract/people'
import { findLabellingWord } from '#contract/platform'
import { actionWord, isAuditOutcome } from './audit-words.ts'

test('[C13] an operation without a word of its own is shown by its name, never left out', () => {
  expect(actionWord('records.purge')).toBe('records.purge')
  expect(actionWord('students.reveal')).toBe('查看证件号或电话')
})

test('every operation that changes something has a word in the audit list', () => {
  const writes = Object.keys(permissions).filter((id) =>
    /\.(open|change|establish|appoint|end|set|add|attach|review|withdraw|recognise|adjust|decide|pair|upload|commit)/.test(
      id,
    ),
  )
  expect(writes.length).toBeGreaterThan(10)
  expect(writes.filter((id) => actionWord(id) === id)).toEqual([])
})

test('[C24] no word of the audit list labels a child', () => {
  const shown = Object.keys(permissions).map(actionWord)
  expect(shown.filter((word) => findLabellingWord(word) !== undefined)).toEqual([])
})

test('only the four outcomes can be filtered by', () => {
  expect(['done', 'all', '__proto__', 'toString'].map(isAuditOutcome)).toEqual([true, false, false, false])
})
