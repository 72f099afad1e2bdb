import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPlace, type Place } from '../test-place.ts'

let place: Place
beforeAll(async () => {
  place = await openPlace({
    packs: [
      ['national', 'province'],
      ['jiangsu', 'province'],
      ['jiangsu-normal-university', 'schoolA'],
    ],
    firstSchool: { kind: 'university', stage: 8 },
  })
})
afterAll(() => place?.world.close())

const mustVisit = { family: { hardship_level: 1 } }
const visit = (findings: readonly number[], visitor = [1]) => ({
  kind: 'home-visit',
  mode: 1,
  fields: { findings: [...findings], visitor: [...visitor], region: '苏北片' },
})

test('alumni and volunteers visit too, by region, and each visit is judged within ten working days', async () => {
  await place.showOwed({
    duty: 'jiangsu-normal-university/visit-judgement',
    facts: mustVisit,
    event: { ...visit([1], [2, 5]), by: 'counsellor' },
    act: {
      kind: 'visit-judgement',
      fields: { way_in: '从专业兴趣谈起', judgement: '家里支持', proposal: '推荐勤工岗位', region: '苏北片' },
    },
  })
})

test('[N6] a judgement without a proposal is not taken', async () => {
  await place.showRecord(
    'counsellor',
    { kind: 'visit-judgement', fields: { way_in: '谈实习', judgement: '需要鼓励', proposal: '下月再访' } },
    'proposal',
  )
})

test('who lives far away gets a parcel each school year', async () => {
  await place.showOwed({
    duty: 'jiangsu-normal-university/care-parcel',
    facts: { family: { remote_home: true } },
    act: { kind: 'care-parcel', fields: { parts: [1, 3], received: true } },
    coverage: 41,
  })
})

test('[N5] a tense home is followed within five working days, a calm one is not', async () => {
  await place.showOwed({
    duty: 'jiangsu-normal-university/follow-family',
    facts: mustVisit,
    quiet: { ...visit([1]), by: 'counsellor' },
    event: { ...visit([2]), by: 'counsellor' },
    act: { kind: 'follow-up', fields: { about: 1, measure: '约了父子一起谈', outcome: 2 } },
  })
})

test('an honour is written down by programme and step', async () => {
  await place.showRecord(
    'counsellor',
    { kind: 'honour', fields: { programme: 1, stage: 3, title: '励志之星' } },
    'title',
  )
})

test('[N8] each student takes part in an activity that builds skills', async () => {
  await place.showOwed({
    duty: 'jiangsu-normal-university/skills-activity',
    facts: mustVisit,
    act: {
      kind: 'skills-activity',
      fields: { kind: 2, title: '说课训练', topic_approved: true, reserved: 10, hours: 6 },
    },
    coverage: 42,
  })
})

test('[N10] hardship together with failing, alarm or no job is a class of its own, each alone is not', async () => {
  const overlap = 'jiangsu-normal-university/overlap'
  const isIn = async (facts: Record<string, Record<string, unknown>>) => (await place.classOf(overlap, facts)).isIn
  expect(await isIn({ ...mustVisit, schooling: { exam_failed: 2 } })).toBe(true)
  expect(await isIn({ ...mustVisit, schooling: { exam_failed: 1 } })).toBe(false)
  expect(await isIn({ ...mustVisit, schooling: { job_difficulty: true } })).toBe(true)
  expect(await isIn({ schooling: { exam_failed: 4 } })).toBe(false)
})

test('[N10] the class opens developmental aid, owed once a term', async () => {
  await place.showOwed({
    duty: 'jiangsu-normal-university/developmental-aid',
    facts: { ...mustVisit, schooling: { exam_failed: 2 } },
    others: mustVisit,
    act: { kind: 'remedial-session', fields: { concern: 3, content: '补高等数学' } },
  })
})
