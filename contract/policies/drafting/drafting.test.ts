import { expect, test } from 'vitest'
import type { Condition } from '../condition.ts'
import { words } from '../conditions/index.ts'
import { loadPack, type PackFile } from '../load-pack.ts'
import { failingExamples } from '../loading/check-examples.ts'
import { mutationsOf } from '../mutations.ts'
import type { Pack } from '../pack.ts'
import type { ClassRule, DutyRule, RecordKindDefinition } from '../rule.ts'
import {
  askedByDraft,
  classAsWritten,
  conditionAsWritten,
  type DraftClass,
  type DraftCondition,
  type DraftDuty,
  type DraftPeriod,
  draftKinds,
  draftOfDuty,
  dropEntry,
  emptyExample,
  entriesIn,
  ownCite,
  putEntry,
  putHeader,
  readDraftClass,
  readDraftCondition,
  readDraftDuty,
  readDraftEnding,
  readDraftHeader,
  writeClass,
  writeCondition,
  writeDuty,
  writeEnding,
} from './index.ts'

const header = {
  issuer: 'linhu',
  name: '临湖县',
  extends: '',
  version: '1.0.0',
  documents: [{ id: 'letter', title: '走访办法' }],
}
const base = { cites: [{ ...ownCite('letter'), at: '第二条' }], from: '', until: '', ours: false, replaces: '' }

/** One of each kind of the language. */
const everyKind: DraftCondition = {
  join: 'all',
  of: [
    { word: 'in', about: '留守情况', values: ['单亲留守', '双亲留守'] },
    { join: 'none', of: [{ word: 'is', about: '寄宿', values: ['是'] }] },
    { word: 'between', about: '年龄', values: ['6', '12'] },
    { word: 'at_most', about: '家庭人均年收入', values: ['8000元'] },
    { word: 'at_least', about: '年级', values: ['2'] },
    { word: 'known', about: '残疾类别', values: [] },
    {
      join: 'any',
      of: [
        { several: 'has_any', facts: ['低保', '孤儿'] },
        { word: 'member_of', about: 'linhu/other', values: [] },
      ],
    },
    {
      join: 'at_least_n_of',
      n: 1,
      of: [
        { several: 'has_all', facts: ['低保', '孤儿'] },
        { done: 'talk', days: 30 },
      ],
    },
  ],
}

const record: RecordKindDefinition = {
  kind: 'record',
  id: 'talk',
  ref: 'linhu/talk',
  issuer: 'linhu',
  label: '谈心',
  cite: [],
  line: 1,
  number: 901,
  neutralTitle: '谈心',
  domain: 'general',
  track: 'mind',
  subjects: 'one',
  needsReview: false,
  openToFamily: false,
  fields: [
    {
      id: 'mode',
      label: '方式',
      type: 'code',
      required: true,
      max: 1,
      encrypted: false,
      codes: { 1: '当面', 2: '电话', 3: '书信' },
    },
  ],
  examples: { in: [], out: [], unknown: [] },
}
const event: RecordKindDefinition = { ...record, id: 'key-event', ref: 'linhu/key-event', number: 902, label: '大事' }
const above: Pack = {
  issuer: 'upper',
  name: '上级',
  version: '1.0.0',
  documents: [],
  rules: [record, event],
  endings: [],
}

const young: DraftClass = {
  ...base,
  id: 'young',
  label: '走读的留守小学生',
  secrecy: 'family',
  discloses: '',
  when: {
    join: 'all',
    of: [
      { word: 'in', about: '留守情况', values: ['单亲留守', '双亲留守'] },
      { join: 'none', of: [{ word: 'is', about: '寄宿', values: ['是'] }] },
      { word: 'at_most', about: '年龄', values: ['12'] },
    ],
  },
  examples: {
    in: [{ ...emptyExample, facts: { 留守情况: '单亲留守', 寄宿: '否', 年龄: '12' } }],
    out: [{ ...emptyExample, facts: { 留守情况: '单亲留守', 寄宿: '否', 年龄: '13' } }],
    unknown: [{ ...emptyExample, facts: { 留守情况: '单亲留守', 年龄: '12' } }],
  },
}
const duty: DraftDuty = {
  ...base,
  id: 'walk',
  label: '每周谈心',
  neutralTitle: '谈心',
  for: 'young',
  does: { kind: 'record', record: 'talk', where: {} },
  by: 'class-teacher',
  fallback: ['principal'],
  atLeast: 2,
  per: { kind: 'every', period: 'week' },
}

const filesOf = (...drafts: (DraftClass | DraftDuty)[]): readonly PackFile[] =>
  drafts.reduce<readonly PackFile[]>(
    (files, draft) =>
      'when' in draft
        ? putEntry(files, 'who.yaml', writeClass(draft))
        : putEntry(files, 'duties.yaml', writeDuty(draft, [record, event])),
    putHeader([], { ...header, extends: 'upper' }),
  )
