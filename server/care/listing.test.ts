import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { getCase, listBox, listMyCases, listOpenable, moveCase, openCase, saveContent } from '#contract/flows'
import { pairMentor } from '#contract/mentoring'
import { decideKeyListing } from '#contract/recognition'
import { keepClocks } from '#server/flows'
import { addGuardian, addStudentAccount } from '../test-family.ts'
import { type Child, openWorld, type Someone, type World } from '../test-world.ts'

const content = { facts: '父母长期在外,近两周常独自哭泣', care: '每周谈心一次' }
const review = { members: '王校长、李主任、赵老师', necessary: 1, feasible: 1 }
const confirmation = { concerns: [1, 6], care: '心理老师每周谈心,导师每月家访' }

/** Adopts the pack of Shaanxi over the county instead of the papers of Jiangsu. */
const underShaanxi = async (world: World): Promise<void> => {
  await world.owner.query(`delete from pack_adoptions where issuer in ('jiangsu', 'taizhou')`)
  await world.owner.query(
    `insert into pack_adoptions (id, unit_id, unit_path, issuer, version, from_date) values ($1, $2, $3, 'shaanxi', '1.0.0', '2020-09-01')`,
    [uuidv7(), world.units.province.id, world.units.province.path],
  )
  await world.program.registry.refresh()
}

interface Cast {
  readonly teacher: Someone
  readonly otherTeacher: Someone
  readonly officer: Someone
  readonly principal: Someone
  readonly county: Someone
}

const castOf = async (world: World): Promise<Cast> => ({
  teacher: await world.someone('class-teacher', world.units.classA1),
  otherTeacher: await world.someone('class-teacher', world.units.classA2),
  officer: await world.someone('school-aid-officer', world.units.schoolA),
  principal: await world.someone('principal', world.units.schoolA),
  county: await world.someone('county-aid-officer', world.units.county),
})

