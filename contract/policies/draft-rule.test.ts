import { expect, test } from 'vitest'
import {
  type DraftClass,
  type DraftCondition,
  type DraftDuty,
  dropEntry,
  entriesIn,
  factsOfDraft,
  putEntry,
  putHeader,
  readDraftClass,
  readDraftCondition,
  readDraftDuty,
  readDraftHeader,
  writeClass,
  writeCondition,
  writeDuty,
} from './draft-rule.ts'
import { loadPack } from './load-pack.ts'

const header = {
  issuer: 'linhu',
  name: '临湖县',
  extends: '',
  version: '1.0.0',
  documents: [{ id: 'letter', title: '走访办法' }],
}
const when: DraftCondition = {
  join: 'all',
  of: [
    { word: 'in', about: '留守情况', values: ['单亲留守', '双亲留守'] },
    { join: 'none', of: [{ word: 'is', about: '寄宿', values: ['是'] }] },
    { word: 'at_most', about: '年龄', values: ['12'] },
  ],
}
const young: DraftClass = {
  id: 'young',
  label: '走读的留守小学生',
  secrecy: 'family',
  discloses: '',
  cite: { document: 'letter', at: '第二条' },
  when,
  examples: {
    in: [{ 留守情况: '单亲留守', 寄宿: '否', 年龄: '12' }],
    out: [{ 留守情况: '单亲留守', 寄宿: '否', 年龄: '13' }],
    unknown: [{ 留守情况: '单亲留守', 寄宿: '', 年龄: '12' }],
  },
}
const duty: DraftDuty = {
  id: 'walk',
  label: '每周谈心',
  neutralTitle: '谈心',
  cite: { document: 'letter', at: '第三条' },
  for: 'young',
  record: 'talk',
  by: 'class-teacher',
  fallback: ['principal'],
  atLeast: 2,
  per: 'week',
}

test('what a form says is read back into the form as it was', () => {
  expect(readDraftCondition(writeCondition(when))).toEqual(when)
  expect(factsOfDraft(when)).toEqual(['留守情况', '寄宿', '年龄'])
  expect(readDraftHeader(putHeader([], header))).toEqual(header)
  expect(readDraftDuty(writeDuty(duty))).toEqual(duty)
  const unknown = [{ 留守情况: '单亲留守', 年龄: '12' }]
  expect(readDraftClass(writeClass(young))).toEqual({ ...young, examples: { ...young.examples, unknown } })
})

test('a condition with a word the form has no field for is left to the file', () => {
  expect(readDraftCondition({ all: [{ done_within: { record: 'talk', days: 30 } }] })).toBeUndefined()
})

test('files written by the form are taken by the loader that reads every pack', () => {
  const files = putHeader(putEntry([], 'who.yaml', writeClass(young)), header)
  expect(loadPack(files)).toMatchObject({ pack: { rules: [{ ref: 'linhu/young', label: '走读的留守小学生' }] } })
  const wrong = { ...young, examples: { ...young.examples, out: young.examples.in } }
  const refused = loadPack(putHeader(putEntry([], 'who.yaml', writeClass(wrong)), header))
  expect(JSON.stringify(refused)).toContain('实际是“符合”')
})

test('a duty comes with an example on each side of how often', () => {
  const { examples } = writeDuty(duty) as { examples: { in: { acts: unknown[] }[]; out: { acts: unknown[] }[] } }
  const files = putEntry([], 'duties.yaml', writeDuty(duty))
  expect(files[0]?.text).not.toMatch(/[&*]a\d/)
  expect(entriesIn(files, 'duties.yaml')).toEqual([writeDuty(duty)])
  expect([examples.in[0]?.acts.length, examples.out[0]?.acts.length]).toEqual([2, 1])
})

test('a rule put in again takes its own place, and others stay as they are', () => {
  const one = putEntry(putEntry([], 'who.yaml', { id: 'a', label: '甲' }), 'who.yaml', { id: 'b', label: '乙' })
  const changed = putEntry(one, 'who.yaml', { id: 'a', label: '丙' })
  expect(entriesIn(changed, 'who.yaml')).toEqual([
    { id: 'a', label: '丙' },
    { id: 'b', label: '乙' },
  ])
  expect(entriesIn(dropEntry(changed, 'who.yaml', 'a'), 'who.yaml')).toEqual([{ id: 'b', label: '乙' }])
})
