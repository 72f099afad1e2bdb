import { expect, test } from 'vitest'
import * as care from '#contract/care'
import * as counts from '#contract/counts'
import * as duties from '#contract/duties'
import * as family from '#contract/family'
import * as flows from '#contract/flows'
import * as imports from '#contract/imports'
import * as mentoring from '#contract/mentoring'
import * as messages from '#contract/messages'
import * as organisations from '#contract/organisations'
import * as people from '#contract/people'
import { findLabellingWord } from '#contract/platform'
import * as policies from '#contract/policies'
import * as recognition from '#contract/recognition'
import * as records from '#contract/records'
import * as referrals from '#contract/referrals'
import * as schooling from '#contract/schooling'
import * as students from '#contract/students'
import * as voices from '#contract/voices'
import { actionWord, isAuditOutcome } from './audit-words.ts'

test('[C13] an operation without a word of its own is shown by its name, never left out', () => {
  expect(actionWord('records.purge')).toBe('records.purge')
  expect(actionWord('students.reveal')).toBe('查看证件号或电话')
})

const isEndpoint = (value: unknown): value is { name: string } =>
  typeof value === 'object' && value !== null && 'name' in value && 'summary' in value && 'path' in value

/** Every operation the program answers: each may be done, read or refused, and then stands in the list. */
const operations = [
  care,
  counts,
  duties,
  family,
  flows,
  imports,
  mentoring,
  messages,
  organisations,
  people,
  policies,
  recognition,
  records,
  referrals,
  schooling,
  students,
  voices,
].flatMap((capability) =>
  Object.values<unknown>(capability)
    .filter(isEndpoint)
    .map(({ name }) => name),
)

test('every operation has a word in the audit list', () => {
  expect(operations.length).toBeGreaterThan(150)
  expect(operations.filter((name) => actionWord(name) === name)).toEqual([])
})

test('[C24] no word of the audit list labels a child', () => {
  const shown = operations.map(actionWord)
  expect(shown.filter((word) => findLabellingWord(word) !== undefined)).toEqual([])
})

test('only the four outcomes can be filtered by', () => {
  expect(['done', 'all', '__proto__', 'toString'].map(isAuditOutcome)).toEqual([true, false, false, false])
})
