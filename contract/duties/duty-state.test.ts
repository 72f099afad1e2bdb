import { expect, test } from 'vitest'
import { type DutyState, dutyState } from './duty-state.ts'
import { periodOf, standingPeriod } from './period.ts'

const year = { startsOn: '2025-09-01', endsOn: '2026-08-31' }
const week = { startsOn: '2025-11-17', endsOn: '2025-11-23' }

test.each<[string, { startsOn: string; endsOn: string }, string, DutyState]>([
  ['a year early on', year, '2025-11-20', 'soon'],
  ['a year the day before its last quarter', year, '2026-06-01', 'soon'],
  ['a year in its last quarter', year, '2026-06-02', 'due'],
  ['a year on its last day', year, '2026-08-31', 'due'],
  ['a year just over', year, '2026-09-01', 'overdue'],
  ['a year on the last day of grace', year, '2026-09-15', 'overdue'],
  ['a closed year', year, '2026-09-16', 'missed'],
  ['a week on Saturday', week, '2025-11-22', 'soon'],
  ['a week on Sunday', week, '2025-11-23', 'due'],
])('an unmet duty of %s', (_, period, today, state) => {
  expect(dutyState(false, period, today)).toBe(state)
  expect(dutyState(true, period, today)).toBe('done')
})

test('a duty that must hold at all times is due until it is met', () => {
  expect(dutyState(false, standingPeriod, '2025-11-20')).toBe('due')
  expect(dutyState(true, standingPeriod, '2025-11-20')).toBe('done')
})

test('a duty owed once by a date is overdue after that date, however late', () => {
  expect(dutyState(false, standingPeriod, '2025-11-20', '2026-03-01')).toBe('soon')
  expect(dutyState(false, standingPeriod, '2026-02-10', '2026-03-01')).toBe('due')
  expect(dutyState(false, standingPeriod, '2029-03-02', '2026-03-01')).toBe('overdue')
})

const terms = [
  { schoolYear: 2025, term: 1, startsOn: '2025-09-01', endsOn: '2026-01-30' },
  { schoolYear: 2025, term: 2, startsOn: '2026-02-25', endsOn: '2026-07-03' },
]

test('an act in the winter holidays counts for the term before it', () => {
  expect(periodOf('term', '2026-02-10', terms)).toMatchObject({ startsOn: '2025-09-01', endsOn: '2026-02-24' })
  expect(periodOf('term', '2026-02-25', terms)).toMatchObject({ startsOn: '2026-02-25' })
  expect(periodOf('term', '2025-08-31', terms)).toBeUndefined()
})

test('a school day is a weekday in term; on other days it is the last one before', () => {
  expect(periodOf('school-day', '2025-11-20', terms)?.startsOn).toBe('2025-11-20')
  expect(periodOf('school-day', '2025-11-22', terms)?.startsOn).toBe('2025-11-21')
  expect(periodOf('school-day', '2025-11-23', terms)?.startsOn).toBe('2025-11-21')
  expect(periodOf('school-day', '2026-02-24', terms)).toMatchObject({ startsOn: '2026-01-30', endsOn: '2026-01-30' })
  expect(periodOf('school-day', '2026-02-25', terms)?.startsOn).toBe('2026-02-25')
  expect(periodOf('school-day', '2025-08-31', terms)).toBeUndefined()
})

test('a teaching week has a school day in it and still ends on Sunday', () => {
  expect(periodOf('teaching-week', '2025-11-23', terms)).toMatchObject({ startsOn: '2025-11-17', endsOn: '2025-11-23' })
  expect(periodOf('teaching-week', '2026-02-02', terms)).toMatchObject({ startsOn: '2026-01-26', endsOn: '2026-02-01' })
  expect(periodOf('teaching-week', '2026-02-23', terms)).toMatchObject({ startsOn: '2026-02-23', endsOn: '2026-03-01' })
  expect(periodOf('teaching-week', '2026-02-22', terms)).toMatchObject({ startsOn: '2026-01-26' })
  expect(periodOf('teaching-week', '2025-08-31', terms)).toBeUndefined()
})

test('[N9] a vacation lies between two terms and is told winter from summer', () => {
  const next = { schoolYear: 2026, term: 1, startsOn: '2026-09-01', endsOn: '2027-01-30' }
  const all = [next, ...terms]
  expect(periodOf('vacation', '2026-02-10', all)).toEqual({
    startsOn: '2026-01-31',
    endsOn: '2026-02-24',
    label: '2026年寒假',
  })
  expect(periodOf('vacation', '2026-07-04', all)).toEqual({
    startsOn: '2026-07-04',
    endsOn: '2026-08-31',
    label: '2026年暑假',
  })
  expect(periodOf('vacation', '2026-05-01', all)?.label).toBe('2026年寒假')
  expect(periodOf('vacation', '2026-01-30', all)).toBeUndefined()
})

test('a week begins on Monday, a school year on the first of September', () => {
  expect(periodOf('week', '2025-11-20', [])?.startsOn).toBe('2025-11-17')
  expect(periodOf('school-year', '2026-08-31', [])?.label).toBe('2025—2026学年')
  expect(periodOf('month', '2024-02-29', [])).toMatchObject({ startsOn: '2024-02-01', endsOn: '2024-02-29' })
})
