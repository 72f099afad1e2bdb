import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { getCase, listBox, moveCase, moveCases, openCase } from '#contract/flows'
import { addRecord } from '#contract/records'
import { promote } from '#contract/schooling'
import { getStudent, listStudents } from '#contract/students'
import { type Child, openWorld, type Someone, type World } from '../test-world.ts'

let world: World
let sender: Someone
let receiver: Someone
let teacherA: Someone
let teacherB: Someone

beforeAll(async () => {
  world = await openWorld()
  sender = await world.someone('school-aid-officer', world.units.schoolA, '送出专干')
  receiver = await world.someone('school-aid-officer', world.units.schoolB, '接收专干')
  teacherA = await world.someone('class-teacher', world.units.classA1)
  teacherB = await world.someone('class-teacher', world.units.classB1)
})
afterAll(() => world.close())

const open = (who: Someone, flow: string, move: string, child: Child, more: object) => {
  const id = uuidv7()
  return world
    .call(who, openCase, {
      params: { schoolId: child.schoolId },
      body: { id, flow, move, stepId: uuidv7(), studentId: child.id, ...more },
    })
    .then((answered) => ({ id, answered }))
}
const move = (who: Someone, child: Child, caseId: string, name: string, version: number, more: object = {}) =>
  world.call(who, moveCase, {
    params: { schoolId: child.schoolId, caseId },
    body: { stepId: uuidv7(), move: name, version, ...more },
  })
const names = async (who: Someone) => (await world.call(who, listStudents, {})).body.students.map(({ name }) => name)
const file = (who: Someone, schoolId: string, studentId: string) =>
  world.call(who, getStudent, { params: { schoolId, studentId } })
const one = async (text: string, values: unknown[]) => (await world.owner.query(text, values)).rows[0]

const sent = (school = '柳堡初级中学', consent = false) => ({
  fields: { to_school: school, left_on: '2025-11-19', consent },
})
const arrived = { fields: { to_class: '2024级1班', entered_on: '2025-11-20' } }

describe('[T2] the file of a student goes to another school', () => {
  test('sent, received with a receipt, closed and readable there, begun here with what goes along', async () => {
    const child = world.children.a1[0] as Child
    await world.call(teacherA, addRecord, {
      params: { schoolId: child.schoolId },
      body: {
        id: uuidv7(),
        kind: 1,
        studentIds: [child.id],
        actDate: '2025-10-10',
        mode: 1,
        fields: { household_note: '祖父母照看。' },
        supersedes: null,
      },
    })
    await world.owner.query(
      'update facts_psychology set screening_level = 2 where school_id = $1 and student_id = $2',
      [child.schoolId, child.id],
    )
    const kept = uuidv7()
    for (const table of ['records', 'record_subjects'])
      await world.owner.query(`update ${table} set excluded = array[$1::uuid] where student_id = $2`, [kept, child.id])
    expect(await names(teacherB)).not.toContain(child.name)
    const { id, answered } = await open(sender, 'transfer', 'send', child, sent())
    expect(answered.status).toBe(200)
    const todo = (await world.call(receiver, listBox, { params: { box: 'todo' } })).body.lines
    expect(todo.map(({ caseId }) => caseId)).toContain(id)
    expect((await file(receiver, child.schoolId, child.id)).status).toBe(404)
    const received = await move(receiver, child, id, 'receive', 1, arrived)
    expect(received.body).toMatchObject({ state: 'received' })
    expect(await names(teacherB)).toContain(child.name)
    expect(await names(teacherA)).not.toContain(child.name)
    // The old school keeps what was: closed, readable.
    const old = await file(sender, child.schoolId, child.id)
    expect(old.status).toBe(200)
    expect(old.body.student.status).toBe(3)
    expect((await file(teacherA, world.units.schoolB.id, child.id)).status).toBe(404)
    // What went along counts nowhere again, and what needs consent stayed.
    const here = [world.units.schoolB.id, child.id]
    expect(await one('select copied_from, status from students where school_id = $1 and id = $2', here)).toMatchObject({
      copied_from: child.schoolId,
      status: 1,
    })
    expect(
      await one('select current, copied from record_subjects where school_id = $1 and student_id = $2', here),
    ).toEqual({ current: false, copied: true })
    // A guardian it was kept from finds it at the new school no more than at the old one. [G33]
    for (const table of ['records', 'record_subjects'])
      expect(
        await one(
          `select open_to_family as open, excluded from ${table} where school_id = $1 and student_id = $2`,
          here,
        ),
      ).toEqual({ open: true, excluded: [kept] })
    expect(
      await one(
        'select count(*)::int as n from duty_progress where school_id = $1 and student_id = $2 and done > 0',
        here,
      ),
    ).toEqual({ n: 0 })
    expect(
      await one('select count(*)::int as n from facts_psychology where school_id = $1 and student_id = $2', here),
    ).toEqual({ n: 0 })
    const receipt = await world.call(sender, getCase, { params: { schoolId: child.schoolId, caseId: id } })
    expect((await world.call(receiver, getCase, { params: { schoolId: child.schoolId, caseId: id } })).body.final).toBe(
      true,
    )
    expect(receipt.body.steps.map(({ label, by }) => `${label} ${by}`)).toEqual(['移交档案 送出专干', '接收 接收专干'])
  })

  test('health and psychology go along with the guardian’s consent', async () => {
    const child = world.children.a1[1] as Child
    await world.owner.query(
      'update facts_psychology set screening_level = 2 where school_id = $1 and student_id = $2',
      [child.schoolId, child.id],
    )
    const { id } = await open(sender, 'transfer', 'send', child, sent('柳堡初级中学', true))
    await move(receiver, child, id, 'receive', 1, arrived)
    expect(
      await one('select screening_level from facts_psychology where school_id = $1 and student_id = $2', [
        world.units.schoolB.id,
        child.id,
      ]),
    ).toEqual({ screening_level: 2 })
  })

  test('comes back when refused, may be sent again, and never twice', async () => {
    const child = world.children.a1[2] as Child
    const { id } = await open(sender, 'transfer', 'send', child, sent())
    expect((await move(teacherB, child, id, 'receive', 1, arrived)).status).toBe(404)
    expect((await move(receiver, child, id, 'return', 1)).body.refusal?.code).toBe('flows.reason-missing')
    expect((await move(receiver, child, id, 'return', 1, { reason: '学位已满' })).status).toBe(200)
    const back = (await world.call(sender, listBox, { params: { box: 'todo' } })).body.lines
    expect(back.map(({ caseId }) => caseId)).toContain(id)
    expect((await move(receiver, child, id, 'receive', 2, arrived)).status).not.toBe(200)
    expect((await move(sender, child, id, 'send', 2, sent())).status).toBe(200)
    expect((await move(receiver, child, id, 'receive', 3, arrived)).status).toBe(200)
    const again = await open(sender, 'transfer', 'send', child, sent())
    expect(again.answered.body.refusal?.code).toBe('schooling.not-enrolled')
  })

  test('to a school or class that is not there is refused with the field, and nothing moves', async () => {
    const child = world.children.a1[3] as Child
    const nowhere = await open(sender, 'transfer', 'send', child, sent('不存在的学校'))
    expect(nowhere.answered.body.refusal?.fields[0]?.field).toBe('to_school')
    const { id } = await open(sender, 'transfer', 'send', child, sent())
    const lost = await move(receiver, child, id, 'receive', 1, { fields: { ...arrived.fields, to_class: '没有的班' } })
    expect(lost.body.refusal?.fields[0]?.field).toBe('to_class')
    expect(await names(teacherA)).toContain(child.name)
    expect((await open(teacherA, 'transfer', 'send', child, sent())).answered.body.refusal?.code).toBe(
      'flows.not-your-post',
    )
  })
})

