import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BodyInputOf } from '#contract/platform'
import { addRecord, getRecord } from '#contract/records'
import { type Child, openWorld, type World } from '../test-world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

type Body = BodyInputOf<typeof addRecord>

const visit = (child: Child, more: Partial<Body> = {}): Body => ({
  id: uuidv7(),
  kind: 1,
  studentIds: [child.id],
  actDate: '2025-11-10',
  mode: 1,
  fields: { household_note: '祖父照看', earners: 1 },
  ...more,
})
const at = (child: Child) => ({ schoolId: child.schoolId })

test('a class teacher records a visit of a child of the own class and reads it back [T6]', async () => {
  const teacher = await world.someone('class-teacher', world.units.classA1)
  const [child] = world.children.a1 as [Child]
  const body = visit(child)
  const answer = await world.call(teacher, addRecord, { params: at(child), body })
  expect(answer.body).toMatchObject({
    id: body.id,
    stored: true,
    counted: [
      { title: '家访', met: true },
      { title: '成长档案', met: false },
    ],
  })
  const read = await world.call(teacher, getRecord, { params: { ...at(child), recordId: body.id } })
  expect(read.body).toMatchObject({
    kindLabel: '家访',
    modeLabel: '入户',
    mine: true,
    subjects: [{ name: child.name }],
  })
  expect(read.body.fields.map(({ value }) => value)).toContain('祖父照看')
})
