import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { adoptPack, type PackFile, uploadPack } from '#contract/policies'
import { findFlowRule, recognise } from '#contract/recognition'
import { type Child, openWorld, type Someone, type World } from '../test-world.ts'

let world: World
let city: Someone
let aid: Someone
beforeAll(async () => {
  world = await openWorld()
  city = await world.someone('county-aid-officer', world.units.city)
  aid = await world.someone('school-aid-officer', world.units.schoolA)
})
afterAll(() => world.close())

// A city's method for recognition: nobody is confirmed before the class has talked it over.
const method: PackFile[] = [
  {
    name: 'pack.yaml',
    text: `issuer: taizhou-method
name: 泰州市认定办法
extends: taizhou
version: 1.0.0
documents:
  - { id: letter, title: 泰州市认定办法, issued: 2025-10-01 }
`,
  },
  {
    name: 'flows.yaml',
    text: `- id: hardship-direct
  replaces: jiangsu/hardship-direct
  label: 本市认定
  cite: [{ requirement: [X10], document: letter, at: 第六条 }]
  decides: { fact: hardship_level, values: [特别困难, 困难, 一般困难, 未认定] }
  publicity: none
  steps:
    - { id: review, label: 班级评议, on: true, by: [class-teacher] }
    - { id: confirm, label: 确认, on: true, by: [school-aid-officer], needs_reason: true }
  examples:
    in:
      - moves: [{ step: review, by: class-teacher }, { step: confirm, by: school-aid-officer, reason: 同意 }]
    out:
      - moves: [{ step: confirm, by: school-aid-officer, reason: 同意 }]
      - moves: [{ step: review, by: class-teacher }, { step: confirm, by: school-aid-officer }]
      - moves: [{ step: review, by: class-teacher }, { step: confirm, by: class-teacher, reason: 同意 }]
      - moves: [{ step: review, by: school-aid-officer }, { step: confirm, by: school-aid-officer, reason: 同意 }]
      - moves: [{ step: review, by: class-teacher }]
      - moves: []
`,
  },
]

const confirm = ({ id, schoolId }: Child) =>
  world.call(aid, recognise, {
    params: { schoolId },
    body: {
      items: [{ id: uuidv7(), studentId: id, level: 21 as const }],
      basis: 'direct',
      fromDate: world.day,
      reason: '家访核实',
    },
  })
const ruleAt = (path: string) => findFlowRule(world.program.registry.inForce(path, world.day).rules, 'direct')?.label

test('[X10] a city’s own method holds at every school below it from its first day, and nowhere above', async () => {
  const [first, second] = world.children.a1 as [Child, Child]
  expect((await confirm(first)).status).toBe(200)
  const params = { unitId: world.units.city.id }
  expect((await world.call(city, uploadPack, { params, body: { files: method } })).body).toMatchObject({ rules: 1 })
  const adoption = { id: uuidv7(), issuer: 'taizhou-method', version: '1.0.0', from: world.day }
  expect((await world.call(aid, adoptPack, { params, body: adoption })).status).toBe(403)
  expect((await world.call(city, adoptPack, { params, body: adoption })).status).toBe(200)
  for (const unit of [world.units.schoolA, world.units.schoolB, world.units.county])
    expect(ruleAt(unit.path)).toBe('本市认定')
  expect(ruleAt(world.units.province.path)).toBe('家庭经济困难等级直接确认')
  const refused = await confirm(second)
  expect(refused.body.refusal).toMatchObject({ code: 'recognition.steps-before' })
  expect(refused.body.refusal?.sentence).toContain('班级评议')
  const { rows } = await world.owner.query('select student_id from recognitions')
  expect(rows).toEqual([{ student_id: first.id }])
})
