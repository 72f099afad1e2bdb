import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPlace, type Place } from '../test-place.ts'

let place: Place
beforeAll(async () => {
  place = await openPlace({
    packs: [
      ['national', 'province'],
      ['shaanxi', 'province'],
    ],
    firstSchool: { kind: 'junior', stage: 3 },
  })
})
afterAll(() => place?.world.close())

const inDifficulty = { family: { left_behind: 2 } }
const tutoring = { kind: 'tutoring', fields: { way: 1, analysis: '计算不熟,概念清楚' } }

test('[G8] a student who may drop out is tutored twice a month, one with the same home and no such danger is not', async () => {
  await place.showOwed({
    duty: 'shaanxi/tutoring',
    facts: { ...inDifficulty, schooling: { schooling_at_risk: true } },
    others: inDifficulty,
    act: tutoring,
  })
})

test('[G8] who fails three subjects is studied by the teachers once a term', async () => {
  await place.showOwed({
    duty: 'shaanxi/study-research',
    facts: { ...inDifficulty, schooling: { exam_failed: 3 } },
    others: { ...inDifficulty, schooling: { exam_failed: 2 } },
    act: { kind: 'case-study', fields: { topic: '三科不及格', conclusions: '先补运算', attended: 4 } },
  })
})

test('[G9] every disabled child of school age has its place written down, and the one without is known', async () => {
  const disabled = { health: { disability_kind: 2 }, schooling: { special_placement: 0 } }
  expect((await place.classOf('shaanxi/unplaced', disabled)).isIn).toBe(true)
  expect((await place.classOf('shaanxi/unplaced', { ...disabled, schooling: { special_placement: 1 } })).isIn).toBe(
    false,
  )
  await place.showOwed({
    duty: 'shaanxi/special-placement',
    facts: disabled,
    act: { kind: 'special-placement', fields: { way: 1, school: '第一小学' } },
    coverage: 78,
  })
})

test('[G10] a partner among fellow students is written down, willing or not being said', async () => {
  await place.showRecord(
    'class-teacher',
    { kind: 'peer-partner', fields: { willing: true, able: true, together: '一起背单词' } },
    'willing',
  )
})

test('[G11 G35] a caring activity each term, at the culture station or the library as well as at school', async () => {
  await place.showOwed({
    duty: 'shaanxi/care-activity',
    facts: inDifficulty,
    act: { kind: 'care-activity', fields: { form: 1, place: 3, title: '周末读书会' } },
    coverage: 79,
  })
})

test('[G15] guardians come to a lecture once a term', async () => {
  await place.showOwed({
    duty: 'shaanxi/guardian-lecture',
    facts: inDifficulty,
    act: { kind: 'guardian-lecture', fields: { channel: 3, topics: [2, 4], attended: 31 } },
  })
})

const graduating = { ...inDifficulty, schooling: { graduating: true } }
const lead = { employer: '清河机械厂', position: '装配工' }

test('[G17] a graduate gets three openings looked for on purpose, an opening for all does not count', async () => {
  await place.showOwed({
    duty: 'shaanxi/job-leads',
    facts: graduating,
    others: inDifficulty,
    short: { kind: 'job-lead', fields: { ...lead, scope: 1 } },
    act: { kind: 'job-lead', fields: { ...lead, scope: 2 } },
    coverage: 77,
  })
})

test('[G17] a graduate is helped one to one, and where he goes is written down', async () => {
  await place.showOwed({
    duty: 'shaanxi/job-one-to-one',
    facts: graduating,
    short: { kind: 'job-help', fields: { form: 5 } },
    act: { kind: 'job-help', fields: { form: 6 } },
  })
  await place.showOwed({
    duty: 'shaanxi/graduate-outcome',
    facts: graduating,
    act: { kind: 'graduate-outcome', fields: { outcome: 2, place: '清河县第一高级中学' } },
  })
})

test('[G21 G26] each student in difficulty has a file with measures, an owner and a day of review', async () => {
  await place.showOwed({
    duty: 'shaanxi/care-plan',
    facts: inDifficulty,
    act: {
      kind: 'care-plan',
      fields: { needs: [1, 2], measures: '每周谈心一次', owner: '班主任', review_on: '2026-06-20' },
    },
    coverage: 70,
  })
})

test('a key student lacks a mentor until one is paired', async () => {
  await place.showMentored('shaanxi/key-mentor', { ...inDifficulty, protection: { key_student: true } }, 76)
})

test('[G29] a graduate student in difficulty is met by the supervisor every month', async () => {
  await place.showOwed({
    duty: 'shaanxi/supervisor-talk',
    facts: inDifficulty,
    roster: { stage: 9 },
    others: inDifficulty,
    act: { kind: 'talk', mode: 1, fields: { topics: [1], summary: '谈了论文进度' } },
  })
})

test('[G21] an event in growing up stands on the file', async () => {
  await place.showRecord(
    'class-teacher',
    { kind: 'key-event', fields: { sort: 1, what: '期中数学提高二十分' } },
    'what',
  )
})
