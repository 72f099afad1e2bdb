import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { getCase, moveCase, openCase } from '#contract/flows'
import { openPlace, type Place } from '../test-place.ts'
import type { Child, Someone } from '../test-world.ts'

let place: Place
let officer: Someone
let principal: Someone
let admitted: string
let fresh: Child

beforeAll(async () => {
  place = await openPlace({
    packs: [
      ['national', 'province'],
      ['jiangsu', 'province'],
      ['changshu-institute-of-technology', 'schoolA'],
    ],
    firstSchool: { kind: 'university', stage: 8 },
  })
  const { world } = place
  officer = await place.by('school-aid-officer')
  principal = await place.by('principal')
  await world.owner.query(
    `insert into recognition_rounds (id, unit_id, unit_path, school_year, term, notice_on, opens_on, closes_on, notice, opened_by, opened_by_name)
     select $1, id, path, 2025, 1, $3::date - 10, $3::date - 5, $3::date + 20, '请按时提出申请', $4, '专干' from units where id = $2`,
    [uuidv7(), world.units.schoolA.id, world.day, officer.personId],
  )
  admitted = uuidv7()
  const opened = await world.call(officer, openCase, {
    params: { schoolId: world.units.schoolA.id },
    body: {
      id: admitted,
      flow: 'recognition-round',
      move: 'admit',
      stepId: uuidv7(),
      studentId: null,
      content: { full_name: '新录取' } as never,
    },
  })
  expect(opened.body).toMatchObject({ state: 'admitted' })
})
afterAll(() => place?.world.close())

const key = () => ({ schoolId: place.world.units.schoolA.id, caseId: admitted })
const move = async (who: Someone, id: string, fields: object = {}) => {
  const { rows } = await place.world.owner.query('select version from flow_cases where id = $1', [admitted])
  const body = { stepId: uuidv7(), move: id, version: rows[0].version, fields: fields as never, reason: null }
  return place.world.call(who, moveCase, { params: key(), body })
}
const visit = { on: '2025-07-20', mode: 1, household_note: '三口人,父亲在外务工。' }
const recordsOf = async (id: string) =>
  (
    await place.world.owner.query(
      `select r.act_date::text as "on", r.author_id as by, r.mode, r.kind, t.current from records r
         join record_subjects t on t.school_id = r.school_id and t.record_id = r.id where t.student_id = $1`,
      [id],
    )
  ).rows

test('[C26] a visit to somebody admitted is written down with the request, on a day that has come, by the school only', async () => {
  const early = await move(officer, 'visit', { ...visit, on: '2099-01-01' })
  expect(early.body.refusal).toMatchObject({ code: 'recognition.visit-day', fields: [{ field: 'on' }] })
  const stranger = await place.world.someone('school-aid-officer', place.world.units.schoolB, '外校专干')
  expect((await move(stranger, 'visit', visit)).status).toBe(404)
  expect((await move(officer, 'visit', { ...visit, household_note: '' })).status).toBe(422)
  expect((await move(officer, 'visit', visit)).body).toMatchObject({ state: 'admitted' })
  const { body } = await place.world.call(officer, getCase, { params: key() })
  expect(body.steps.at(-1)?.filled.map(({ words }) => words)).toContain('三口人,父亲在外务工。')
})

test('[C5 C26] once there is a number it stands in the file in the name of who went, and counts as the visit before the decision', async () => {
  fresh = await place.enrol('新录取', {}, { grade: 1 })
  await place.world.classify(place.world.units.schoolA)
  expect(await recordsOf(fresh.id)).toEqual([])
  const { rows } = await place.world.owner.query('select number from students where id = $1', [fresh.id])
  const matched = await move(officer, 'match', { number: rows[0].number })
  expect(matched.body).toMatchObject({ state: 'draft' })
  expect(await recordsOf(fresh.id)).toEqual([
    { on: '2025-07-20', by: officer.personId, mode: 1, kind: 1, current: true },
  ])
  await place.world.owner.query(
    `update flow_cases set state = 'deciding', payload = payload || '{"level": 21}' where id = $1`,
    [admitted],
  )
  expect((await move(principal, 'decide')).body).toMatchObject({ state: 'announcement' })
})

test('[C5] the control: another new student whom nobody visited is not decided on', async () => {
  const other = await place.enrol('没去过的', {}, { grade: 1 })
  await place.world.classify(place.world.units.schoolA)
  const id = uuidv7()
  const params = { schoolId: other.schoolId }
  await place.world.call(officer, openCase, {
    params,
    body: { id, flow: 'recognition-round', move: 'save', stepId: uuidv7(), studentId: other.id, content: {} },
  })
  await place.world.owner.query(
    `update flow_cases set state = 'deciding', payload = payload || '{"level": 21}' where id = $1`,
    [id],
  )
  const body = { stepId: uuidv7(), move: 'decide', version: 1, reason: null, fields: {} }
  const refused = await place.world.call(principal, moveCase, { params: { ...params, caseId: id }, body })
  expect(refused.body.refusal?.code).toBe('recognition.first-things')
})
