import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listMyRecords } from '#contract/family'
import { addRecord, keepRecordFrom, withdrawRecord } from '#contract/records'
import { addGuardian, addStudentAccount, type TestGuardian } from '../test-family.ts'
import { type Child, openWorld, type Someone, type World } from '../test-world.ts'

let world: World
let child: Child
let sibling: Child
let neighbour: Child
let teacher: Someone
let officer: Someone
let mother: TestGuardian
let father: TestGuardian
let stranger: TestGuardian

beforeAll(async () => {
  world = await openWorld()
  child = await world.child(world.units.classA1, '独孤明')
  sibling = await world.child(world.units.classA1, '独孤亮')
  neighbour = await world.child(world.units.classA1, '欧阳静')
  teacher = await world.someone('class-teacher', world.units.classA1, '诸葛老师')
  officer = await world.someone('school-aid-officer', world.units.schoolA, '司徒专干')
  mother = await addGuardian(world, child, { name: '独孤母' })
  father = await addGuardian(world, child, { name: '独孤父' })
  stranger = await addGuardian(world, neighbour, { name: '欧阳母' })
})
afterAll(() => world?.close())

const write = async (who: Someone, kind: number, on: string, students: readonly Child[] = [child]): Promise<string> => {
  const id = uuidv7()
  const fields: Record<number, Record<string, string | number>> = {
    1: { household_note: '家里的话不给人看' },
    2: { summary: '谈话要点' },
    3: { form: 2, way: 1, title: '进步之星' },
  }
  const { status, body } = await world.call(who, addRecord, {
    params: { schoolId: child.schoolId },
    body: {
      id,
      kind,
      studentIds: students.map((one) => one.id),
      actDate: on,
      mode: kind === 3 ? null : 1,
      fields: fields[kind] ?? {},
    },
  })
  expect([status, body.refusal]).toEqual([200, undefined])
  return id
}

const read = (who: Someone, of = child) =>
  world.call(who, listMyRecords, { params: { schoolId: of.schoolId, studentId: of.id } })
const lines = async (who: Someone) =>
  (await read(who)).body.records.map(({ title, way, on, by }) => [title, way, on, by].join(' '))

test('[C6] a guardian reads that a visit and a reward happened, when and by whom; nothing of what was written', async () => {
  await write(teacher, 1, '2025-11-10')
  await write(officer, 3, '2025-11-12', [child, sibling])
  const { bytes } = await read(mother)
  expect(await lines(mother)).toEqual(['成长奖励  2025-11-12 ', '家访 入户 2025-11-10 诸葛老师'])
  for (const kept of ['家里的话', '进步之星', sibling.id, '独孤亮', '困难', '资助'])
    expect(bytes.toString('utf8')).not.toContain(kept)
})

test('a talk is not open to families, and what was withdrawn is gone', async () => {
  const before = await lines(mother)
  await write(teacher, 2, '2025-11-13')
  const visit = await write(teacher, 1, '2025-11-14')
  expect(await lines(mother)).toEqual(['家访 入户 2025-11-14 诸葛老师', ...before])
  const params = { schoolId: child.schoolId, recordId: visit }
  await world.call(teacher, withdrawRecord, { params, body: { reason: '记错了人' } })
  expect(await lines(mother)).toEqual(before)
})

test('[G1 G33] a visit kept from one guardian is absent without trace for them, and stands for the other', async () => {
  const before = (await read(mother)).bytes.toString('utf8')
  const visit = await write(teacher, 1, '2025-11-15')
  const params = { schoolId: child.schoolId, recordId: visit }
  await world.call(teacher, keepRecordFrom, { params, body: { contactIds: [mother.contactId] } })
  expect((await read(mother)).bytes.toString('utf8')).toBe(before)
  expect(await lines(father)).toContain('家访 入户 2025-11-15 诸葛老师')
  await world.call(teacher, keepRecordFrom, { params, body: { contactIds: [] } })
  expect(await lines(mother)).toContain('家访 入户 2025-11-15 诸葛老师')
})

test('another family, the staff and an own child at a wrong school are answered as if there were nothing', async () => {
  const nowhere = { ...child, id: uuidv7() } as Child
  const known = await Promise.all([read(stranger), read(teacher), read(officer), read(mother, nowhere)])
  expect(known.map(({ status }) => status)).toEqual([404, 404, 404, 404])
  // The control: each of the doors opens for whoever it is for.
  expect((await read(stranger, neighbour)).body).toEqual({ name: '欧阳静', records: [] })
  const self = await addStudentAccount(world, child)
  expect((await read(self)).body.records.length).toBeGreaterThan(1)
})
