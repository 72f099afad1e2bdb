import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  attachToCase,
  castVote,
  closePanel,
  convenePanel,
  getCase,
  listBox,
  listMyCases,
  markPresence,
  moveCase,
  moveCases,
  openCase,
  saveContent,
} from '#contract/flows'
import { getAnnouncement, getRoundProgress, listRounds, object, openRound } from '#contract/recognition'
import { keepClocks } from '#server/flows'
import { addGuardian, type TestGuardian } from '../test-family.ts'
import { type Child, openWorld, type Someone, type World } from '../test-world.ts'

let now = new Date('2025-11-20T10:00:00+08:00')
let world: World
let officer: Someone
let teacher: Someone
let principal: Someone
let leader: Someone
let county: Someone
let colleagues: Someone[]
let guardian: TestGuardian
let child: Child
const roundId = uuidv7()

const png = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(200)])

beforeAll(async () => {
  world = await openWorld('2025-11-20', { now: () => now })
  const { schoolA, classA1, county: place } = world.units
  officer = await world.someone('school-aid-officer', schoolA, '周专干')
  principal = await world.someone('principal', schoolA, '郑校长')
  leader = await world.someone('leader-in-charge', schoolA, '冯副校长')
  county = await world.someone('county-aid-officer', place, '县专干')
  teacher = await world.someone('class-teacher', classA1, '王老师')
  colleagues = []
  for (const name of ['甲老师', '乙老师', '丙老师', '丁老师'])
    colleagues.push(await world.someone('teacher', schoolA, name))
  child = world.children.a1[0] as Child
  guardian = await addGuardian(world, child)
  await world.owner.query(
    `insert into recognition_rounds (id, unit_id, unit_path, school_year, term, notice_on, opens_on, closes_on, notice, opened_by, opened_by_name)
     values ($1, $2, $3, 2025, 1, '2025-11-01', '2025-11-10', '2025-11-28', '请按时提出申请', $4, '县专干')`,
    [roundId, place.id, place.path, county.personId],
  )
})
afterAll(() => world.close())

const content = {
  full_name: '赵一',
  household_size: 4,
  guardian_mobile: '13800000001',
  home_address: '柳堡镇二组',
  member1_name: '赵父',
  member1_relation: 51,
  special_groups: [6],
  per_capita_income: 300_000,
  home_region: 2,
  home_urban: 1,
  own_health: 1,
  parents: 1,
  promise: true,
}

const key = (caseId: string) => ({ schoolId: child.schoolId, caseId })
const draft = async (who: Someone, of: Child = child, filled: object = content) => {
  const id = uuidv7()
  const answered = await world.call(who, openCase, {
    params: { schoolId: of.schoolId },
    body: { id, flow: 'recognition-round', move: 'save', stepId: uuidv7(), studentId: of.id, content: filled as never },
  })
  return { id, answered }
}
const moved = async (who: Someone, caseId: string, move: string, more: object = {}) => {
  const { rows } = await world.owner.query('select version from flow_cases where id = $1', [caseId])
  return world.call(who, moveCase, {
    params: key(caseId),
    body: { stepId: uuidv7(), move, version: rows[0].version, ...more },
  })
}
const sign = (who: Someone, caseId: string, purpose = 'signature') =>
  world.call(who, attachToCase, { params: { ...key(caseId), fileId: uuidv7() }, query: { purpose }, body: png })
const submitted = async (who: Someone, of: Child): Promise<string> => {
  const { id, answered } = await draft(who, of, { ...content, full_name: of.name })
  expect(answered.body.refusal).toBeUndefined()
  await sign(who, id)
  const sent = await moved(who, id, 'submit')
  expect(sent.body).toMatchObject({ state: 'class-review' })
  return id
}
const see = (who: Someone, caseId: string) => world.call(who, getCase, { params: key(caseId) })

