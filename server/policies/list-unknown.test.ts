import { afterAll, beforeAll, expect, test } from 'vitest'
import { listUnknown } from '#contract/policies'
import { type Child, openWorld, type Someone, type World } from '../test-world.ts'

let world: World
let principal: Someone
let teacher: Someone
let known: Child
beforeAll(async () => {
  world = await openWorld()
  principal = await world.someone('principal', world.units.schoolA)
  teacher = await world.someone('class-teacher', world.units.classA1)
  known = await world.child(world.units.classA1, '何六', { family: { hardship_level: 3, left_behind: 0 } })
  await world.classify(world.units.schoolA, world.units.schoolB)
})
afterAll(() => world.close())

const ask = (who: Someone, unitId: string, query: Record<string, string | number> = {}) =>
  world.call(who, listUnknown, { params: { unitId }, query })

test('[T1] students whom nobody has asked stand on a list with what is missing', async () => {
  const { body, status } = await ask(principal, world.units.schoolA.id)
  expect(status).toBe(200)
  const hardship = body.classes.find(({ label }) => label.includes('经济困难学生'))
  expect(hardship?.students).toBe(10)
  const list = await ask(principal, world.units.schoolA.id, { rule: hardship?.rule ?? 0 })
  expect(list.body.students).toHaveLength(10)
  expect(list.body.students[0]?.missing).toContain('家庭经济困难等级')
  expect(list.body.students.map(({ id }) => id)).not.toContain(known.id)
  expect(list.body.facts[0]).toMatchObject({ fact: 'hardship_level', students: 10 })
  const narrowed = await ask(principal, world.units.schoolA.id, { rule: hardship?.rule ?? 0, fact: 'hardship_level' })
  expect(narrowed.body.students).toHaveLength(10)
})

test('a teacher finds only their own class on it, and no class or fact they may not know of', async () => {
  const { body } = await ask(teacher, world.units.schoolA.id)
  for (const { students } of body.classes) expect(students).toBeLessThanOrEqual(6)
  const everything = await world.owner.query<{ number: number; secrecy: number }>(
    `select number, secrecy from policy_rules where kind = 'class' and secrecy = 5`,
  )
  expect(everything.rows.length).toBeGreaterThan(0)
  expect(body.classes.filter(({ rule }) => everything.rows.some(({ number }) => number === rule))).toEqual([])
  const rule = everything.rows[0]?.number ?? 0
  expect((await ask(teacher, world.units.schoolA.id, { rule })).status).toBe(404)
  const shown = body.students.flatMap(({ missing }) => missing)
  expect(shown).not.toContain('心理普测等级')
})

test('another school is empty for a principal, and there for its own', async () => {
  expect((await ask(principal, world.units.schoolB.id)).body.classes).toEqual([])
  const own = await world.someone('principal', world.units.schoolB)
  expect((await ask(own, world.units.schoolB.id)).body.classes.length).toBeGreaterThan(0)
})
