import { expect, test } from 'vitest'
import { byUrgency, type Group, greetingFor } from './urgency.ts'

const group = (title: string, state: Group['state'], dueOn: string | null, done = 0): Group => ({
  rule: 1,
  title,
  periodLabel: '',
  dueOn,
  state,
  need: 3,
  done,
  recordKind: 1,
  because: '',
  vacant: false,
})

test('what is overdue comes first, and within a state what is due earliest', () => {
  const sorted = byUrgency([
    group('丙', 'due', null),
    group('乙', 'due', '2025-11-02'),
    group('甲', 'overdue', '2025-10-01'),
  ])
  expect(sorted.map(([state, groups]) => [state, groups.map(({ title }) => title)])).toEqual([
    ['overdue', ['甲']],
    ['due', ['乙', '丙']],
  ])
})

test('what is done is no longer asked for', () => {
  expect(byUrgency([group('甲', 'due', null, 3)])).toEqual([])
})

test('the greeting goes by the clock of Shanghai', () => {
  expect(greetingFor(new Date('2025-11-03T00:30:00Z'))).toBe('早上好')
  expect(greetingFor(new Date('2025-11-03T15:30:00Z'))).toBe('晚上好')
})
