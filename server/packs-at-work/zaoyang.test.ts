import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPlace, type Place } from '../test-place.ts'

let place: Place
beforeAll(async () => {
  place = await openPlace({
    packs: [
      ['national', 'province'],
      ['zaoyang', 'county'],
    ],
    firstSchool: { kind: 'primary', stage: 2 },
  })
})
afterAll(() => place?.world.close())

const hardship = { family: { hardship_level: 1 } }
const guidance = (guide: number) => ({ kind: 'guidance', fields: { guide, form: 2, content: '说了说这周的事' } })

test('[Z1] a student lacks a mentor until one teacher takes him on', async () => {
  await place.showMentored('zaoyang/pairing', hardship, 90)
})

test.each([
  ['thought', 1],
  ['mind', 2],
  ['life', 3],
  ['study', 4],
  ['policy', 5],
])(
  '[Z2 Z14] guidance on %s is owed each term and only such guidance, with its form, settles it',
  async (side, guide) => {
    await place.showOwed({
      duty: `zaoyang/guide-${side}`,
      facts: hardship,
      short: guidance((guide % 5) + 1),
      act: guidance(guide),
    })
  },
)

test('[Z2] the figure of the five guides moves only when all five are kept', async () => {
  const child = await place.enrol('五导', hardship)
  await place.world.classify(place.world.units.schoolA)
  const mentor = await place.by('school-aid-officer')
  const before = await place.figure(93)
  for (const guide of [1, 2, 3, 4]) await place.write(mentor, child, guidance(guide))
  expect(await place.figure(93)).toEqual(before)
  await place.write(mentor, child, guidance(5))
  expect(await place.figure(93)).toMatchObject({ met: (before?.met ?? 0) + 1 })
})

test('who was screened orange is counselled each month by the psychology teacher', async () => {
  await place.showOwed({
    duty: 'zaoyang/counselling',
    facts: { ...hardship, psychology: { screening_level: 3 } },
    others: { ...hardship, psychology: { screening_level: 2 } },
    act: { kind: 'counselling', fields: { form: 2, way: 2, content: '睡眠和作息' } },
  })
})

const visit = { school_feedback: '上课专心', home_feedback: '盼多读书' }

test('[Z7] the mentor visits the home each term with words from both sides, by telephone it does not count', async () => {
  await place.showOwed({
    duty: 'zaoyang/home-visit',
    facts: hardship,
    short: { kind: 'home-visit', mode: 2, fields: visit },
    act: { kind: 'home-visit', mode: 1, fields: visit },
    coverage: 92,
  })
})

test('[Z8] the file of help is renewed each term', async () => {
  await place.showOwed({
    duty: 'zaoyang/help-file',
    facts: hardship,
    act: { kind: 'help-file', fields: { household: '祖父照看', conduct: '守时', changes: 1 } },
  })
})

test('what was done to make policy known is written down with how many it reached', async () => {
  await place.showRecord(
    'class-teacher',
    { kind: 'policy-publicity', fields: { form: 5, title: '送政策上门', reached: 12 } },
    'title',
  )
})

test('who did not come back is sought every teaching week', async () => {
  await place.showOwed({
    duty: 'zaoyang/return-visit',
    facts: { ...hardship, schooling: { not_registered: true } },
    others: hardship,
    act: { kind: 'return-visit', fields: { way: 1, result: 2 } },
  })
})

test('[Z16] gratitude, perseverance and honesty are taught each term in a form that suits the age', async () => {
  await place.showOwed({
    duty: 'zaoyang/themed-activity',
    facts: hardship,
    act: { kind: 'themed-activity', fields: { theme: 2, form: 3, title: '我的一天' } },
  })
})

test('[Z17] help with daily life is planned each term with a day of review', async () => {
  await place.showOwed({
    duty: 'zaoyang/life-measure',
    facts: hardship,
    act: { kind: 'life-measure', fields: { measure: '约定作息', review_on: '2026-01-10' } },
  })
})

test('[Z19] what a student gives back is written down only with his consent said', async () => {
  await place.showRecord(
    'class-teacher',
    { kind: 'giving-back', fields: { what: '给低年级同学讲题', consent: true } },
    'consent',
  )
})
