import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { getCarePlan, listFilings } from '#contract/care'
import {
  castVote,
  closePanel,
  convenePanel,
  getCase,
  getPanel,
  listBox,
  listMyCases,
  listOpenable,
  listPanels,
  markPresence,
  openCase,
  saveContent,
} from '#contract/flows'
import { pairMentor } from '#contract/mentoring'
import { decideKeyListing } from '#contract/recognition'
import { keepClocks } from '#server/flows'
import { addGuardian, addStudentAccount } from '../test-family.ts'
import { type Child, openWorld, type Someone, type World } from '../test-world.ts'
import { actsIn, type Cast, castOf, confirmation, content, seatsOf, underShaanxi } from './listing.fixture.ts'

describe('the key list where the pack of Shaanxi holds', () => {
  let world: World
  let cast: Cast
  let now = new Date('2025-11-20T10:00:00+08:00')

  beforeAll(async () => {
    world = await openWorld('2025-11-20', { now: () => now })
    await underShaanxi(world)
    cast = await castOf(world)
  })
  afterAll(() => world.close())

  test('[G4 G5 G6] is asked for by a teacher, deliberated on by a panel, confirmed, filed upward and acknowledged, each by its post', async () => {
    const { open, move, sit, listed, fact } = actsIn(world)
    const child = world.children.a1[0] as Child
    const { id, answered } = await open(cast.teacher, child)
    expect(answered.body).toMatchObject({ state: 'reviewing', version: 1 })
    const alone = await move(cast.officer, child, id, 'review', 1, { fields: { choice: 1 } })
    expect(alone.body.refusal?.code).toBe('flows.not-your-post')
    expect((await world.call(cast.officer, listPanels, {})).body.waiting).toMatchObject([
      { flow: 'care-listing', state: 'reviewing', unitId: world.units.schoolA.id, cases: 1, least: 3 },
    ])
    await sit(cast, 'reviewing', { [id]: 1 })
    const judged = await world.call(cast.principal, getCase, { params: { schoolId: child.schoolId, caseId: id } })
    expect(judged.body).toMatchObject({ state: 'confirming', outcome: { review: 1, reviewedOn: '2025-11-20' } })
    expect((await move(cast.officer, child, id, 'confirm', 2, { fields: confirmation })).body.refusal?.code).toBe(
      'flows.not-your-post',
    )
    expect(judged.body.steps.at(-1)).toMatchObject({ by: '李主任', filled: [{ label: '结果', words: '必要且可行' }] })
    expect(await fact(child)).not.toBe(true)
    expect((await move(cast.principal, child, id, 'confirm', 2, { fields: confirmation })).body).toMatchObject({
      state: 'filing',
    })
    expect(await listed(child)).toMatchObject([{ until_date: null, difficulties: [1, 6], care: true, owner: 2 }])
    expect(await fact(child)).toBe(true)
    expect((await move(cast.officer, child, id, 'file', 3)).body).toMatchObject({ state: 'acknowledging' })
    const acknowledged = await move(cast.county, child, id, 'acknowledge', 4, { fields: { receipt: '备2025-11' } })
    expect(acknowledged.body).toMatchObject({ state: 'listed' })
    const key = { params: { schoolId: child.schoolId, studentId: child.id } }
    expect((await world.call(cast.officer, getCarePlan, key)).body.plan).toMatchObject({
      care: confirmation.care,
      owner: '心理健康教育部门',
      keeper: '林老师',
      reviewOn: '2026-04-19',
      receipt: '备2025-11',
    })
    expect((await world.call(cast.teacher, getCarePlan, key)).body).toEqual({ plan: null })
    expect((await world.call(cast.otherTeacher, getCarePlan, key)).status).toBe(404)
    const filed = await world.call(cast.county, listFilings)
    expect(filed.body.filings).toMatchObject([
      {
        caseId: id,
        studentName: child.name,
        receipt: '备2025-11',
        receiptOn: '2025-11-20',
        stateLabel: '在册,定期评议',
      },
    ])
    expect((await world.call(cast.county, listFilings, { query: { only: 'waiting' } })).body.filings).toEqual([])
    expect((await world.call(cast.teacher, listFilings)).status).toBe(403)
    const spells = await world.owner.query(
      `select 1 from class_spells c join policy_rules r on r.number = c.rule where c.student_id = $1 and r.key = 'shaanxi/key-student' and c.until is null`,
      [child.id],
    )
    expect(spells.rowCount).toBe(1)
  })

  test('[G3 G5] a sitting is found by its members and by who sees the list, by no class teacher; nothing is taken from it', async () => {
    const { open, move } = actsIn(world)
    const child = world.children.a1[1] as Child
    const { id } = await open(cast.teacher, child)
    const panelId = uuidv7()
    const seats = seatsOf(cast.members)
    const wish = { id: panelId, flow: 'care-listing', state: 'reviewing', unitId: world.units.schoolA.id }
    const few = await world.call(cast.officer, convenePanel, { body: { ...wish, members: seats.slice(0, 2) } })
    expect(few.body.refusal?.code).toBe('flows.panel-too-small')
    const byTeacher = await world.call(cast.teacher, convenePanel, { body: { ...wish, members: seats } })
    expect([403, 404]).toContain(byTeacher.status)
    expect((await world.call(cast.officer, convenePanel, { body: { ...wish, members: seats } })).status).toBe(200)
    const [, psychologist] = cast.members as [Someone, Someone, Someone]
    const sheet = await world.call(psychologist, getPanel, { params: { panelId } })
    expect(sheet.body.cases).toMatchObject([
      { caseId: id, advice: [{ words: content.facts }, { words: content.care }] },
    ])
    for (const who of [cast.teacher, cast.otherTeacher]) {
      expect((await world.call(who, listPanels, {})).body).toEqual({ panels: [], waiting: [] })
      expect((await world.call(who, getPanel, { params: { panelId } })).status).toBe(404)
    }
    expect((await world.call(cast.officer, listPanels, {})).body.panels.map((one) => one.id)).toContain(panelId)
    const taken = await move(cast.officer, child, id, 'return', 1)
    expect(taken.body.refusal?.code).toBe('care.being-judged')
    const withdrawn = await move(cast.teacher, child, id, 'withdraw', 1)
    expect(withdrawn.body.refusal?.code).toBe('care.being-judged')
    const params = { panelId }
    const early = await world.call(cast.members[0] as Someone, closePanel, {
      params,
      body: { minutes: '还没有人到会' },
    })
    expect(early.body.refusal?.code).toBe('flows.needs-quorum')
    await world.call(cast.officer, markPresence, { params, body: { present: seats.map(({ seat }) => seat) } })
    for (const [at, who] of cast.members.entries())
      await world.call(who, castVote, {
        params: { ...params, caseId: id },
        body: { seat: seats[at]?.seat ?? '', choice: at === 0 ? 1 : 3 },
      })
    await world.call(cast.members[0] as Someone, closePanel, { params, body: { minutes: '多数认为不必' } })
    const { body } = await world.call(cast.officer, getCase, { params: { schoolId: child.schoolId, caseId: id } })
    expect(body).toMatchObject({ state: 'declined', outcome: { review: 3 } })
  })

  test('[G7] is judged again when the time comes, kept with another plan, left after a sitting, watched, and ended by the time itself', async () => {
    const { open, move, sit, listed, fact } = actsIn(world)
    const child = world.children.a1[1] as Child
    const key = { params: { schoolId: child.schoolId, caseId: '' } }
    now = new Date('2025-11-20T10:00:00+08:00')
    const { id } = await open(cast.teacher, child)
    key.params.caseId = id
    const stands = async () => (await world.call(cast.officer, getCase, key)).body
    await sit(cast, 'reviewing', { [id]: 1 })
    await move(cast.principal, child, id, 'confirm', 2, { fields: confirmation })
    await move(cast.officer, child, id, 'file', 3)
    await move(cast.county, child, id, 'acknowledge', 4, { fields: { receipt: '1' } })
    const unasked = await move(cast.officer, child, id, 'adjust', 5, { fields: { care: '每两周谈心' } })
    expect(unasked.body.refusal?.code).toBe('care.not-reviewed')
    now = new Date('2026-04-20T10:00:00+08:00')
    await keepClocks(world.program.engine)
    expect(await stands()).toMatchObject({ state: 'exit-reviewing', version: 6 })
    await sit(cast, 'exit-reviewing', { [id]: 3 })
    expect(await stands()).toMatchObject({ state: 'listed', outcome: { again: 3 } })
    const adjusted = await move(cast.officer, child, id, 'adjust', 7, { fields: { care: '每两周谈心' } })
    expect(adjusted.body).toMatchObject({ state: 'listed', version: 8 })
    expect((await move(cast.officer, child, id, 'propose-exit', 8, { fields: { development: 1 } })).body).toMatchObject(
      {
        state: 'exit-reviewing',
      },
    )
    await sit(cast, 'exit-reviewing', { [id]: 1 })
    expect((await move(cast.principal, child, id, 'exit', 10)).body).toMatchObject({ state: 'watching' })
    expect(await fact(child)).toBe(false)
    expect((await listed(child))[0]?.until_date).not.toBeNull()
    const back = await move(cast.principal, child, id, 'relist', 11, { fields: confirmation })
    expect(back.body).toMatchObject({ state: 'listed' })
    expect(await listed(child)).toHaveLength(2)
    await move(cast.officer, child, id, 'propose-exit', 12, { fields: { development: 2 } })
    await sit(cast, 'exit-reviewing', { [id]: 1 })
    await move(cast.principal, child, id, 'exit', 14)
    now = new Date('2026-12-01T10:00:00+08:00')
    await keepClocks(world.program.engine)
    const ended = await stands()
    expect(ended).toMatchObject({ state: 'exited', final: true })
    expect(ended.steps.length).toBe(16)
    now = new Date('2025-11-20T10:00:00+08:00')
  })

  test('[G3] the class teacher who asked reads that the school is at it, not what it found; a colleague finds nothing', async () => {
    const { open, move, sit } = actsIn(world)
    const child = world.children.a1[2] as Child
    const { id } = await open(cast.teacher, child)
    await sit(cast, 'reviewing', { [id]: 1 })
    await move(cast.principal, child, id, 'confirm', 2, { fields: confirmation })
    const key = { params: { schoolId: child.schoolId, caseId: id } }
    const seen = await world.call(cast.teacher, getCase, key)
    expect(seen.body).toMatchObject({
      told: '学校正在落实',
      stateLabel: '学校正在落实',
      steps: [],
      outcome: {},
      waitingFor: [],
    })
    const done = await world.call(cast.teacher, listBox, { params: { box: 'done' } })
    expect(done.body.lines.find(({ caseId }) => caseId === id)?.stateLabel).toBe('学校正在落实')
    expect((await world.call(cast.otherTeacher, getCase, key)).status).toBe(404)
    expect((await world.call(cast.officer, getCase, key)).body.steps).toHaveLength(3)
  })

  test('[G4] a guardian asks for the own child and a student for itself; for another child they find nothing', async () => {
    const { open } = actsIn(world)
    const child = world.children.a1[3] as Child
    const guardian = await addGuardian(world, child)
    const student = await addStudentAccount(world, child)
    const offered = await world.call(guardian, listOpenable, {
      query: { schoolId: child.schoolId, studentId: child.id },
    })
    expect(offered.body.flows.find(({ id }) => id === 'care-listing')?.moves.map(({ id }) => id)).toEqual(['request'])
    const { id, answered } = await open(guardian, child)
    expect(answered.body).toMatchObject({ state: 'reviewing' })
    const mine = await world.call(guardian, listMyCases)
    expect(mine.body.cases).toMatchObject([
      { caseId: id, title: '成长支持', told: '学校正在研究', studentName: child.name },
    ])
    expect((await open(student, child)).answered.status).toBe(200)
    expect((await open(guardian, world.children.a1[4] as Child)).answered.status).toBe(404)
  })

  test('[G33] what a teacher asked for is not there for the guardian, neither as a case nor in any count', async () => {
    const { open } = actsIn(world)
    const child = world.children.a1[4] as Child
    const guardian = await addGuardian(world, child)
    const ask = async () => [
      (await world.call(guardian, listMyCases)).bytes.toString(),
      (
        await world.call(guardian, listOpenable, { query: { schoolId: child.schoolId, studentId: child.id } })
      ).bytes.toString(),
    ]
    const before = await ask()
    const { id } = await open(cast.teacher, child)
    expect(await ask()).toEqual(before)
    const key = { params: { schoolId: child.schoolId, caseId: id } }
    expect((await world.call(guardian, getCase, key)).status).toBe(404)
    expect((await world.call(cast.officer, getCase, key)).status).toBe(200)
  })

  test("a draft is its writer's: nobody else sends it or writes into it, whatever they see", async () => {
    const child = world.children.a2[1] as Child
    const id = uuidv7()
    await world.call(cast.otherTeacher, openCase, {
      params: { schoolId: child.schoolId },
      body: { id, flow: 'care-listing', move: 'save', stepId: uuidv7(), studentId: child.id, content: {} },
    })
    const mentor = await world.someone('mentor', world.units.schoolA)
    await world.call(cast.officer, pairMentor, {
      params: { schoolId: child.schoolId, studentId: child.id },
      body: { id: uuidv7(), mentorId: mentor.personId, fromDate: world.day },
    })
    const key = { params: { schoolId: child.schoolId, caseId: id } }
    const save = (who: Someone) => world.call(who, saveContent, { ...key, body: { content, version: 1 } })
    expect((await save(mentor)).body.refusal?.code).toBe('flows.not-your-post')
    expect((await actsIn(world).move(mentor, child, id, 'request', 1)).body.refusal?.code).toBe('flows.not-your-post')
    expect((await save(cast.otherTeacher)).status).toBe(200)
    expect((await actsIn(world).move(cast.otherTeacher, child, id, 'request', 1)).body).toMatchObject({
      state: 'reviewing',
    })
  })

  test('is neither confirmed in one step nor left in one step, nor twice', async () => {
    const { open, move, sit } = actsIn(world)
    const child = await world.child(world.units.classA2, '司马一')
    const quick = (wish: string) =>
      world.call(cast.principal, decideKeyListing, {
        params: { schoolId: child.schoolId, studentId: child.id },
        body: { id: uuidv7(), move: wish as 'confirm', care: null, reason: '情况属实', on: '2025-11-20' },
      })
    expect((await quick('confirm')).body.refusal?.code).toBe('recognition.steps-before')
    const first = await open(cast.otherTeacher, child)
    const second = await open(cast.otherTeacher, child)
    await sit(cast, 'reviewing', { [first.id]: 1, [second.id]: 1 })
    expect((await move(cast.principal, child, first.id, 'confirm', 2, { fields: confirmation })).status).toBe(200)
    const again = await move(cast.principal, child, second.id, 'confirm', 2, { fields: confirmation })
    expect(again.body.refusal?.code).toBe('care.already-listed')
    expect((await quick('exit')).body.refusal?.code).toBe('recognition.in-procedure')
  })
})

describe('the key list where the papers of Jiangsu hold', () => {
  let world: World
  let cast: Cast
  beforeAll(async () => {
    world = await openWorld()
    cast = await castOf(world)
  })
  afterAll(() => world.close())

  test('[C2] goes from the request to the confirmation by the officer, and needs no filing', async () => {
    const { open, move, fact } = actsIn(world)
    const child = world.children.a1[0] as Child
    const { id, answered } = await open(cast.teacher, child)
    expect(answered.body).toMatchObject({ state: 'confirming' })
    expect(
      (await world.call(cast.officer, listBox, { params: { box: 'todo' } })).body.lines.map((line) => line.caseId),
    ).toContain(id)
    expect((await move(cast.officer, child, id, 'confirm', 1, { fields: confirmation })).body).toMatchObject({
      state: 'listed',
    })
    expect(await fact(child)).toBe(true)
    expect((await move(cast.officer, child, id, 'propose-exit', 2, { fields: { development: 1 } })).body).toMatchObject(
      {
        state: 'exit-confirming',
      },
    )
  })
})