const actsIn = (world: World) => {
  const open = async (who: Someone, child: Child) => {
    const id = uuidv7()
    const answered = await world.call(who, openCase, {
      params: { schoolId: child.schoolId },
      body: { id, flow: 'care-listing', move: 'request', stepId: uuidv7(), studentId: child.id, content },
    })
    return { id, answered }
  }
  const move = (who: Someone, child: Child, caseId: string, id: string, version: number, more: object = {}) =>
    world.call(who, moveCase, {
      params: { schoolId: child.schoolId, caseId },
      body: { stepId: uuidv7(), move: id, version, reason: '情况属实', ...more },
    })
  const listed = async (child: Child) =>
    (
      await world.owner.query(
        `select until_date, difficulties, care_text_cipher is not null as care from key_listings where student_id = $1 order by confirmed_at`,
        [child.id],
      )
    ).rows
  const fact = async (child: Child) =>
    (await world.owner.query(`select key_student from facts_protection where student_id = $1`, [child.id])).rows[0]
      ?.key_student
  return { open, move, listed, fact }
}

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

  test('[G4 G5 G6] is asked for by a teacher, deliberated on, confirmed, filed upward and acknowledged, each by its post', async () => {
    const { open, move, listed, fact } = actsIn(world)
    const child = world.children.a1[0] as Child
    const { id, answered } = await open(cast.teacher, child)
    expect(answered.body).toMatchObject({ state: 'reviewing', version: 1 })
    expect((await move(cast.teacher, child, id, 'review', 1, { fields: review })).body.refusal?.code).toBe(
      'flows.not-your-post',
    )
    expect(
      (await move(cast.officer, child, id, 'review', 1, { fields: { ...review, members: '王校长、王校长' } })).body
        .refusal?.code,
    ).toBe('care.too-few-reviewers')
    expect(
      (await move(cast.officer, child, id, 'review', 1, { fields: { ...review, feasible: 2 } })).body.refusal?.code,
    ).toBe('care.not-both')
    expect((await move(cast.officer, child, id, 'review', 1, { fields: review })).body).toMatchObject({
      state: 'confirming',
    })
    expect((await move(cast.officer, child, id, 'confirm', 2, { fields: confirmation })).body.refusal?.code).toBe(
      'flows.not-your-post',
    )
    expect(await fact(child)).not.toBe(true)
    expect((await move(cast.principal, child, id, 'confirm', 2, { fields: confirmation })).body).toMatchObject({
      state: 'filing',
    })
    expect(await listed(child)).toMatchObject([{ until_date: null, difficulties: [1, 6], care: true }])
    expect(await fact(child)).toBe(true)
    expect((await move(cast.officer, child, id, 'file', 3)).body).toMatchObject({ state: 'acknowledging' })
    const acknowledged = await move(cast.county, child, id, 'acknowledge', 4, { fields: { receipt: '备2025-11' } })
    expect(acknowledged.body).toMatchObject({ state: 'listed' })
    const spells = await world.owner.query(
      `select 1 from class_spells c join policy_rules r on r.number = c.rule where c.student_id = $1 and r.key = 'shaanxi/key-student' and c.until is null`,
      [child.id],
    )
    expect(spells.rowCount).toBe(1)
  })

  test('[G7] is left after a review, watched, and ended by the time itself; history stays', async () => {
    const { open, move, listed, fact } = actsIn(world)
    const child = world.children.a1[1] as Child
    now = new Date('2025-11-20T10:00:00+08:00')
    const { id } = await open(cast.teacher, child)
    await move(cast.officer, child, id, 'review', 1, { fields: review })
    await move(cast.principal, child, id, 'confirm', 2, { fields: confirmation })
    await move(cast.officer, child, id, 'file', 3)
    await move(cast.county, child, id, 'acknowledge', 4, { fields: { receipt: '1' } })
    const assessed = await move(cast.officer, child, id, 'assess', 5, { fields: { progress: 1, care: '每两周谈心' } })
    expect(assessed.body).toMatchObject({ state: 'listed', version: 6 })
    expect((await move(cast.officer, child, id, 'propose-exit', 6, { fields: { development: 1 } })).body).toMatchObject(
      {
        state: 'exit-reviewing',
      },
    )
    await move(cast.officer, child, id, 'review-exit', 7, { fields: { members: '王、李、赵', development: 1 } })
    expect((await move(cast.principal, child, id, 'exit', 8)).body).toMatchObject({ state: 'watching' })
    expect(await fact(child)).toBe(false)
    expect((await listed(child))[0]?.until_date).not.toBeNull()
    const back = await move(cast.principal, child, id, 'relist', 9, { fields: confirmation })
    expect(back.body).toMatchObject({ state: 'listed' })
    expect(await listed(child)).toHaveLength(2)
    await move(cast.officer, child, id, 'propose-exit', 10, { fields: { development: 2 } })
    await move(cast.officer, child, id, 'review-exit', 11, { fields: { members: '王、李、赵', development: 2 } })
    await move(cast.principal, child, id, 'exit', 12)
    now = new Date('2026-06-01T10:00:00+08:00')
    await keepClocks(world.program.engine)
    const key = { params: { schoolId: child.schoolId, caseId: id } }
    const { body } = await world.call(cast.officer, getCase, key)
    expect(body).toMatchObject({ state: 'exited', final: true })
    expect(body.steps.length).toBe(14)
    now = new Date('2025-11-20T10:00:00+08:00')
  })

  test('[G3] the class teacher who asked reads that the school is at it, not what it found; a colleague finds nothing', async () => {
    const { open, move } = actsIn(world)
    const child = world.children.a1[2] as Child
    const { id } = await open(cast.teacher, child)
    await move(cast.officer, child, id, 'review', 1, { fields: review })
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
    const { open, move } = actsIn(world)
    const child = world.children.a2[0] as Child
    const quick = (wish: string) =>
      world.call(cast.principal, decideKeyListing, {
        params: { schoolId: child.schoolId, studentId: child.id },
        body: { id: uuidv7(), move: wish as 'confirm', care: null, reason: '情况属实', on: '2025-11-20' },
      })
    expect((await quick('confirm')).body.refusal?.code).toBe('recognition.steps-before')
    const first = await open(cast.otherTeacher, child)
    const second = await open(cast.otherTeacher, child)
    for (const { id } of [first, second]) await move(cast.officer, child, id, 'review', 1, { fields: review })
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
