import { describe, expect, it } from 'vitest'
import { ageOn } from './age-on.ts'
import type { Answer, Condition, Subject } from './condition.ts'
import { describeCondition } from './describe.ts'
import { evaluate } from './evaluate.ts'
import { explain } from './explain.ts'
import { dueAfter, dutyProgress, showShare } from './needs.ts'
import type { DutyAct } from './rule.ts'

const DAY = '2025-11-22'
const nobody = () => undefined
const of = (facts: Subject['facts'], roster: Subject['roster'] = {}): Subject => ({ facts, roster })
const answer = (condition: Condition, subject: Subject): Answer => evaluate(condition, subject, DAY, nobody).answer
const dibao: Condition = { kind: 'is', fact: 'dibao', value: true }
const orphan: Condition = { kind: 'is', fact: 'orphan', value: true }
const disabledParent: Condition = { kind: 'is', fact: 'disabled_parent', value: true }

describe('a condition', () => {
  it('is unknown, not false, when nobody has asked', () => {
    expect(evaluate(dibao, of({}), DAY, nobody)).toEqual({ answer: 'unknown', missing: ['dibao'] })
    expect(evaluate(dibao, of({ dibao: null }), DAY, nobody).answer).toBe('unknown')
  })

  it.each<[string, Condition, Subject['facts'], Answer]>([
    ['any: one that holds decides', { kind: 'any', of: [dibao, orphan] }, { dibao: true }, 'met'],
    ['any: an unknown one keeps it open', { kind: 'any', of: [dibao, orphan] }, { dibao: false }, 'unknown'],
    ['all: one that fails decides', { kind: 'all', of: [dibao, orphan] }, { dibao: false }, 'not met'],
    ['all: an unknown one keeps it open', { kind: 'all', of: [dibao, orphan] }, { dibao: true }, 'unknown'],
    ['none: one that holds decides', { kind: 'none', of: [dibao, orphan] }, { dibao: true }, 'not met'],
    ['none: an unknown one keeps it open', { kind: 'none', of: [dibao, orphan] }, { dibao: false }, 'unknown'],
    ['known is never unknown', { kind: 'known', fact: 'dibao' }, {}, 'not met'],
    ['has_any is any', { kind: 'has_any', facts: ['dibao', 'orphan'] }, { orphan: true }, 'met'],
    ['has_all is all', { kind: 'has_all', facts: ['dibao', 'orphan'] }, { orphan: true }, 'unknown'],
  ])('%s', (_, condition, facts, expected) => {
    expect(answer(condition, of(facts))).toBe(expected)
  })

  it.each<[Subject['facts'], Answer]>([
    [{ dibao: true, orphan: true }, 'met'],
    [{ dibao: false, orphan: false }, 'not met'],
    [{ dibao: true, orphan: false }, 'unknown'],
    [{ dibao: false }, 'unknown'],
  ])('of n of m %o is decided as soon as the rest cannot change it', (facts, expected) => {
    expect(answer({ kind: 'at_least_n_of', n: 2, of: [dibao, orphan, disabledParent] }, of(facts))).toBe(expected)
  })

  it('counts the day itself as the first of the last n days', () => {
    const within = (days: number): Condition => ({ kind: 'done_within', record: 'home-visit', number: 1, days })
    const visited = (on: string): Subject => ({ ...of({}), acts: [{ kind: 1, on }] })
    expect(answer(within(1), visited('2025-11-22'))).toBe('met')
    expect(answer(within(1), visited('2025-11-21'))).toBe('not met')
    expect(answer(within(2), visited('2025-11-21'))).toBe('met')
    expect(answer(within(9), visited('2025-11-23'))).toBe('not met')
  })

  it('treats a class that is not in force as empty', () => {
    expect(answer({ kind: 'member_of', class: 'x/y' }, of({}))).toBe('not met')
  })
})

describe('an age', () => {
  it.each([
    ['2020-02-29', '2026-02-28', 5],
    ['2020-02-29', '2026-03-01', 6],
    ['2020-02-29', '2024-02-29', 4],
    ['2010-09-01', '2025-08-31', 14],
    ['2010-09-01', '2025-09-01', 15],
  ])('of one born %s is on %s %i', (birth, date, years) => {
    expect(ageOn(birth, date)).toBe(years)
  })
})