const wish = (change: number) => ({ content: { change, on: '2025-11-20', ground: '家长申请' } })

describe('[T2] standing at a school', () => {
  test('leave and return are asked for by the class and decided by the school', async () => {
    const child = world.children.a2[0] as Child
    const teacher = await world.someone('class-teacher', world.units.classA2)
    const { id } = await open(teacher, 'standing', 'ask', child, wish(1))
    expect((await move(teacher, child, id, 'approve', 1)).body.refusal?.code).toBe('flows.not-your-post')
    expect((await move(sender, child, id, 'approve', 1)).status).toBe(200)
    expect((await file(sender, child.schoolId, child.id)).body.student.status).toBe(2)
    const back = await open(teacher, 'standing', 'ask', child, wish(2))
    await move(sender, child, back.id, 'approve', 1)
    expect((await file(sender, child.schoolId, child.id)).body.student.status).toBe(1)
  })

  test('in compulsory education nobody is written off, and a change from another standing is refused', async () => {
    const child = world.children.a2[1] as Child
    expect((await open(sender, 'standing', 'ask', child, wish(4))).answered.body.refusal?.code).toBe(
      'schooling.compulsory',
    )
    expect((await open(sender, 'standing', 'ask', child, wish(2))).answered.body.refusal?.code).toBe(
      'schooling.not-from-here',
    )
  })

  test('several are decided at once from the list', async () => {
    const children = world.children.a2.slice(2, 4)
    const ids: string[] = []
    for (const child of children) ids.push((await open(sender, 'standing', 'ask', child, wish(1))).id)
    const { body } = await world.call(sender, moveCases, {
      params: { schoolId: world.units.schoolA.id },
      body: {
        flow: 'standing',
        move: 'approve',
        items: ids.map((caseId) => ({ caseId, stepId: uuidv7(), version: 1 })),
      },
    })
    expect(body).toEqual({ moved: 2, refused: [] })
    for (const child of children) expect((await file(sender, child.schoolId, child.id)).body.student.status).toBe(2)
  })
})

describe('[T2] a new school year', () => {
  const year = (who: Someone, preview: boolean) =>
    world.call(who, promote, {
      params: { schoolId: world.units.schoolB.id },
      body: { schoolYear: 2025, preview },
    })

  test('is shown first, done once, and the last grade graduates', async () => {
    await world.owner.query('update units set grade = 3 where id = $1', [world.units.classB1.id])
    expect((await year(teacherB, true)).status).toBe(403)
    const shown = await year(receiver, true)
    expect(shown.body).toMatchObject({ done: false, classes: [{ graduates: true }] })
    const leaving = world.children.b1[0] as Child
    expect((await file(receiver, leaving.schoolId, leaving.id)).body.student.status).toBe(1)
    expect((await year(receiver, false)).body.done).toBe(true)
    expect((await file(receiver, leaving.schoolId, leaving.id)).body.student.status).toBe(4)
    expect((await year(receiver, false)).body.refusal?.code).toBe('schooling.promoted')
  })

  test('of the year to come may be looked at and is entered from June on', async () => {
    const next = Number(world.day.slice(0, 4)) + (world.day.slice(5) >= '09-01' ? 1 : 0)
    const ahead = (preview: boolean) =>
      world.call(receiver, promote, {
        params: { schoolId: world.units.schoolB.id },
        body: { schoolYear: next, preview },
      })
    expect((await ahead(true)).body).toMatchObject({ done: false })
    expect((await ahead(false)).body.refusal?.code).toBe('schooling.too-early')
  })
})