const load = (files: readonly PackFile[]): Pack => {
  const read = loadPack(files, [above])
  if ('problems' in read) throw new Error(JSON.stringify(read.problems))
  return read.pack
}

test('every kind of condition of the language has a place in the form', () => {
  const offered = [...draftKinds.joins, ...draftKinds.words, ...draftKinds.several, ...draftKinds.done]
  expect(offered.toSorted()).toEqual(Object.keys(words).toSorted())
})

test('what a form says is read back into the form as it was, whatever the kind', () => {
  expect(readDraftCondition(writeCondition(everyKind))).toEqual(everyKind)
  expect(readDraftHeader(putHeader([], header))).toEqual(header)
  expect(readDraftDuty(writeDuty(duty))).toEqual(duty)
  expect(readDraftClass(writeClass(young))).toEqual(young)
  const ending = { ends: 'upper/x', from: '2026-01-01', cites: base.cites }
  expect(readDraftEnding(writeEnding(ending))).toEqual(ending)
  expect(readDraftEnding(writeClass(young))).toBeUndefined()
})

test('an example asks for the facts and records of a condition, also through the classes it names', () => {
  const asked = askedByDraft(everyKind, () => ({ facts: ['民族'], records: ['visit'] }))
  expect(asked.records).toEqual(['visit', 'talk'])
  expect(asked.facts).toEqual(expect.arrayContaining(['留守情况', '寄宿', '年龄', '低保', '孤儿', '民族']))
  expect(new Set(asked.facts).size).toBe(asked.facts.length)
})

test('a loaded condition is written again as a file would say it, whatever the kind', () => {
  const conditions: Condition[] = [
    { kind: 'between', fact: 'age', from: 3, to: 6 },
    { kind: 'at_most', fact: 'per_capita_income', value: 800_000 },
    { kind: 'in', fact: 'left_behind', values: [1, 2] },
    { kind: 'is', fact: 'dibao', value: true },
    { kind: 'at_least', fact: 'entered_on', value: '2025-09-01' },
    { kind: 'known', fact: 'disability_kind' },
    { kind: 'has_all', facts: ['dibao', 'orphan'] },
    { kind: 'done_within', record: 'talk', number: 901, days: 30 },
    { kind: 'member_of', class: 'linhu/young' },
  ]
  const whole: Condition = { kind: 'at_least_n_of', n: 2, of: [{ kind: 'all', of: conditions }, ...conditions] }
  const draft = readDraftCondition(conditionAsWritten(whole))
  const side = [{ facts: {}, daysAgo: {}, date: '' }]
  const wide: DraftClass = {
    ...young,
    id: 'wide',
    secrecy: 'protection',
    discloses: '试',
    when: { join: 'all', of: draft ? [draft] : [] },
    examples: { in: side, out: side, unknown: side },
  }
  const read = loadPack(filesOf(young, wide), [above])
  // Only its examples are wrong; every word was taken.
  const problems = 'problems' in read ? read.problems : []
  expect(problems.map(({ rule, sentence }) => [rule, sentence.slice(0, 2)])).toEqual([
    ['wide', '例子'],
    ['wide', '例子'],
  ])
})

test('files written by the form are taken by the loader that reads every pack', () => {
  const pack = load(filesOf(young))
  expect(pack).toMatchObject({ rules: [{ ref: 'linhu/young', label: '走读的留守小学生' }] })
  const wrong = { ...young, examples: { ...young.examples, out: young.examples.in } }
  expect(JSON.stringify(loadPack(filesOf(wrong), [above]))).toContain('实际是“符合”')
})

test('a record made so many days ago, and an age, hold on the day a rule begins', () => {
  const lately: DraftClass = {
    ...young,
    from: '2026-03-01',
    when: {
      join: 'all',
      of: [
        { done: 'talk', days: 30 },
        { word: 'between', about: '年龄', values: ['6', '12'] },
      ],
    },
    examples: {
      in: [{ facts: { 年龄: '12' }, daysAgo: { talk: '29' }, date: '' }],
      out: [{ facts: { 年龄: '12' }, daysAgo: { talk: '30' }, date: '' }],
      unknown: [{ facts: {}, daysAgo: { talk: '0' }, date: '' }],
    },
  }
  expect(readDraftClass(writeClass(lately))).toEqual(lately)
  expect(load(filesOf(lately)).rules).toHaveLength(1)
})

