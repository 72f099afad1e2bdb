import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '#contract/platform'
import { addWorkingDays, dayOf, dueAt, warnAt } from './clock.ts'
import type { Clock } from './flow.ts'

const seed = Number(process.env.CLOCK_SEED ?? Date.now() % 2_147_483_647)

// A calendar of closed and open days at random: holidays of weeks, weekends made up, a stretch that comes round again.
const calendars = fc
  .array(fc.boolean(), { minLength: 1, maxLength: 60 })
  .filter((open) => open.some(Boolean))
  .map(
    (open) =>
      (date: string): boolean =>
        open[(Date.parse(date) / 86_400_000) % open.length] as boolean,
  )
const instants = fc.date({
  min: new Date('2025-01-01T00:00:00Z'),
  max: new Date('2027-12-31T23:59:59Z'),
  noInvalidDate: true,
})
const clocks: fc.Arbitrary<Clock> = fc.record({
  count: fc.nat(15),
  unit: fc.constantFrom('hours', 'days', 'working-days'),
  warnBefore: fc.nat(20),
  whenOver: fc.constant('escalate'),
})
const workedBetween = (from: string, to: string, works: (date: string) => boolean): number => {
  let count = 0
  for (let date = from; date < to; date = addDays(date, 1)) if (works(addDays(date, 1))) count++
  return count
}

describe('a clock', () => {
  it(`in working days ends on a working day, with exactly so many between, whatever the calendar (seed ${seed})`, () => {
    fc.assert(
      fc.property(calendars, instants, fc.integer({ min: 1, max: 15 }), (works, since, count) => {
        const end = addWorkingDays(dayOf(since), count, works)
        expect(works(end)).toBe(true)
        expect(workedBetween(dayOf(since), end, works)).toBe(count)
      }),
      { seed, numRuns: 500 },
    )
  })

  it(`never ends before it began or before its warning, and hours stop for no calendar (seed ${seed})`, () => {
    fc.assert(
      fc.property(calendars, instants, clocks, (works, since, clock) => {
        const due = dueAt(clock, since, works)
        const warned = warnAt(clock, since, works) as Date
        expect(due.getTime()).toBeGreaterThanOrEqual(since.getTime())
        expect(warned.getTime()).toBeLessThanOrEqual(due.getTime())
        if (clock.unit === 'hours') expect(due.getTime() - since.getTime()).toBe(clock.count * 3_600_000)
        // Days end with the day in Shanghai, wherever the machine stands.
        else expect(due.toISOString().slice(10)).toBe('T15:59:59.999Z')
        if (clock.unit === 'days') expect(dayOf(due)).toBe(addDays(dayOf(since), clock.count))
      }),
      { seed, numRuns: 500 },
    )
  })

  it('of two working days over a holiday with a Sunday made up ends on the Sunday', () => {
    const closed = ['2025-10-01', '2025-10-02', '2025-10-03', '2025-10-04', '2025-09-27']
    const works = (date: string) =>
      date === '2025-09-28' || (!closed.includes(date) && new Date(date).getUTCDay() % 6 > 0)
    expect(addWorkingDays('2025-09-25', 2, works)).toBe('2025-09-28')
    expect(addWorkingDays('2025-09-30', 1, works)).toBe('2025-10-06')
  })

  it('says that a calendar without a working day is broken and does not look for ever', () => {
    expect(() => addWorkingDays('2025-09-25', 1, () => false)).toThrow('no working days')
  })
})
