import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPlace, type Place } from '../test-place.ts'

let place: Place
beforeAll(async () => {
  place = await openPlace({
    packs: [
      ['national', 'province'],
      ['jiangsu', 'province'],
      ['jiangsu-union-vocational', 'schoolA'],
    ],
    firstSchool: { kind: 'five-year-college', stage: 6 },
  })
})
afterAll(() => place?.world.close())

const hardship = { family: { hardship_level: 1 } }
const fourth = { stage: 6, grade: 4 }

test('[S1] the fourth and fifth year of the five-year colleges are who the programme is for', async () => {
  const isIn = async (grade: number, stage = 6) =>
    (await place.classOf('jiangsu-union-vocational/upper-years', {}, { grade, stage })).isIn
  expect([await isIn(3), await isIn(4), await isIn(5), await isIn(4, 5)]).toEqual([false, true, true, false])
})

test('guidance for working life is owed in the fourth year, not in the second', async () => {
  await place.showOwed({
    duty: 'jiangsu-union-vocational/career-guidance',
    facts: hardship,
    roster: fourth,
    others: hardship,
    othersRoster: { stage: 6, grade: 2 },
    act: { kind: 'career-guidance', fields: { areas: [1, 4], content: '看了三家企业' } },
    coverage: 60,
  })
})

test('a study trip or practice is owed each year and counted', async () => {
  await place.showOwed({
    duty: 'jiangsu-union-vocational/study-practice',
    facts: hardship,
    roster: fourth,
    act: { kind: 'study-practice', fields: { form: 5, title: '走进工业园' } },
    coverage: 61,
  })
})

test('[S8] who speaks as an ambassador has said yes to it', async () => {
  await place.showRecord(
    'school-aid-officer',
    { kind: 'ambassador-activity', fields: { form: 2, consent: true, reached: 60 } },
    'consent',
  )
})