/** Sits over everything that waits in the class and votes one level for all. */
const judged = async (choice: number): Promise<void> => {
  const panelId = uuidv7()
  const seats = [teacher, ...colleagues].map((who, index) => ({
    seat: uuidv7(),
    personId: who.personId,
    name: who.name,
    side: 'teacher' as const,
    chair: index === 0,
    who,
  }))
  const convened = await world.call(teacher, convenePanel, {
    body: {
      id: panelId,
      flow: 'recognition-round',
      unitId: world.units.classA1.id,
      members: seats.map(({ who: _, ...seat }) => seat),
    },
  })
  expect(convened.body.refusal).toBeUndefined()
  await world.call(teacher, markPresence, { params: { panelId }, body: { present: seats.map(({ seat }) => seat) } })
  const { rows } = await world.owner.query('select case_id from flow_panel_cases where panel_id = $1', [panelId])
  for (const { case_id: caseId } of rows)
    for (const { who, seat } of seats)
      expect((await world.call(who, castVote, { params: { panelId, caseId }, body: { seat, choice } })).status).toBe(
        200,
      )
  const closed = await world.call(teacher, closePanel, { params: { panelId }, body: { minutes: '集体评议' } })
  expect(closed.status).toBe(200)
}
const announced = async (of: Child): Promise<string> => {
  const id = await submitted(teacher, of)
  await judged(21)
  await moved(officer, id, 'pass-school')
  expect((await moved(principal, id, 'decide')).body).toMatchObject({ state: 'announcement' })
  return id
}
const recognitionOf = async (of: Child) =>
  (
    await world.owner.query(
      `select level, basis, decided_by_name as by, ended_on, ended_reason from recognitions where student_id = $1 order by decided_at, id`,
      [of.id],
    )
  ).rows
const afterNotice = async () => {
  now = new Date('2025-11-28T00:00:01+08:00')
  await keepClocks(world.program.engine)
  now = new Date('2025-11-20T10:00:00+08:00')
}

describe('[C8 C19] a round', () => {
  test('is told early and opens from a day to a day; a class teacher opens none', async () => {
    const body = {
      id: uuidv7(),
      term: 2 as const,
      noticeOn: '2026-02-20',
      opensOn: '2026-03-01',
      closesOn: '2026-03-20',
      notice: '春季学期申请即将开始,请提前准备。',
    }
    const open = (who: Someone, more: object = {}) =>
      world.call(who, openRound, { params: { unitId: world.units.schoolA.id }, body: { ...body, ...more } })
    expect((await open(teacher)).body.refusal?.code).toBe('people.not-permitted')
    expect((await open(officer, { opensOn: '2026-02-21' })).body.refusal?.code).toBe('recognition.round-dates')
    expect((await open(officer)).status).toBe(200)
    expect((await open(officer)).status).toBe(200)
    expect((await open(officer, { id: uuidv7() })).body.refusal?.code).toBe('recognition.round-exists')
    const asked = { params: { unitId: world.units.schoolA.id } }
    expect((await world.call(officer, listRounds, asked)).body.rounds).toHaveLength(2)
    expect((await world.call(guardian, listRounds, asked)).body.rounds).toMatchObject([{ id: roundId, isOpen: true }])
  })

  test('takes an application of a guardian page by page, signed, and shows where it stands, never how it is judged', async () => {
    const { id, answered } = await draft(guardian, child, { full_name: '赵一' })
    expect(answered.body).toMatchObject({ state: 'draft' })
    expect((await moved(guardian, id, 'submit')).body.refusal?.code).toBe('flows.needs-content')
    const saved = await world.call(guardian, saveContent, { params: key(id), body: { content, version: 1 } })
    expect(saved.status).toBe(200)
    expect((await moved(guardian, id, 'submit')).body.refusal?.code).toBe('flows.needs-signature')
    const huge = await world.call(guardian, attachToCase, {
      params: { ...key(id), fileId: uuidv7() },
      query: { purpose: 'signature' },
      body: Buffer.concat([png, Buffer.alloc(50 * 1024 * 1024)]),
    })
    expect(huge.status).toBe(413)
    expect((await sign(guardian, id)).status).toBe(200)
    await world.call(guardian, saveContent, {
      params: key(id),
      body: { content: { ...content, promise: false }, version: 1 },
    })
    expect((await moved(guardian, id, 'submit')).body.refusal?.code).toBe('recognition.not-promised')
    await world.call(guardian, saveContent, { params: key(id), body: { content, version: 1 } })
    expect((await moved(guardian, id, 'submit')).body).toMatchObject({ state: 'class-review' })
    expect((await draft(guardian)).answered.body.refusal?.code).toBe('recognition.applied-already')
    const mine = await world.call(guardian, listMyCases)
    expect(mine.body.cases[0]).toMatchObject({ told: '学校正在看您的申请', title: '学年申请' })
    expect((await see(guardian, id)).body).toMatchObject({ steps: [], outcome: {}, content: { full_name: '赵一' } })
    expect((await see(teacher, id)).body.outcome).toMatchObject({ score: 110 })
    const returned = await moved(teacher, id, 'return', { reason: '请补充户口本照片' })
    expect(returned.body).toMatchObject({ state: 'draft' })
    expect((await see(guardian, id)).body).toMatchObject({ told: '还没有提交', toldWhy: '请补充户口本照片' })
    expect((await moved(guardian, id, 'withdraw')).body).toMatchObject({ state: 'withdrawn' })
  })

  test('refuses somebody else’s child, a closed round, and who is recognised already', async () => {
    const other = world.children.a1[1] as Child
    expect((await draft(guardian, other)).answered.status).toBe(404)
    const foreign = await world.someone('class-teacher', world.units.classB1)
    expect((await draft(foreign)).answered.status).toBe(404)
    await world.owner.query("update recognition_rounds set closes_on = '2025-11-19' where id = $1", [roundId])
    const late = await draft(guardian)
    expect(late.answered.body.refusal).toMatchObject({ code: 'recognition.no-round' })
    expect(late.answered.body.refusal?.sentence).toContain('2026-03-01')
    await world.owner.query("update recognition_rounds set closes_on = '2025-11-28' where id = $1", [roundId])
  })

  test('filled in by the class teacher needs the signed paper', async () => {
    const other = world.children.a1[1] as Child
    const { id } = await draft(teacher, other, { ...content, full_name: other.name })
    expect((await moved(teacher, id, 'submit')).body.refusal?.code).toBe('flows.needs-signature')
    await sign(teacher, id, 'signed-paper')
    expect((await moved(teacher, id, 'submit')).body).toMatchObject({ state: 'class-review' })
    await world.owner.query("update flow_cases set state = 'withdrawn' where id = $1", [id])
  })
})

