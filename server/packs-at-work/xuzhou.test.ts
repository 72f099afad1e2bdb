import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPlace, type Place } from '../test-place.ts'

let place: Place
beforeAll(async () => {
  place = await openPlace({
    packs: [
      ['national', 'province'],
      ['jiangsu', 'province'],
      ['xuzhou', 'city'],
    ],
    firstSchool: { kind: 'primary', stage: 2 },
  })
})
afterAll(() => place?.world.close())

const leftBehind = { family: { left_behind: 2 } }

test('[X3] every student on the list is visited at home within the school year, a call does not count', async () => {
  const fields = { home_life: '作息规律', home_education: '奶奶照看' }
  await place.showOwed({
    duty: 'jiangsu/home-visit',
    facts: leftBehind,
    short: { kind: 'home-visit', mode: 2, fields },
    act: { kind: 'home-visit', mode: 1, fields },
    coverage: 20,
  })
})

test('[X4] each family on the list is advised once a school year, and the words stay sealed', async () => {
  await place.showOwed({
    duty: 'xuzhou/family-education',
    facts: leftBehind,
    act: { kind: 'family-education', fields: { channel: 4, topics: [2], note: '与祖母约定每周视频' } },
  })
  const { rows } = await place.world.owner.query(`select records::text as whole from records`)
  expect(rows.map(({ whole }) => whole).join()).not.toContain('约定每周视频')
})

test('home, school and student talk together once a term, at home and not at school', async () => {
  const talk = { place: 1, day: 1, parties: 1, talked: '说了说住校的事' }
  await place.showOwed({
    duty: 'xuzhou/three-way-talk',
    facts: leftBehind,
    short: { kind: 'three-way-talk', fields: { ...talk, place: 2 } },
    act: { kind: 'three-way-talk', fields: talk },
    coverage: 22,
  })
})