const periods: readonly DraftPeriod[] = [
  ...(
    ['school-day', 'week', 'teaching-week', 'month', 'term', 'vacation', 'school-year', 'calendar-year'] as const
  ).map((period): DraftPeriod => ({ kind: 'every', period })),
  { kind: 'once', by: '2026-05-31' },
  { kind: 'after', event: 'key-event', where: { mode: ['电话', '书信'] }, within: 3, unit: 'working_days' },
  { kind: 'after', event: 'key-event', where: {}, within: 24, unit: 'hours' },
]

test.each(periods)('a duty of $kind $period $unit comes with examples that notice every small change', (per) => {
  const draft: DraftDuty = { ...duty, per, does: { kind: 'record', record: 'talk', where: { mode: ['当面', '电话'] } } }
  expect(readDraftDuty(writeDuty(draft, [record, event]))).toEqual(draft)
  const pack = load(filesOf(young, draft))
  const rule = pack.rules.find(({ kind }) => kind === 'duty') as DutyRule
  const unseen = mutationsOf(rule).filter((one) => failingExamples(one.rule, [above, pack]).length === 0)
  expect(unseen.map(({ what }) => what)).toEqual([])
  expect(JSON.stringify(filesOf(young, draft))).not.toMatch(/[&*]a\d/)
})

test.each([
  { does: { kind: 'appointment', post: 'mentor' }, per: { kind: 'standing' }, atLeast: 1 },
  {
    does: {
      kind: 'archive',
      parts: [
        { part: 'aid-history', shownBy: [] },
        { part: 'visits', shownBy: ['talk'] },
        { part: 'traits', shownBy: ['key-event'] },
      ],
    },
    per: { kind: 'every', period: 'school-year' },
    atLeast: 1,
  },
] as const)('a duty to have $does.kind is taken and noticed too', (other) => {
  const draft: DraftDuty = { ...duty, ...other }
  expect(readDraftDuty(writeDuty(draft))).toEqual(draft)
  const pack = load(filesOf(young, draft))
  const rule = pack.rules.find(({ kind }) => kind === 'duty') as DutyRule
  expect(mutationsOf(rule).filter((one) => failingExamples(one.rule, [above, pack]).length === 0)).toEqual([])
})

test('a rule of a higher pack is taken over whole and changed, or ended from a day on', () => {
  const higher = load(filesOf(young, { ...duty, does: { kind: 'record', record: 'talk', where: { mode: ['当面'] } } }))
  const [who, task] = higher.rules as [ClassRule, DutyRule]
  const entry = classAsWritten(who, [record])
  const taken = entry && readDraftClass({ ...entry, replaces: who.ref })
  expect(taken).toEqual({ ...young, cites: [ownCite('')], replaces: 'linhu/young' })
  const own = { ...draftOfDuty(task, [record]), cites: base.cites, atLeast: 3 }
  const files = putHeader(
    putEntry(
      putEntry([], 'duties.yaml', writeDuty(own, [record])),
      'who.yaml',
      writeEnding({ ends: 'linhu/young', from: '2026-09-01', cites: base.cites }),
    ),
    { ...header, issuer: 'town', extends: 'linhu' },
  )
  const lower = loadPack(files, [above, higher])
  expect(lower).toMatchObject({
    pack: {
      rules: [{ ref: 'linhu/walk', replaces: 'linhu/walk', atLeast: 3, does: { where: { mode: [1] } } }],
      endings: [{ kind: 'who', ends: 'linhu/young', from: '2026-09-01' }],
    },
  })
})

test('cites keep their requirement and quote, and a rule its dates and whose figure it is', () => {
  const cites = [
    { document: 'letter', at: '一', quote: '每周两次', requirement: ['T7', 'T8'] },
    { document: 'letter', at: '二', quote: '', requirement: ['L1'] },
  ]
  const draft: DraftDuty = { ...duty, cites, from: '2026-02-01', until: '2026-12-31', ours: true }
  expect(readDraftDuty(writeDuty(draft))).toEqual(draft)
})

test('a rule with something the form has no field for is left to the file', () => {
  expect(readDraftClass({ ...writeClass(young), proposes: true })).toBeUndefined()
  expect(readDraftDuty({ ...writeDuty(duty), extra: 1 })).toBeUndefined()
})

test('a rule put in again takes its own place, and others stay as they are', () => {
  const one = putEntry(putEntry([], 'who.yaml', { id: 'a', label: '甲' }), 'who.yaml', { id: 'b', label: '乙' })
  const changed = putEntry(one, 'who.yaml', { id: 'a', label: '丙' })
  expect(entriesIn(changed, 'who.yaml')).toEqual([
    { id: 'a', label: '丙' },
    { id: 'b', label: '乙' },
  ])
  expect(entriesIn(dropEntry(changed, 'who.yaml', 'id a'), 'who.yaml')).toEqual([{ id: 'b', label: '乙' }])
})