describe('[C8 C19] from the panel to the filing', () => {
  test('the level is the school’s, not the score’s; it stands after the announcement without objection, and is filed with a receipt', async () => {
    const of = world.children.a1[2] as Child
    const id = await announced(of)
    expect(await recognitionOf(of)).toEqual([])
    expect((await moved(principal, id, 'notice-over')).body.refusal?.code).toBe('flows.not-your-post')
    await afterNotice()
    expect((await see(officer, id)).body).toMatchObject({ state: 'recognised', outcome: { level: 21, panelLevel: 21 } })
    expect(await recognitionOf(of)).toMatchObject([{ level: 21, basis: 'panel', by: '郑校长', ended_on: null }])
    const fact = await world.owner.query('select hardship_level from facts_family where student_id = $1', [of.id])
    expect(fact.rows[0]?.hardship_level).toBe(21)
    const { rows } = await world.owner.query('select version from flow_cases where id = $1', [id])
    const filed = await world.call(officer, moveCases, {
      params: { schoolId: of.schoolId },
      body: {
        flow: 'recognition-round',
        move: 'file',
        items: [{ caseId: id, stepId: uuidv7(), version: rows[0].version }],
      },
    })
    expect(filed.body).toMatchObject({ moved: 1 })
    expect((await moved(officer, id, 'receive')).body.refusal?.code).toBe('flows.not-your-post')
    expect(
      (await world.call(county, listBox, { params: { box: 'todo' } })).body.lines.map(({ caseId }) => caseId),
    ).toContain(id)
    expect((await moved(county, id, 'receive')).body).toMatchObject({ state: 'filed' })
    expect((await see(county, id)).body.outcome.receipt).toMatch(/^20251120-/)
    const progress = await world.call(officer, getRoundProgress, {
      params: { roundId },
      query: { unit: world.units.schoolA.id },
    })
    expect(progress.body.lines.find(({ unitName }) => unitName === '2023级1班')?.byState).toMatchObject({ filed: 1 })

    // Adjusted in the term, looked at again, and cancelled as untrue: each ends what stood and says so.
    expect((await moved(officer, id, 'adjust', { reason: '没有变化', fields: { level: 21 } })).body.refusal?.code).toBe(
      'recognition.same-level',
    )
    expect((await moved(officer, id, 'adjust', { reason: '父亲重病', fields: { level: 1 } })).body).toMatchObject({
      state: 'recognised',
    })
    expect((await moved(county, id, 'recheck', { reason: '群众反映收入不符' })).body).toMatchObject({
      state: 'rechecking',
    })
    expect(
      (await moved(officer, id, 'keep-otherwise', { reason: '复核后调整', fields: { level: 22 } })).body,
    ).toMatchObject({ state: 'recognised' })
    expect((await moved(officer, id, 'cancel', { reason: '隐瞒收入' })).body.refusal?.code).toBe('flows.not-your-post')
    expect(
      (await moved(principal, id, 'cancel', { reason: '隐瞒收入', fields: { recovers: 50_000 } })).body,
    ).toMatchObject({ state: 'dishonest' })
    expect((await recognitionOf(of)).map(({ level, ended_reason }) => [level, ended_reason])).toEqual([
      [21, 'adjusted'],
      [1, 'adjusted'],
      [22, 'dishonest'],
    ])
    const after = await world.owner.query('select hardship_level from facts_family where student_id = $1', [of.id])
    expect(after.rows[0]?.hardship_level).toBe(3)
  })

  test('a level found otherwise needs its reason; what the panel did not support is refused in writing and told', async () => {
    const of = world.children.a1[3] as Child
    const id = await submitted(teacher, of)
    await judged(3)
    await moved(officer, id, 'pass-school')
    expect((await moved(principal, id, 'decide')).body.refusal?.code).toBe('recognition.level-missing')
    expect((await moved(principal, id, 'decide-level', { fields: { level: 22 } })).body.refusal?.code).toBe(
      'flows.reason-missing',
    )
    expect((await moved(principal, id, 'refuse', { reason: '家庭收入稳定' })).body).toMatchObject({ state: 'refused' })
    expect((await see(teacher, id)).body.toldWhy).toBe('家庭收入稳定')
    expect(await recognitionOf(of)).toEqual([])
  })
})

