import { describe, expect, test } from 'vitest'
import type { PanelRule } from '#contract/policies'
import {
  type Ballot,
  decidesTie,
  type PanelMember,
  panelResult,
  whyNotClose,
  whyNotConvene,
  whyNotVote,
} from './panel.ts'

const member = (seat: string, more: Partial<PanelMember> = {}): PanelMember => ({
  seat,
  side: 'teacher',
  chair: false,
  account: true,
  present: true,
  ...more,
})
const five = ['a', 'b', 'c', 'd', 'e'].map((seat) => member(seat, { chair: seat === 'a' }))
const cast = (choices: Record<string, number | null>): Ballot[] =>
  Object.entries(choices).map(([seat, choice]) => ({ seat, choice }))
const quorum = { least: 3, share: 60 }
const nobody = new Set<string>()

describe('[C19] the result of a panel', () => {
  test.each([
    ['more than half of the votes', { a: 1, b: 1, c: 1, d: 21, e: 22 }, { kind: 'agreed', choice: 1 }],
    ['abstentions are not votes', { a: 1, b: 1, c: 21, d: null, e: null }, { kind: 'agreed', choice: 1 }],
    [
      'as many for one as for another is a tie',
      { a: 1, b: 1, c: 21, d: 21, e: null },
      { kind: 'tied', between: [1, 21] },
    ],
    [
      'the most, but not more than half, is for the chair to decide',
      { a: 1, b: 1, c: 21, d: 22, e: 3 },
      { kind: 'tied', between: [1, 3, 21, 22] },
    ],
    ['all abstained', { a: null, b: null, c: null, d: null, e: null }, { kind: 'tied', between: [] }],
    ['somebody present has not voted', { a: 1, b: 1, c: 1, d: 1 }, { kind: 'waiting', missing: 1 }],
  ])('%s', (_, choices, result) => {
    expect(panelResult(five, nobody, cast(choices), quorum)).toEqual(result)
  })

  test('nothing is decided below the quorum, and whoever stands aside is no seat and no voice', () => {
    const two = five.map((one) => ({ ...one, present: 'ab'.includes(one.seat) }))
    expect(panelResult(two, nobody, cast({ a: 1, b: 1 }), quorum)).toEqual({ kind: 'no-quorum', present: 2, needed: 3 })
    const aside = new Set(['d', 'e'])
    expect(panelResult(five, aside, cast({ a: 1, b: 1, c: 21, d: 21, e: 21 }), quorum)).toEqual({
      kind: 'agreed',
      choice: 1,
    })
    expect(panelResult(five, new Set(['c', 'd', 'e']), cast({ a: 1, b: 1 }), quorum)).toMatchObject({
      kind: 'no-quorum',
    })
  })

  test('a ballot of somebody absent or sent twice counts nothing more', () => {
    const away = five.map((one) => ({ ...one, present: one.seat !== 'e' }))
    const twice = [...cast({ a: 1, b: 1, c: 21, d: 22 }), { seat: 'c', choice: 21 }, { seat: 'e', choice: 21 }]
    expect(panelResult(away, nobody, twice, quorum)).toEqual({ kind: 'tied', between: [1, 21, 22] })
  })
})

test('a tie is the chair’s; of the first teacher present while the chair stands aside or is away', () => {
  expect(decidesTie(five, nobody)).toBe('a')
  expect(decidesTie(five, new Set(['a']))).toBe('b')
  expect(decidesTie([member('p', { side: 'parent' }), member('t')], nobody)).toBe('t')
  expect(decidesTie([member('p', { side: 'parent' })], nobody)).toBeUndefined()
})

describe('[C19] a panel is made up', () => {
  const rule: PanelRule = {
    schools: ['primary'],
    sides: ['teacher', 'parent'],
    least: 3,
    share: 60,
    joins: ['primary'],
    asides: [],
  }
  const seats = [
    { side: 'teacher', chair: true },
    { side: 'parent', chair: false },
    { side: 'parent', chair: false },
  ] as const
  test.each([
    ['as the pack says', rule, seats, false, undefined],
    ['nobody where the pack names no panel', undefined, seats, false, 'flows.panel-none'],
    [
      'no classmates in a primary school',
      rule,
      [...seats, { side: 'student', chair: false }] as const,
      false,
      'flows.panel-side',
    ],
    ['not without a chair', rule, seats.map(({ side }) => ({ side, chair: false })), false, 'flows.panel-chair'],
    [
      'not under a parent',
      rule,
      seats.map(({ side }) => ({ side, chair: side === 'parent' })).slice(0, 2),
      false,
      'flows.panel-chair',
    ],
    ['not too small', rule, seats.slice(0, 2), false, 'flows.panel-too-small'],
    ['jointly where the pack says with whom', rule, seats, true, undefined],
    ['not jointly elsewhere', { ...rule, joins: [] }, seats, true, 'flows.panel-joint'],
  ])('%s', (_, given, made, isJoint, code) => {
    expect(whyNotConvene(given, made, isJoint)?.code).toBe(code)
  })
})

test('a ballot is refused to strangers, twice, after closing, of the absent and for what is no choice', () => {
  const voting = { member: member('a'), isAside: false, hasVoted: false, isClosed: false, choices: [1, 2] }
  const code = (more: object, choice: number | null = 1) => whyNotVote({ ...voting, ...more }, choice)?.code
  expect(code({})).toBeUndefined()
  expect(code({}, null)).toBeUndefined()
  expect(code({ member: undefined })).toBe('platform.not-found')
  expect(code({ isAside: true })).toBe('platform.not-found')
  expect(code({ isClosed: true })).toBe('flows.panel-closed')
  expect(code({ member: member('a', { present: false }) })).toBe('flows.panel-absent')
  expect(code({ hasVoted: true })).toBe('flows.panel-voted')
  expect(code({}, 9)).toBe('flows.panel-choice')
})

test('a sitting closes when every case is decided', () => {
  const agreed = { result: { kind: 'agreed', choice: 1 }, decided: false } as const
  const tied = { result: { kind: 'tied', between: [1, 2] }, decided: false } as const
  expect(whyNotClose([agreed])).toBeUndefined()
  expect(whyNotClose([agreed, { ...tied, decided: true }])).toBeUndefined()
  expect(whyNotClose([])?.code).toBe('flows.panel-empty')
  expect(whyNotClose([agreed, tied])?.code).toBe('flows.panel-tied')
  expect(whyNotClose([{ result: { kind: 'waiting', missing: 1 }, decided: false }])?.code).toBe('flows.panel-waiting')
  expect(whyNotClose([{ result: { kind: 'no-quorum', present: 1, needed: 3 }, decided: false }])?.code).toBe(
    'flows.needs-quorum',
  )
})
