import { describe, expect, it } from 'vitest'
import type { PostId } from '#contract/people'
import { stillBefore, whyNotPath } from './flow-path.ts'
import { mayImport, mayOpenNames, maySee, sightOf, unspokenIn } from './guarding.ts'
import { packJsonSchema } from './pack-json-schema.ts'
import { problemsOfContent } from './records-content.ts'
import type { FlowStep, GuardRule, RecordField } from './rule.ts'

const guard = (guards: GuardRule['guards']): GuardRule => ({
  kind: 'guard',
  id: 'g',
  ref: 'x/g',
  issuer: 'x',
  label: 'g',
  cite: [],
  line: 1,
  guards,
  examples: { in: [], out: [], unknown: [] },
})

describe('guards', () => {
  const rules = {
    guards: [
      guard({ kind: 'sees', post: 'class-teacher', domains: ['general', 'family'], over: 'class' }),
      guard({ kind: 'opens', lists: ['key-students'], posts: ['principal'] }),
      guard({ kind: 'imports', lists: ['psychological-screening'], posts: ['psychology-teacher'] }),
      guard({ kind: 'unspoken', words: ['贫困', '资助'] }),
    ],
  }

  it('[C13] show a post nothing that no guard names', () => {
    expect(maySee(rules, 'class-teacher', 'family')).toBe(true)
    expect(maySee(rules, 'class-teacher', 'psychology')).toBe(false)
    expect(sightOf(rules, 'auditor')).toEqual({ domains: [], over: 'none' })
  })

  it('[G3] open the key list to named posts only', () => {
    expect(mayOpenNames(rules, 'principal', 'key-students')).toBe(true)
    expect(mayOpenNames(rules, 'class-teacher', 'key-students')).toBe(false)
    expect(mayOpenNames(rules, 'principal', 'coverage-5')).toBe(false)
  })

  it('let only those named import a list', () => {
    expect(mayImport(rules, 'psychology-teacher', 'psychological-screening')).toBe(true)
    expect(mayImport(rules, 'county-aid-officer', 'psychological-screening')).toBe(false)
    expect(mayImport(rules, 'psychology-teacher', 'roster')).toBe(false)
  })

  it('[C24] find the words that others must not read', () => {
    expect(unspokenIn(rules, '贫困生资助座谈')).toEqual(['贫困', '资助'])
    expect(unspokenIn(rules, '周六家访')).toEqual([])
  })
})

describe('the content of a record', () => {
  const field = (change: Partial<RecordField>): RecordField => ({
    id: 'f',
    label: '栏目',
    type: 'text',
    required: false,
    max: 3,
    encrypted: true,
    ...change,
  })
  const sentences = (one: RecordField, value: unknown) =>
    problemsOfContent({ fields: [one] }, { f: value }).map(({ sentence }) => sentence)

  it('counts characters as people do, rare ones too', () => {
    expect(sentences(field({}), '𠮷𠮷䶮')).toEqual([])
    expect(sentences(field({}), '𠮷𠮷䶮王')).toEqual(['“栏目”最多 3 字'])
  })

  it.each<[string, Partial<RecordField>, unknown, string]>([
    ['a blank where something is required', { required: true }, '  ', '请填写“栏目”'],
    ['a code outside the list', { type: 'code', codes: { 1: '入户' } }, 2, '“栏目”没有这一项'],
    ['a code written as text', { type: 'code', codes: { 1: '入户' } }, '1', '“栏目”没有这一项'],
    ['the same choice twice', { type: 'multi-code', codes: { 1: '父' } }, [1, 1], '“栏目”应为不重复的多项'],
    ['part of a fen', { type: 'money', max: 100 }, 1.5, '“栏目”应为不小于 0 的整数'],
    ['a day that is none', { type: 'date' }, '2025-02-30', '“栏目”应为日期'],
  ])('refuses %s', (_, change, value, sentence) => {
    expect(sentences(field(change), value)).toEqual([sentence])
  })

  it('refuses what the kind does not declare, inherited names included', () => {
    const problems = problemsOfContent({ fields: [] }, JSON.parse('{"__proto__": 1, "toString": 2}'))
    expect(problems.map((problem) => problem.field)).toEqual(['__proto__', 'toString'])
  })
})

