import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { attachToCase, castVote, closePanel, convenePanel, markPresence, moveCase, openCase } from '#contract/flows'
import { getApplicationSheet, openRound } from '#contract/recognition'
import { addGuardian, type TestGuardian } from '../test-family.ts'
import { type Child, openWorld, type Someone, type World } from '../test-world.ts'

let world: World
let officer: Someone
let teacher: Someone
let guardian: TestGuardian
let child: Child

beforeAll(async () => {
  world = await openWorld('2025-07-20')
  officer = await world.someone('school-aid-officer', world.units.schoolA, '周专干')
  teacher = await world.someone('class-teacher', world.units.classA1, '王老师')
  child = world.children.a1[0] as Child
  guardian = await addGuardian(world, child)
})
afterAll(() => world.close())

const round = (schoolYear: number | undefined) => ({
  id: uuidv7(),
  term: 1 as const,
  ...(schoolYear === undefined ? {} : { schoolYear }),
  noticeOn: '2025-07-20',
  opensOn: '2025-07-23',
  closesOn: '2025-09-20',
  notice: '录取的新生和在校学生都可以提出申请。',
})
const key = (caseId: string) => ({ schoolId: child.schoolId, caseId })
const sheetOf = (who: Someone, id: string) => world.call(who, getApplicationSheet, { params: key(id) })
const open = (who: Someone, body: object) =>
  world.call(who, openCase, {
    params: { schoolId: child.schoolId },
    body: { flow: 'recognition-round', stepId: uuidv7(), studentId: null, ...body } as never,
  })

describe('[C26] in July', () => {
  test('a round is opened for the year to come beside that of the year that ends, and not for another one', async () => {
    const params = { unitId: world.units.schoolA.id }
    expect((await world.call(officer, openRound, { params, body: round(2027) })).body.refusal?.code).toBe(
      'recognition.round-dates',
    )
    expect((await world.call(officer, openRound, { params, body: round(undefined) })).status).toBe(200)
    expect((await world.call(officer, openRound, { params, body: round(2025) })).status).toBe(200)
    const { rows } = await world.owner.query('select school_year from recognition_rounds order by 1')
    expect(rows.map(({ school_year }) => school_year)).toEqual([2024, 2025])
    await world.owner.query('delete from recognition_rounds where school_year = 2024')
    await world.owner.query("update recognition_rounds set notice_on = '2025-07-10', opens_on = '2025-07-19'")
  })

  test('somebody without number, class and account is kept for that year, and their sheet names no class', async () => {
    const id = uuidv7()
    const admitted = await open(officer, {
      id,
      move: 'admit',
      content: { full_name: '新来的', guardian_mobile: '13800000009' },
    })
    expect(admitted.body).toMatchObject({ state: 'admitted' })
    expect((await sheetOf(officer, id)).body).toEqual({
      schoolYear: 2025,
      term: 1,
      above: [],
      student: null,
      panel: null,
    })
    expect((await sheetOf(guardian, id)).status).toBe(404)
  })
})

const png = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(200)])

test('[C8 C19] the sheet says who judged it and how many were there, to the school and not to the family', async () => {
  const id = uuidv7()
  const content = {
    full_name: child.name,
    household_size: 4,
    guardian_mobile: '13800000001',
    home_address: '柳堡镇二组',
    member1_name: '父亲',
    per_capita_income: 300_000,
    promise: true,
  }
  await open(guardian, { id, move: 'save', studentId: child.id, content })
  await world.call(guardian, attachToCase, {
    params: { ...key(id), fileId: uuidv7() },
    query: { purpose: 'signature' },
    body: png,
  })
  const sent = await world.call(guardian, moveCase, {
    params: key(id),
    body: { stepId: uuidv7(), move: 'submit', version: 1 },
  })
  expect(sent.body).toMatchObject({ state: 'class-review' })
  expect((await sheetOf(teacher, id)).body).toMatchObject({ student: { sex: expect.any(Number) }, panel: null })

  const panelId = uuidv7()
  const seats = [teacher]
  for (const name of ['甲老师', '乙老师', '丙老师', '丁老师', '戊老师'])
    seats.push(await world.someone('teacher', world.units.schoolA, name))
  const members = seats.map((who, at) => ({
    seat: uuidv7(),
    personId: who.personId,
    name: who.name,
    side: 'teacher' as const,
    chair: at === 0,
  }))
  await world.call(teacher, convenePanel, {
    body: { id: panelId, flow: 'recognition-round', unitId: world.units.classA1.id, members },
  })
  const present = members.slice(0, 5).map(({ seat }) => seat)
  await world.call(teacher, markPresence, { params: { panelId }, body: { present } })
  for (const [at, who] of seats.slice(0, 5).entries())
    await world.call(who, castVote, {
      params: { panelId, caseId: id },
      body: { seat: members[at]?.seat ?? '', choice: 21 },
    })
  const closed = await world.call(teacher, closePanel, { params: { panelId }, body: { minutes: '多数同意' } })
  expect(closed.status).toBe(200)

  expect((await sheetOf(officer, id)).body.panel).toMatchObject({ due: 6, present: 5, choice: 21, chairName: '王老师' })
  expect((await sheetOf(guardian, id)).body).toMatchObject({ schoolYear: 2025, panel: null })
  const stranger = await world.someone('class-teacher', world.units.classB1)
  expect((await sheetOf(stranger, id)).status).toBe(404)
  const { rows } = await world.owner.query(
    "select count(*)::int as n from audit_entries where action = 'recognition.get-application-sheet' and subject = $1 and actor_id = $2",
    [id, officer.personId],
  )
  expect(rows[0]?.n).toBe(1)
})
