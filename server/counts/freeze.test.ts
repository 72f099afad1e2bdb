import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  freezeCoverage,
  getCoverage,
  getFrozenCoverage,
  listFreezes,
  listFrozenMissing,
  listMissing,
} from '#contract/counts'
import { addRecord, withdrawRecord } from '#contract/records'
import { type Child, openWorld, type Someone, type World } from '../test-world.ts'

let world: World
let officer: Someone
let principal: Someone
let freezeId: string
let visit: string
const hard: Child[] = []
beforeAll(async () => {
  world = await openWorld()
  const { classA1, classA2, classB1, county, schoolA, schoolB } = world.units
  officer = await world.someone('county-aid-officer', county)
  principal = await world.someone('principal', schoolA)
  for (const [unit, name] of [
    [classA1, '甲一'],
    [classA1, '甲二'],
    [classA2, '乙一'],
    [classB1, '丙一'],
  ] as const)
    hard.push(await world.child(unit, name, { family: { hardship_level: 1 }, protection: { key_student: true } }))
  await world.classify(schoolA, schoolB)
  visit = uuidv7()
  const [one] = hard as [Child]
  const body = { id: visit, kind: 1, studentIds: [one.id], actDate: '2025-11-10', mode: 1, fields: {} }
  expect((await world.call(principal, addRecord, { params: { schoolId: one.schoolId }, body })).status).toBe(200)
  const kept = await world.call(officer, freezeCoverage, {
    params: { unitId: county.id },
    body: { note: '期中督导' },
  })
  expect(kept.status).toBe(200)
  freezeId = kept.body.id
})
afterAll(() => world?.close())

const live = async (who: Someone, on?: string) =>
  (await world.call(who, getCoverage, { params: { unitId: world.units.county.id }, query: on ? { on } : {} })).body
const frozen = (who: Someone, unit = world.units.county, id = freezeId) =>
  world.call(who, getFrozenCoverage, { params: { unitId: unit.id, freezeId: id }, query: {} })
const names = (
  who: Someone,
  coverage: number,
  unit = world.units.county,
  id = freezeId,
  query: { after?: string; limit?: number } = {},
) =>
  world.call(who, listFrozenMissing, {
    params: { unitId: unit.id, freezeId: id, coverage },
    query: { limit: 50, ...query },
  })

test('[C12] a coverage page is kept with its day, figures and names, and is listed', async () => {
  const { body } = await frozen(officer)
  const now = await live(officer)
  expect(body).toMatchObject({ asOf: world.day, periodLabel: now.periodLabel, total: now.total })
  expect(body.coverages).toEqual(now.coverages)
  expect(body.rows.map(({ unitId, figures }) => [unitId, figures])).toEqual(
    now.rows.map(({ unitId, figures }) => [unitId, figures]),
  )
  const missing = await world.call(officer, listMissing, {
    params: { unitId: world.units.county.id, coverage: 2 },
    query: { limit: 50 },
  })
  const kept = await names(officer, 2)
  expect(kept.body.total).toBe(3)
  expect(kept.body.students).toEqual(missing.body.students)
  const listed = await world.call(officer, listFreezes, { params: { unitId: world.units.county.id }, query: {} })
  expect(listed.body.freezes).toMatchObject([{ id: freezeId, note: '期中督导', asOf: world.day }])
})

