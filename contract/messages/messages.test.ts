import { describe, expect, test } from 'vitest'
import { wordsNeverShown } from '#contract/platform'
import { kindsByHand, type MessageKind, messageKinds } from './kinds.ts'
import { clockOf, endOfQuiet, minuteOf, usualQuietHours } from './quiet-hours.ts'
import { renderMessage, whyNotParams, whyNotShown, whyNotTemplate } from './render.ts'

const kinds = Object.entries(messageKinds) as [string, MessageKind][]

describe('[C24] no text of a message labels a child', () => {
  test.each(kinds)('the template %s', (_, kind) => {
    expect(whyNotTemplate(kind)).toBeUndefined()
  })

  test.each(wordsNeverShown)('a template with %s in any of its texts is refused', (word) => {
    const fit: MessageKind = { title: '甲', preview: '乙', body: '丙', outside: true }
    expect(whyNotTemplate(fit)).toBeUndefined()
    for (const text of ['title', 'preview', 'body'] as const)
      expect(whyNotTemplate({ ...fit, [text]: `关于${word}的事` })?.code).toBe('messages.label-word')
  })

  test('a preview names no child and no procedure: only unit, account and code', () => {
    expect(whyNotTemplate({ title: '甲', preview: '{student}的事', body: '', outside: true })?.code).toBe(
      'messages.preview-params',
    )
    expect(whyNotTemplate({ title: '{case}', preview: '', body: '', outside: true })?.code).toBe(
      'messages.title-params',
    )
  })

  test('a value that would label is caught where title and preview are filled; in the body, read after signing in, it may stand', () => {
    const fine = renderMessage('case.moved', { unit: '第一小学', case: '家庭经济困难学生认定', step: '学校评议' })
    expect(whyNotShown(fine)).toBeUndefined()
    const labelled = renderMessage('case.moved', { unit: '学生资助中心', case: '甲', step: '乙' })
    expect(whyNotShown(labelled)?.code).toBe('messages.label-word')
  })
})

test('values that are missing or too long are refused; what the program adds is not asked for', () => {
  expect(whyNotParams(messageKinds['case.moved'], { case: '甲' })?.code).toBe('messages.params-missing')
  expect(whyNotParams(messageKinds['case.moved'], { case: '甲', step: '乙'.repeat(121) })?.code).toBe(
    'messages.params-long',
  )
  expect(whyNotParams(messageKinds['case.moved'], { case: '甲', step: '乙' })).toBeUndefined()
  expect(whyNotParams(messageKinds['school.please-call'], {})).toBeUndefined()
})

test('a kind of an older program still says something', () => {
  expect(renderMessage('gone.long-ago', {}).title).toBe('一条消息')
})

test('a teacher sends by hand only texts to families', () => {
  expect(kindsByHand.map(({ kind }) => kind)).toEqual([
    'school.please-call',
    'school.please-come',
    'school.please-read',
  ])
})

describe('quiet hours', () => {
  const at = (clock: string): Date => new Date(`2025-11-20T${clock}:00+08:00`)
  test.each([
    ['20:59', null],
    ['21:00', '2025-11-20T23:00:00.000Z'],
    ['23:59', '2025-11-20T23:00:00.000Z'],
    ['00:00', '2025-11-19T23:00:00.000Z'],
    ['06:59', '2025-11-19T23:00:00.000Z'],
    ['07:00', null],
  ])('from nine to seven at %s end at %s', (clock, end) => {
    expect(endOfQuiet(at(clock), usualQuietHours)?.toISOString() ?? null).toBe(end)
  })

  test('may lie within one day, or not be at all', () => {
    const noon = { fromMinute: 720, untilMinute: 840 }
    expect(endOfQuiet(at('12:30'), noon)?.toISOString()).toBe('2025-11-20T06:00:00.000Z')
    expect(endOfQuiet(at('14:00'), noon)).toBeNull()
    expect(endOfQuiet(at('12:30'), { fromMinute: 0, untilMinute: 0 })).toBeNull()
  })

  test('are written as times of day', () => {
    expect([clockOf(1260), clockOf(420), minuteOf('21:00'), minuteOf('7:00'), minuteOf('24:00')]).toEqual([
      '21:00',
      '07:00',
      1260,
      undefined,
      undefined,
    ])
  })
})
