import { expect, test } from 'vitest'
import {
  afterAttempt,
  begin,
  bodyOf,
  dueForSending,
  handedIn,
  isUntouched,
  problemsOf,
  type RecordKind,
  reasonOn,
  underHeadings,
  withField,
  written,
} from './paper.ts'

const visit: RecordKind = {
  kind: 1,
  id: 'home-visit',
  label: '家访',
  neutralTitle: '家访',
  many: false,
  modes: [
    { code: 1, label: '入户' },
    { code: 2, label: '电话' },
  ],
  fields: [
    {
      id: 'mode',
      label: '方式',
      type: 'code',
      required: true,
      max: null,
      hint: null,
      group: null,
      codes: [{ code: 1, label: '入户' }],
    },
    { id: 'minutes', label: '时长', type: 'integer', required: false, max: 1440, hint: null, group: null, codes: [] },
    { id: 'words', label: '家长的话', type: 'text', required: true, max: 5, hint: null, group: null, codes: [] },
  ],
}
const student = { schoolId: 's', id: 'a', name: '王·阿依古丽', className: '一1班' }
const draft = begin({ id: 'p1', personId: 'me', kind: visit, students: [student], today: '2025-11-03', now: 1 })

test('no answer of the server makes a paper disappear: it waits, or stays with the reason', () => {
  const waiting = handedIn(draft, 2)
  for (const kind of ['unreachable', 'session-lost', 'fault'] as const) {
    const after = afterAttempt(waiting, { kind }, 3)
    expect([after.state, after.fields, after.stored]).toEqual(['waiting', waiting.fields, false])
  }
  const refused = afterAttempt(
    waiting,
    { kind: 'refused', sentence: '日期不对', fields: [{ field: 'actDate', reason: '太早' }] },
    3,
  )
  expect([refused.state, refused.reason?.sentence]).toEqual(['refused', '日期不对'])
  expect(refused.id).toBe(draft.id)
})

test('a refused paper can be corrected and handed in again under the same id', () => {
  const refused = afterAttempt(handedIn(draft, 2), { kind: 'refused', sentence: '不行', fields: [] }, 3)
  const again = handedIn(written(refused, { actDate: '2025-11-02' }, 4), 5)
  expect([again.id, again.state, again.reason, again.actDate]).toEqual(['p1', 'waiting', null, '2025-11-02'])
})

test('after faults the pauses grow but never beyond five minutes, and other papers go on', () => {
  let paper = handedIn(draft, 0)
  for (let n = 0; n < 12; n++) paper = afterAttempt(paper, { kind: 'fault' }, 1_000)
  expect(paper.notBefore).toBe(301_000)
  const other = { ...handedIn(draft, 9), id: 'p2' }
  expect(dueForSending([paper, other, draft], 2_000).map(({ id }) => id)).toEqual(['p2'])
  expect(dueForSending([paper, other], 301_000).map(({ id }) => id)).toEqual(['p1', 'p2'])
})

test('an empty field is taken out, so that nothing unsaid is sent', () => {
  const fields = withField(withField(withField({}, 'words', '好'), 'minutes', 20), 'words', '')
  expect(fields).toEqual({ minutes: 20 })
  expect(withField({ who: [1] }, 'who', [])).toEqual({})
})

test('the mode is sent where the kind declares it, and only there', () => {
  const filled = written(draft, { mode: 1, fields: { words: '好' } }, 2)
  expect(bodyOf(filled, visit)).toMatchObject({ mode: 1, fields: { mode: 1, words: '好' }, studentIds: ['a'] })
  expect(bodyOf(filled, { ...visit, fields: [] }).fields).toEqual({ words: '好' })
})

test('every problem is told at once: missing mode, missing text, a date to come, a text too long', () => {
  const named = (paper: typeof draft) => problemsOf(paper, visit, '2025-11-03').map(({ field }) => field)
  expect(named(draft)).toEqual(['mode', 'words'])
  expect(named(written(draft, { actDate: '2025-11-04', mode: 1, fields: { words: '一二三四五六' } }, 2))).toEqual([
    'actDate',
    'words',
  ])
  expect(named(written(draft, { mode: 2, fields: { words: '𠮷好' } }, 2))).toEqual([])
})

test('a reason finds its field by id or by path', () => {
  expect(reasonOn([{ field: 'fields.minutes', reason: '过大' }], 'minutes')).toBe('过大')
  expect(reasonOn([{ field: 'fields.minutes', reason: '过大' }], 'words')).toBeUndefined()
})

test('a form opened and left is untouched; one word, a correction or handing it in is not', () => {
  expect(isUntouched(draft)).toBe(true)
  expect(isUntouched(written(draft, { fields: { words: '好' } }, 2))).toBe(false)
  expect(isUntouched({ ...draft, supersedes: 'r1' })).toBe(false)
  expect(isUntouched(handedIn(draft, 2))).toBe(false)
})

test('fields stand under their heading in the order of the form, those of an older form under none', () => {
  const field = (id: string, group: string | null) =>
    ({ ...visit.fields[1], id, group }) as RecordKind['fields'][number]
  const { group: _group, ...older } = field('older', null)
  const asked = [
    older as RecordKind['fields'][number],
    field('a', null),
    field('b', '家'),
    field('c', '家'),
    field('d', '后'),
  ]
  expect(underHeadings(asked).map(({ heading, fields }) => [heading, fields.map(({ id }) => id)])).toEqual([
    [null, ['older', 'a']],
    ['家', ['b', 'c']],
    ['后', ['d']],
  ])
})