describe('[C19] the announcement', () => {
  test('says what the allow-list names and nothing else, to people of the school, and is gone when its days are over', async () => {
    const of = world.children.a1[4] as Child
    const id = await announced(of)
    const ask = (who: Someone) => world.call(who, getAnnouncement, { params: { schoolId: of.schoolId } })
    const { body } = await ask(guardian)
    const line = body.lines.find(({ name }) => name === of.name)
    expect(Object.keys(line ?? {}).sort()).toEqual([
      'className',
      'collegeName',
      'gradeName',
      'level',
      'line',
      'name',
      'schoolName',
      'until',
    ])
    expect(line).toMatchObject({ className: '2023级1班', level: '第二档' })
    const text = JSON.stringify(body)
    for (const secret of ['柳堡镇二组', '13800000001', '低保', '赵父', '困难', '资助', of.id, id])
      expect(text).not.toContain(secret)
    expect((await ask(await world.someone('class-teacher', world.units.classB1))).status).toBe(404)
    const response = await world.program.app.inject({
      url: `/api/schools/${of.schoolId}/announcement`,
      headers: { cookie: guardian.cookie },
    })
    expect(response.headers['x-robots-tag']).toContain('noindex')
    expect((await world.program.app.inject({ url: `/api/schools/${of.schoolId}/announcement` })).statusCode).toBe(401)
    now = new Date('2025-11-27T23:59:58+08:00')
    expect((await ask(guardian)).body.lines.map(({ name }) => name)).toContain(of.name)
    // Nobody took it down, and no clock has run: it is not there all the same.
    now = new Date('2025-11-28T00:00:01+08:00')
    expect((await ask(guardian)).body.lines).toEqual([])
    now = new Date('2025-11-20T10:00:00+08:00')

    const objection = uuidv7()
    const body2 = {
      id: objection,
      stepId: uuidv7(),
      line: line?.line ?? '',
      facts: '他家去年新买了两套房,请核实一下',
      anonymous: true,
    }
    const objected = (who: Someone, more: object = {}) =>
      world.call(who, object, { params: { schoolId: of.schoolId }, body: { ...body2, ...more } })
    expect(
      (await objected(guardian, { id: uuidv7(), stepId: uuidv7(), line: 'ffffffffffff' })).body.refusal?.code,
    ).toBe('recognition.not-announced')
    expect((await objected(guardian)).body).toMatchObject({ state: 'open' })
    const stored = await world.owner.query('select opened_by, applicant_id, excluded from flow_cases where id = $1', [
      objection,
    ])
    expect(JSON.stringify(stored.rows[0])).not.toContain(guardian.personId)
    const trace = await world.owner.query(
      'select count(*)::int as n from audit_entries where actor_id = $1 and subject = $2',
      [guardian.personId, objection],
    )
    expect(trace.rows[0]?.n).toBe(0)
    // Who decided does not answer for it and does not find it; who had no part does.
    expect((await see(principal, objection)).status).toBe(404)
    expect((await see(officer, objection)).status).toBe(404)
    expect((await see(teacher, objection)).status).toBe(404)
    const answering = await see(leader, objection)
    expect(answering.body.outcome).toMatchObject({ name: of.name, class: '2023级1班', level: '第二档' })

    await afterNotice()
    expect((await see(officer, id)).body).toMatchObject({ state: 'objected' })
    expect(await recognitionOf(of)).toEqual([])
    expect((await moved(officer, id, 'settle', { reason: '已核实' })).body.refusal?.code).toBe('flows.needs-answer')
    expect(
      (
        await moved(leader, objection, 'answer', {
          reason: '房产属于同名的人,认定依据没有变化',
          fields: { upheld: false },
        })
      ).body,
    ).toMatchObject({ state: 'answered' })
    expect((await moved(officer, id, 'settle', { reason: '异议已核实答复' })).body).toMatchObject({
      state: 'recognised',
    })
    expect(await recognitionOf(of)).toMatchObject([{ level: 21, by: '郑校长' }])
  })
})

