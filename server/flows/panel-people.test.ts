import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listPanelPeople, listPanels, openCase } from '#contract/flows'
import { addGuardian, addStudentAccount } from '../test-family.ts'
import { type Child, openWorld, type Someone, type World } from '../test-world.ts'

let world: World
let teacher: Someone
let county: Someone

beforeAll(async () => {
  world = await openWorld('2025-11-20')
  teacher = await world.someone('class-teacher', world.units.classA1, '王老师')
  county = await world.someone('county-aid-officer', world.units.county, '县专干')
  await world.owner.query(
    `insert into recognition_rounds (id, unit_id, unit_path, school_year, term, notice_on, opens_on, closes_on, notice, opened_by, opened_by_name)
     values ($1, $2, $3, 2025, 1, '2025-11-01', '2025-11-10', '2025-11-28', '请按时提出申请', $4, '县专干')`,
    [uuidv7(), world.units.county.id, world.units.county.path, county.personId],
  )
})
afterAll(() => world.close())

const asked = (who: Someone, unitId: string, side: 'parent' | 'student', search = '') =>
  world.call(who, listPanelPeople, { params: { unitId }, query: { side, search } })

describe('[C19] who may be asked to a panel', () => {
  test('are parents with an account and classmates of the unit, and nobody of another class', async () => {
    const [first, second] = world.children.a1 as Child[]
    const mother = await addGuardian(world, second as Child, { name: '钱二的母亲' })
    await addGuardian(world, world.children.a2[0] as Child, { name: '吴一的母亲' })
    const own = await addStudentAccount(world, first as Child)
    const parents = await asked(teacher, world.units.classA1.id, 'parent')
    expect(parents.body.people).toEqual([
      { personId: mother.personId, name: '钱二的母亲', words: '2023级1班 钱二的家长' },
    ])
    expect((await asked(teacher, world.units.classA1.id, 'parent', '孙三')).body.people).toEqual([])
    const classmates = (await asked(teacher, world.units.classA1.id, 'student')).body.people
    expect(classmates).toHaveLength(5)
    expect(classmates.find(({ name }) => name === first?.name)?.personId).toBe(own.personId)
    expect(classmates.find(({ name }) => name === second?.name)?.personId).toBeNull()
  })

  test('are told to whoever keeps panels there and to nobody else', async () => {
    const stranger = await world.someone('class-teacher', world.units.classB1, '外校老师')
    const colleague = await world.someone('teacher', world.units.schoolA, '任课老师')
    expect((await asked(stranger, world.units.classA1.id, 'parent')).status).toBe(404)
    expect((await asked(colleague, world.units.classA1.id, 'parent')).body.refusal?.code).toBe('flows.panel-not-yours')
    expect((await asked(county, world.units.classA1.id, 'parent')).status).toBe(200)
  })
})

test('[C19] whoever stands above a school convenes where the pack lets it sit together, and finds the others are not theirs', async () => {
  const child = world.children.a1[2] as Child
  const id = uuidv7()
  const opened = await world.call(teacher, openCase, {
    params: { schoolId: child.schoolId },
    body: { id, flow: 'recognition-round', move: 'save', stepId: uuidv7(), studentId: child.id, content: {} },
  })
  expect(opened.status).toBe(200)
  await world.owner.query("update flow_cases set state = 'class-review' where id = $1", [id])
  const waiting = async (who: Someone) => (await world.call(who, listPanels, {})).body.waiting
  expect(await waiting(teacher)).toMatchObject([{ unitName: '2023级1班', mayAlone: true, joint: null }])
  expect(await waiting(county)).toMatchObject([{ mayAlone: false, joint: null }])
  await world.owner.query("update units set kind = 'teaching-point' where id = $1", [world.units.schoolA.id])
  expect(await waiting(county)).toMatchObject([
    { mayAlone: false, joint: { unitId: world.units.county.id, unitName: expect.any(String) } },
  ])
  expect(await waiting(teacher)).toMatchObject([{ mayAlone: true, joint: null }])
})
