import { afterAll, beforeAll, test } from 'vitest'
import { openPlace, type Place } from '../test-place.ts'

let place: Place
beforeAll(async () => {
  place = await openPlace({
    packs: [
      ['national', 'province'],
      ['jiangsu', 'province'],
      ['suzhou-university', 'schoolA'],
    ],
    firstSchool: { kind: 'university', stage: 8 },
  })
})
afterAll(() => place?.world.close())

const hardship = { family: { hardship_level: 21 } }
const session = (area: number) => ({
  kind: 'mentor-session',
  fields: { area, wish: '想考研', content: '一起看了方案', effect: [1, 3] },
})
const visit = (findings: readonly number[]) => ({
  kind: 'home-visit',
  mode: 3,
  fields: { told: [1], asked: [2], findings: [...findings] },
})

test('[U1] strengths, interests, difficulties, goals and wishes of each student are written once a year', async () => {
  const fields = { strengths: '细心', interests: '绘图', difficulties: '英语', goals: '过四级', wishes: '做设计' }
  await place.showOwed({
    duty: 'suzhou-university/student-traits',
    facts: hardship,
    act: { kind: 'student-traits', fields },
    coverage: 32,
  })
})

test('[U2] a student lacks a mentor until one is paired', async () => {
  await place.showMentored('suzhou-university/mentor-for-each', hardship, 30)
})

test.each([
  ['thought', 1],
  ['study', 2],
  ['life', 3],
])('[U2] the mentor walks beside in %s each term and writes what the student wishes', async (side, area) => {
  await place.showOwed({
    duty: `suzhou-university/mentor-${side}`,
    facts: hardship,
    short: session((area % 3) + 1),
    act: session(area),
  })
})

test('a visit follows its list: what was told, what was asked, what was found', async () => {
  await place.showOwed({ duty: 'jiangsu/home-visit', facts: hardship, act: visit([1]) })
})

test('[U4] before the visit there is a plan for this one student', async () => {
  await place.showOwed({
    duty: 'suzhou-university/visit-plan',
    facts: hardship,
    act: { kind: 'visit-plan', fields: { student_kind: [2], parent_kind: 2, approach: '先问近况' } },
  })
})

test('[U4] after the visit the mentors are told and have read it', async () => {
  await place.showOwed({
    duty: 'suzhou-university/visit-feedback',
    facts: hardship,
    event: { ...visit([1]), by: 'counsellor' },
    act: { kind: 'visit-feedback', fields: { receiver: 2, acknowledged: true, points: '想转专业' } },
  })
})

test('what visits found about a student who needs attention is studied together each term', async () => {
  await place.showOwed({
    duty: 'suzhou-university/problem-study',
    facts: { ...hardship, schooling: { exam_failed: 3 } },
    others: { ...hardship, schooling: { exam_failed: 2 } },
    act: {
      kind: 'problem-study',
      fields: { problem: [1], conclusions: '基础薄弱', measures: '安排学长辅导', owner: '吴清和' },
    },
  })
})

test('the three growth practices are written down by programme', async () => {
  await place.showRecord(
    'counsellor',
    { kind: 'growth-practice', fields: { programme: 2, title: '周三自习伙伴', hours: 2 } },
    'programme',
  )
})