describe('[C26] somebody admitted before there is a number', () => {
  test('is kept by the school, matched by number and name later, and follows the student from then on', async () => {
    const id = uuidv7()
    const admit = (who: Someone) =>
      world.call(who, openCase, {
        params: { schoolId: child.schoolId },
        body: {
          id,
          flow: 'recognition-round',
          move: 'admit',
          stepId: uuidv7(),
          studentId: null,
          content: { full_name: '新来的' } as never,
        },
      })
    expect((await admit(guardian)).status).not.toBe(200)
    expect((await admit(officer)).body).toMatchObject({ state: 'admitted' })
    expect((await moved(officer, id, 'match', { fields: { number: '不存在' } })).body.refusal?.code).toBe(
      'recognition.no-such-number',
    )
    const student = await world.child(world.units.classA2, '新来的')
    const { rows } = await world.owner.query('select number from students where id = $1', [student.id])
    const wrong = (await world.owner.query('select number from students where id = $1', [child.id])).rows[0].number
    expect((await moved(officer, id, 'match', { fields: { number: wrong } })).body.refusal?.code).toBe(
      'recognition.no-such-number',
    )
    expect((await moved(officer, id, 'match', { fields: { number: rows[0].number } })).body).toMatchObject({
      state: 'draft',
    })
    const stands = await world.owner.query('select student_id, scope, place from flow_cases where id = $1', [id])
    expect(stands.rows[0]).toEqual({ student_id: student.id, scope: student.scope, place: student.scope })
    const ofClass = await world.someone('class-teacher', world.units.classA2, '二班老师')
    expect((await see(ofClass, id)).status).toBe(200)
    expect((await see(teacher, id)).status).toBe(404)
  })
})