describe('a why', () => {
  const names = { ofClass: () => '低保学生', ofRecord: () => '家访' }
  const context = {
    ...names,
    date: DAY,
    secrecyOf: () => 'groups' as const,
    classes: (ref: string) => (ref === 'x/dibao' ? dibao : undefined),
    sourceOf: () => ({ source: '民政局名单', asOf: '2025-08' }),
  }

  it('names value, source and date, and tells the decisive lines from the rest', () => {
    const condition: Condition = { kind: 'any', of: [{ kind: 'member_of', class: 'x/dibao' }, orphan] }
    const reasons = explain(condition, of({ dibao: true }), context)
    expect(reasons.map(({ sentence, decisive, depth }) => ({ sentence, decisive, depth }))).toEqual([
      { sentence: '属于“低保学生”:是', decisive: true, depth: 0 },
      { sentence: '低保:是,来自民政局名单 2025-08', decisive: true, depth: 1 },
      { sentence: '孤儿:情况不明', decisive: false, depth: 0 },
    ])
    expect(reasons[1]).toMatchObject({ domain: 'groups', source: '民政局名单', asOf: '2025-08', answer: 'met' })
  })

  it('[G3] keeps the act of a secret kind as secret as the kind, and the most secret when nobody says', () => {
    const within: Condition = { kind: 'done_within', record: 'remedial-session', number: 4, days: 30 }
    const subject: Subject = { ...of({}), acts: [{ kind: 4, on: '2025-11-03' }] }
    expect(explain(within, subject, context)[0]).toMatchObject({ value: '2025-11-03', domain: 'protection' })
    expect(explain(within, subject, { ...context, secrecyOfRecord: () => 'family' })[0]?.domain).toBe('family')
  })

  it('gives no source for what is not known', () => {
    expect(explain(dibao, of({}), context)[0]).not.toHaveProperty('source')
  })

  it('can be said in plain Chinese without a student', () => {
    const condition: Condition = { kind: 'all', of: [dibao, { kind: 'none', of: [orphan] }] }
    expect(describeCondition(condition, names)).toBe('同时符合:(1)低保为“是”;(2)【不符合下列任何一项:(1)孤儿为“是”】')
  })
})

describe('a figure', () => {
  it('[C12] shows a dash for nobody and never rounds up to all', () => {
    expect(showShare(0, 0)).toBe('—')
    expect(showShare(1999, 2000)).toBe('99.9%')
    expect(showShare(2000, 2000)).toBe('100%')
  })

  it('[C15] counts an archive part that is verified as empty', () => {
    const does = {
      kind: 'archive' as const,
      parts: [
        { part: 'aid-history' as const, shownBy: [], numbers: [] },
        { part: 'rewards' as const, shownBy: ['growth-reward'], numbers: [3] },
      ],
    }
    const progress = (parts: string[]) =>
      dutyProgress({ does, atLeast: 1, per: { kind: 'standing' } }, { acts: [], posts: [], parts })
    expect(progress([])).toEqual({ done: 1, needed: 2, met: false })
    expect(progress(['rewards'])).toEqual({ done: 2, needed: 2, met: true })
  })

  it('[U6] owes a follow-up for each event that says so, within its own days, and nothing without one', () => {
    const does = { kind: 'record' as const, record: 'talk', number: 2, where: {} }
    const per = { kind: 'after' as const, event: 'home-visit', where: { findings: [1, 2] }, workingDays: 5 }
    const visit = (on: string, ...findings: number[]) => ({ record: 'home-visit', on, codes: { findings } })
    const talk = (on: string) => ({ record: 'talk', on, codes: {} })
    const progress = (...acts: DutyAct[]) => dutyProgress({ does, atLeast: 1, per }, { acts, posts: [], parts: [] })
    expect(progress(visit('2025-11-20', 3))).toEqual({ done: 0, needed: 0, met: true })
    expect(progress(visit('2025-11-20', 2, 3))).toEqual({ done: 0, needed: 1, met: false })
    // Thursday and five working days: the Thursday after.
    expect(progress(visit('2025-11-20', 2), talk('2025-11-27')).met).toBe(true)
    expect(progress(visit('2025-11-20', 2), talk('2025-11-28')).met).toBe(false)
    expect(progress(visit('2025-11-20', 2), visit('2025-12-01', 1), talk('2025-11-21'))).toMatchObject({
      done: 1,
      needed: 2,
      met: false,
    })
    expect(dueAfter('2025-11-20', { hours: 25 })).toBe('2025-11-22')
  })
})
