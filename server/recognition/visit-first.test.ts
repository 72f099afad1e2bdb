import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { moveCase, openCase } from '#contract/flows'
import { openPlace, type Place } from '../test-place.ts'
import type { Child, Someone } from '../test-world.ts'

let place: Place
let officer: Someone
let principal: Someone
let leader: Someone

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
  leader = await place.by('leader-in-charge')
  await world.owner.query(
    `insert into recognition_rounds (id, unit_id, unit_path, school_year, term, notice_on, opens_on, closes_on, notice, opened_by, opened_by_name)
     select $1, id, path, 2025, 1, $3::date - 10, $3::date - 5, $3::date + 20, '请按时提出申请', $4, '专干' from units where id = $2`,
    [uuidv7(), world.units.schoolA.id, world.day, officer.personId],
  )
})
afterAll(() => place?.world.close())

/** A request that has come as far as the school's decision. */
const deciding = async (child: Child): Promise<string> => {
  const id = uuidv7()
  const opened = await place.world.call(officer, openCase, {
    params: { schoolId: child.schoolId },
    body: { id, flow: 'recognition-round', move: 'save', stepId: uuidv7(), studentId: child.id, content: {} },
  })
  expect(opened.body).toMatchObject({ state: 'draft' })
  await place.world.owner.query(
    `update flow_cases set state = 'deciding', payload = payload || '{"level": 21}' where id = $1`,
    [id],
  )
  return id
}
const decide = (who: Someone, child: Child, id: string, reason: string | null = null) =>
  place.world.call(who, moveCase, {
    params: { schoolId: child.schoolId, caseId: id },
    body: { stepId: uuidv7(), move: 'decide', version: 1, reason },
  })

test('[C5] a new student is decided on after the visit, or by the post excepted with its reason; nothing stops another year', async () => {
  const fresh = await place.enrol('新来的', {}, { grade: 1 })
  const other = await place.enrol('同班的', {}, { grade: 1 })
  const older = await place.enrol('老生', {}, { grade: 3 })
  await place.world.classify(place.world.units.schoolA)
  const id = await deciding(fresh)
  expect((await decide(principal, fresh, id)).body.refusal).toMatchObject({ code: 'recognition.first-things' })
  expect((await decide(principal, fresh, id, '路远,先认定')).body.refusal?.code).toBe('recognition.first-things')
  expect((await decide(leader, fresh, id)).body.refusal?.code).toBe('recognition.first-things')
  expect((await decide(leader, fresh, id, '家中受灾道路不通,先认定后补访')).body).toMatchObject({
    state: 'announcement',
  })
  const { rows } = await place.world.owner.query(
    "select actor_name as by from flow_steps where case_id = $1 and from_state = 'deciding'",
    [id],
  )
  expect(rows).toEqual([{ by: leader.name }])

  const visited = await deciding(other)
  await place.world.owner.query(
    `insert into record_subjects (school_id, student_id, record_id, scope, kind, secrecy, act_date, author_id, mode)
     values ($1, $2, $3, $4, 1, 2, $5::date - 3, $6, 1)`,
    [other.schoolId, other.id, uuidv7(), other.scope, place.world.day, officer.personId],
  )
  expect((await decide(principal, other, visited)).body).toMatchObject({ state: 'announcement' })
  expect((await decide(principal, older, await deciding(older))).body).toMatchObject({ state: 'announcement' })
})
