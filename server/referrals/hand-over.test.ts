import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { getCase, listBox, moveCase, openCase } from '#contract/flows'
import { listDepartments } from '#contract/referrals'
import { listStudents } from '#contract/students'
import { keepClocks } from '#server/flows'
import { type Child, openWorld, type Someone, type World } from '../test-world.ts'

let now = new Date('2025-11-20T10:00:00+08:00')
let world: World
let child: Child
let teacher: Someone
let officer: Someone
let psychologist: Someone
let partner: Someone
let otherPartner: Someone
let county: Someone

const office = { id: uuidv7(), path: 'a.t.c.o1.', name: '县民政局' }
const otherOffice = { id: uuidv7(), path: 'a.t.c.o2.', name: '县残联' }

beforeAll(async () => {
  world = await openWorld('2025-11-20', { now: () => now })
  child = world.children.a1[0] as Child
  for (const { id, path, name } of [office, otherOffice])
    await world.owner.query(`insert into units (id, parent_id, path, kind, name) values ($1, $2, $3, 'office', $4)`, [
      id,
      world.units.county.id,
      path,
      name,
    ])
  teacher = await world.someone('class-teacher', world.units.classA1)
  officer = await world.someone('school-aid-officer', world.units.schoolA)
  psychologist = await world.someone('psychology-teacher', world.units.schoolA)
  county = await world.someone('county-aid-officer', world.units.county)
  partner = await world.someone('partner-officer', office, '民政小陈')
  otherPartner = await world.someone('partner-officer', otherOffice, '残联小刘')
})
afterAll(() => world.close())

const numbers = async () =>
  new Map(
    (await world.call(teacher, listDepartments, { params: { schoolId: child.schoolId } })).body.departments.map(
      ({ name, number }) => [name, number],
    ),
  )
const hand = async (department: number, more = {}) => {
  const id = uuidv7()
  const content = { asked: '请核实低保申请办到哪一步', told: '三年级学生,与祖母同住', until: '2025-12-05', department }
  const answered = await world.call(teacher, openCase, {
    params: { schoolId: child.schoolId },
    body: {
      id,
      flow: 'hand-over',
      move: 'send',
      stepId: uuidv7(),
      studentId: child.id,
      content: { ...content, ...more },
    },
  })
  return { id, answered }
}
const move = (who: Someone, caseId: string, id: string, version: number, reason: string | null = '已办理') =>
  world.call(who, moveCase, {
    params: { schoolId: child.schoolId, caseId },
    body: { stepId: uuidv7(), move: id, version, reason },
  })
const see = (who: Someone, caseId: string) => world.call(who, getCase, { params: { schoolId: child.schoolId, caseId } })
const todo = async (who: Someone) =>
  (await world.call(who, listBox, { params: { box: 'todo' } })).body.lines.map(({ caseId }) => caseId)

describe('[Z3 C20] a task handed to another department', () => {
  test('lies on the desk of that partner alone, who sees what was written and no student, and answers by a date', async () => {
    const { id, answered } = await hand((await numbers()).get('县民政局') as number)
    expect(answered.body).toMatchObject({ state: 'sent' })
    expect(await todo(partner)).toEqual([id])
    expect(await todo(otherPartner)).toEqual([])
    expect((await see(otherPartner, id)).status).toBe(404)
    const seen = (await see(partner, id)).body
    expect(seen).toMatchObject({
      studentName: null,
      className: null,
      outcome: { department: '县民政局', until: '2025-12-05' },
    })
    expect(JSON.stringify(seen)).not.toContain(child.name)
    const named = async (who: Someone) =>
      (await world.call(who, listStudents, { query: { unit: child.schoolId } })).bytes.toString().includes(child.name)
    expect([await named(officer), await named(partner)]).toEqual([true, false])
    await move(partner, id, 'accept', 1)
    expect((await move(partner, id, 'answer', 2, '已批准,下月发放')).body).toMatchObject({ state: 'answered' })
    expect((await see(teacher, id)).body).toMatchObject({ toldWhy: '已批准,下月发放', steps: [] })
    expect((await see(officer, id)).body.steps).toHaveLength(3)
    expect((await move(teacher, id, 'ask-again', 3, '还没有收到')).body).toMatchObject({ state: 'accepted' })
    expect(await todo(partner)).toContain(id)
    await move(partner, id, 'answer', 4, '已到账')
    expect((await move(partner, id, 'confirm', 5)).body.refusal?.code ?? 'not found').toMatch(
      /not-your-post|not found|not-found/,
    )
    expect((await move(teacher, id, 'confirm', 5)).body).toMatchObject({ state: 'closed' })
  })

  test('goes to a colleague at the own school by the post that does such things', async () => {
    const { id } = await hand(1)
    expect(await todo(psychologist)).toContain(id)
    expect((await move(psychologist, id, 'return', 1, '请先约家长')).body).toMatchObject({ state: 'returned' })
    expect(await todo(teacher)).toContain(id)
    expect((await move(teacher, id, 'cancel', 2, '家长已带去就诊')).body).toMatchObject({ state: 'cancelled' })
  })

  test('not taken in within its days is brought to the county', async () => {
    const { id } = await hand((await numbers()).get('县残联') as number)
    expect(await todo(county)).not.toContain(id)
    now = new Date('2025-11-26T10:00:00+08:00')
    await keepClocks(world.program.engine)
    expect(await todo(county)).toContain(id)
    now = new Date('2025-11-20T10:00:00+08:00')
  })

  test('is refused for a department there is not, one where nobody is, a day gone by, and from who is nothing to the student', async () => {
    expect((await hand(99)).answered.body.refusal?.code).toBe('referrals.department')
    expect((await hand(1, { until: '2025-11-20' })).answered.body.refusal?.code).toBe('referrals.until')
    await world.owner.query(`update appointments set until_date = '2025-11-01' where person_id = $1`, [
      otherPartner.personId,
    ])
    expect((await hand((await numbers()).get('县残联') as number)).answered.body.refusal?.code).toBe(
      'referrals.department',
    )
    const stranger = await world.someone('class-teacher', world.units.classB1)
    const id = uuidv7()
    const asked = await world.call(stranger, openCase, {
      params: { schoolId: child.schoolId },
      body: {
        id,
        flow: 'hand-over',
        move: 'send',
        stepId: uuidv7(),
        studentId: child.id,
        content: { asked: '问', told: '问', until: '2025-12-05', department: 1 },
      },
    })
    expect(asked.status).toBe(404)
    expect((await world.call(stranger, listDepartments, { params: { schoolId: child.schoolId } })).status).toBe(404)
    expect((await world.call(teacher, listDepartments, { params: { schoolId: child.schoolId } })).status).toBe(200)
  })
})