describe('a field asked for by another', () => {
  const mode: RecordField = {
    id: 'mode',
    label: '方式',
    type: 'code',
    required: true,
    max: 1,
    encrypted: false,
    codes: { 1: '入户', 4: '免访' },
  }
  const reason: RecordField = {
    id: 'why',
    label: '免访理由',
    type: 'text',
    required: false,
    requiredWhen: { field: 'mode', codes: [4] },
    max: 100,
    encrypted: true,
  }
  const wrong = (content: Record<string, unknown>) => problemsOfContent({ fields: [mode, reason] }, content)

  it('[N9] is missed only where the other says so', () => {
    expect(wrong({ mode: 1 })).toEqual([])
    expect(wrong({ mode: 4 })).toEqual([{ field: 'why', sentence: '请填写“免访理由”' }])
    expect(wrong({ mode: 4, why: '已回户籍地' })).toEqual([])
    expect(wrong({})).toMatchObject([{ field: 'mode' }])
  })
})

describe('a flow', () => {
  const step = (id: string, change: Partial<FlowStep> = {}): FlowStep => ({
    id,
    label: id,
    on: true,
    by: ['principal'],
    needsReason: false,
    first: [],
    ...change,
  })

  it('takes every step that is on, once, in order, and skips those that are off', () => {
    const steps = [step('a'), step('b', { on: false }), step('c')]
    const moves = (...ids: string[]) => ({
      moves: ids.map((id) => ({ step: id, by: 'principal' as const })),
      done: [],
      classes: [],
    })
    expect(whyNotPath({ steps }, moves('a', 'c'))).toBeUndefined()
    expect(whyNotPath({ steps }, moves('c', 'a'))).toBe('缺少“a”这一步')
    expect(whyNotPath({ steps }, moves('a'))).toBe('缺少“c”这一步')
    expect(whyNotPath({ steps }, moves('a', 'c', 'c'))).toBe('步骤之外还有多余的办理')
  })
})

describe('a step with something before it', () => {
  const first = [
    { record: 'home-visit', number: 1, where: {}, days: 365, for: 'x/new', exceptBy: ['principal' as const] },
  ]
  const waitsFor = (daysAgo: number[], classes: string[], post: PostId = 'teacher', reason?: string) =>
    stillBefore(
      { first },
      { posts: [post], reason },
      { done: daysAgo.map((n) => ({ record: 'home-visit', daysAgo: n, codes: {} })), classes },
    )

  it('[C5] waits for the record, of those it is for, inside its days', () => {
    expect(waitsFor([], ['x/new'])).toHaveLength(1)
    expect(waitsFor([0], ['x/new'])).toEqual([])
    expect(waitsFor([364], ['x/new'])).toEqual([])
    expect(waitsFor([365], ['x/new'])).toHaveLength(1)
    expect(waitsFor([-1], ['x/new'])).toHaveLength(1)
    expect(waitsFor([], ['x/old'])).toEqual([])
  })

  it('[G5] counts only a record that says what is asked for', () => {
    const review = [{ record: 'key-review', number: 87, where: { necessary: [1] }, days: 60, exceptBy: [] }]
    const left = (necessary: number[]) =>
      stillBefore(
        { first: review },
        { posts: ['principal'], reason: '评议' },
        { done: [{ record: 'key-review', daysAgo: 3, codes: { necessary } }], classes: [] },
      )
    expect(left([1])).toEqual([])
    expect(left([2])).toHaveLength(1)
    expect(left([])).toHaveLength(1)
  })

  it('[C5] lets the posts named go on with a written reason only', () => {
    expect(waitsFor([], ['x/new'], 'principal')).toHaveLength(1)
    expect(waitsFor([], ['x/new'], 'principal', ' ')).toHaveLength(1)
    expect(waitsFor([], ['x/new'], 'teacher', '路断')).toHaveLength(1)
    expect(waitsFor([], ['x/new'], 'principal', '路断')).toEqual([])
  })
})

describe('the published schema', () => {
  it('describes every file of a pack and every word of the vocabulary', () => {
    const schema = packJsonSchema()
    expect(Object.keys(schema)).toHaveLength(7)
    const text = JSON.stringify(schema['who.yaml'])
    for (const word of [
      'is',
      'in',
      'has_any',
      'at_least',
      'between',
      'known',
      'member_of',
      'done_within',
      'at_least_n_of',
    ])
      expect(text).toContain(`"${word}"`)
  })
})
