import { afterEach, describe, expect, test, vi } from 'vitest'
import { today } from './clock.ts'
import { domainsOver, reachOf } from './reach.ts'

afterEach(() => vi.useRealTimers())

describe('the running day', () => {
  test('is worked out once a minute and turns at midnight in Shanghai, not a minute late', () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    vi.setSystemTime(new Date('2025-11-20T23:59:00.000+08:00'))
    expect(today()).toBe('2025-11-20')
    vi.setSystemTime(new Date('2025-11-20T23:59:59.999+08:00'))
    expect(today()).toBe('2025-11-20')
    vi.setSystemTime(new Date('2025-11-21T00:00:00.000+08:00'))
    expect(today()).toBe('2025-11-21')
    // A clock set back is believed as well: what is remembered is of a minute, not of the latest day.
    vi.setSystemTime(new Date('2025-11-20T12:00:00.000+08:00'))
    expect(today()).toBe('2025-11-20')
  })

  test('is what the day is, minute by minute, over the turn of a year', () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const start = new Date('2025-12-31T15:30:00Z').getTime()
    for (let minute = 0; minute < 120; minute++) {
      const at = new Date(start + minute * 60_000 + 17_000)
      vi.setSystemTime(at)
      expect(today()).toBe(today(at))
    }
  })
})

const settings = (more: Record<string, string> = {}) => ({
  lo1: 'a.t.c.',
  hi1: 'a.t.c.~',
  kinds1: String(1 << 1),
  ...more,
})

describe('the remembered reach', () => {
  test('is read once for the same settings', () => {
    const mine = settings()
    expect(reachOf({ settings: mine })).toBe(reachOf({ settings: mine }))
  })

  test('never answers for other settings, however alike: a right taken away or given is there at once', () => {
    const before = settings()
    expect(domainsOver({ settings: before }, 'a.t.c.s1.', 'x')).toEqual(new Set([1]))
    const more = settings({ kinds1: String((1 << 1) | (1 << 6)) })
    expect(domainsOver({ settings: more }, 'a.t.c.s1.', 'x')).toEqual(new Set([1, 6]))
    const elsewhere = settings({ lo1: 'a.t.d.', hi1: 'a.t.d.~' })
    expect(domainsOver({ settings: elsewhere }, 'a.t.c.s1.', 'x')).toEqual(new Set())
    const barred = settings({ barred: '{x}' })
    expect(domainsOver({ settings: barred }, 'a.t.c.s1.', 'x')).toEqual(new Set())
    expect(domainsOver({ settings: barred }, 'a.t.c.s1.', 'y')).toEqual(new Set([1]))
    // The control: the first settings still say what they said.
    expect(domainsOver({ settings: before }, 'a.t.c.s1.', 'x')).toEqual(new Set([1]))
  })
})