test('[C12] a later correction moves what is counted back to that day, and not what was kept', async () => {
  const before = (await frozen(officer)).body
  const [one, two] = hard as [Child, Child]
  // The visit had not taken place: it is withdrawn; and a child's name was written wrong.
  const withdrawn = await world.call(principal, withdrawRecord, {
    params: { schoolId: one.schoolId, recordId: visit },
    body: { reason: '登记错了学生' },
  })
  expect(withdrawn.status).toBe(200)
  await world.owner.query(`update students set name = '甲二改' where id = $1`, [two.id])
  const past = await live(officer, world.day)
  expect(before.total['2']).toMatchObject({ need: 4, met: 1 })
  expect(past.total['2']).toMatchObject({ need: 4, met: 0 })
  expect((await frozen(officer)).body).toEqual(before)
  const kept = await names(officer, 2)
  expect(kept.body.students.map(({ name }) => name)).toEqual(['甲二', '乙一', '丙一'])
  const missing = await world.call(officer, listMissing, {
    params: { unitId: world.units.county.id, coverage: 2 },
    query: { limit: 50 },
  })
  expect(missing.body.students.map(({ name }) => name).toSorted()).toEqual(['丙一', '乙一', '甲一', '甲二改'])
})

test('a kept list comes in pages, each name once', async () => {
  const first = (await names(officer, 2, undefined, undefined, { limit: 2 })).body
  const second = (await names(officer, 2, undefined, undefined, { limit: 2, after: first.after ?? '' })).body
  expect([...first.students, ...second.students].map(({ name }) => name)).toEqual(['甲二', '乙一', '丙一'])
  expect(second.after).toBeNull()
})

test('[G3] kept names are as secret as on the live page: other posts see figures without names, strangers nothing', async () => {
  expect((await frozen(principal)).status).toBe(404)
  const cadre = await world.someone('county-cadre', world.units.county, '干部')
  const shown = await frozen(cadre)
  const open = shown.status === 200 ? shown.body.coverages.filter(({ namesOpen }) => namesOpen) : []
  expect(open).toEqual([])
  expect((await names(cadre, 2)).status).toBeGreaterThanOrEqual(403)
  // The guarded coverage: not even the words of its title for who may not open it.
  const leader = await world.someone('county-leader', world.units.county, '分管')
  const guarded = (await frozen(leader)).body.coverages?.find(({ id }) => id === 5)
  const live5 = (await live(leader)).coverages.find(({ id }) => id === 5)
  expect(guarded?.namesOpen).toBe(live5?.namesOpen)
  expect(guarded?.label).toBe(live5?.label)
})

test('[C13] keeping and opening are on file, and neither page nor names can be changed by anybody at work', async () => {
  const { rows } = await world.owner.query(
    `select action, outcome, detail from audit_entries where action in ('counts.freeze-coverage', 'counts.list-frozen-missing') order by at, id`,
  )
  expect(rows[0]).toMatchObject({ action: 'counts.freeze-coverage', outcome: 'done', detail: { freeze: freezeId } })
  expect(rows.some(({ action, detail }) => action === 'counts.list-frozen-missing' && detail.total === 3)).toBe(true)
  const granted = await world.owner.query(`select r, t, c from unnest(array['app', 'classifier', 'importer', 'gate']) r,
      unnest(array['coverage_freezes', 'frozen_lists']) t, unnest(array['UPDATE', 'DELETE']) c
    where has_table_privilege(r, t, c)`)
  expect(granted.rows).toEqual([])
})

test('a principal keeps the page of the own school, as it stood on a day gone by; a class teacher does not', async () => {
  const unit = world.units.schoolA
  const kept = await world.call(principal, freezeCoverage, {
    params: { unitId: unit.id },
    body: { on: world.day, note: '' },
  })
  expect(kept.status).toBe(200)
  const past = await world.call(principal, freezeCoverage, {
    params: { unitId: unit.id },
    body: { on: '2025-11-19', note: '' },
  })
  const page = (await frozen(principal, unit, past.body.id)).body
  expect(page.asOf).toBe('2025-11-19')
  const list = (await names(principal, 2, unit, past.body.id)).body
  expect(list.total).toBe((page.total['2']?.need ?? 0) - (page.total['2']?.met ?? 0))
  const teacher = await world.someone('class-teacher', world.units.classA1, '班主任')
  const refused = await world.call(teacher, freezeCoverage, { params: { unitId: unit.id }, body: { note: '' } })
  expect(refused.status).toBe(403)
})
