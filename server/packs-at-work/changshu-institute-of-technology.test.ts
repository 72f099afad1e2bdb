import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPlace, type Place } from '../test-place.ts'

let place: Place
beforeAll(async () => {
  place = await openPlace({
    packs: [
      ['national', 'province'],
      ['jiangsu', 'province'],
      ['changshu-institute-of-technology', 'schoolA'],
    ],
    firstSchool: { kind: 'university', stage: 8 },
  })
})
afterAll(() => place?.world.close())

const hardship = { family: { hardship_level: 22 } }
const key = { ...hardship, protection: { key_student: true } }
const support = (form: number) => ({ kind: 'support-act', fields: { form, content: '一次帮助' } })

test('[C7] publicity and lessons in honesty are written down', async () => {
  await place.showRecord(
    'counsellor',
    { kind: 'publicity', fields: { kind: 3, title: '诚信还贷一课', attended: 40 } },
    'title',
  )
})

test('a key student chooses from the list of growth wishes once a year, others are not asked', async () => {
  await place.showOwed({
    duty: 'changshu-institute-of-technology/growth-wish',
    facts: key,
    others: hardship,
    act: { kind: 'growth-wish', fields: { chosen_by: 1, items: [3, 4], wish: '学会制图' } },
    coverage: 52,
  })
})

test.each([
  ['material', 1],
  ['moral', 2],
  ['ability', 3],
  ['spirit', 4],
])('[C29] %s support is owed each year and no other kind stands for it', async (side, form) => {
  await place.showOwed({
    duty: `changshu-institute-of-technology/support-${side}`,
    facts: hardship,
    short: support((form % 4) + 1),
    act: support(form),
  })
})

test('[C30] how a student fares is noted each month', async () => {
  await place.showOwed({
    duty: 'changshu-institute-of-technology/state-note',
    facts: hardship,
    act: { kind: 'state-note', fields: { state: 1 } },
    coverage: 50,
  })
})

test('[C30] a note that calls for intervention is answered within three working days, a calm note is not', async () => {
  await place.showOwed({
    duty: 'changshu-institute-of-technology/intervention',
    facts: hardship,
    quiet: { kind: 'state-note', fields: { state: 1 }, by: 'counsellor' },
    event: { kind: 'state-note', fields: { state: 3 }, by: 'counsellor' },
    act: { kind: 'intervention', fields: { forces: [1, 2], resources: [1], measure: '当天谈话', outcome: 2 } },
  })
})

test('[C29] the figure of balance moves only when all four kinds were given', async () => {
  const student = await place.enrol('四类', hardship)
  await place.world.classify(place.world.units.schoolA)
  const counsellor = await place.by('counsellor')
  const before = await place.figure(51)
  for (const form of [1, 2, 3]) await place.write(counsellor, student, support(form))
  expect(await place.figure(51)).toEqual(before)
  await place.write(counsellor, student, support(4))
  expect(await place.figure(51)).toMatchObject({ met: (before?.met ?? 0) + 1 })
})
