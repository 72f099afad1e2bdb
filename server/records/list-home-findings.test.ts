import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addRecord, listHomeFindings, withdrawRecord } from '#contract/records'
import { addGuardian } from '../test-family.ts'
import { type Child, openWorld, type Someone, type World } from '../test-world.ts'

let world: World
let teacher: Someone
let officer: Someone
let child: Child
beforeAll(async () => {
  world = await openWorld()
  teacher = await world.someone('class-teacher', world.units.classA1, '班主任')
  officer = await world.someone('school-aid-officer', world.units.schoolA, '本校专干')
  child = world.children.a1[0] as Child
})
afterAll(() => world.close())

const visit = async (actDate: string, fields: Record<string, unknown>, more: object = {}): Promise<string> => {
  const id = uuidv7()
  const body = { id, kind: 1, studentIds: [child.id], actDate, mode: 1, fields: fields as never, ...more }
  expect((await world.call(teacher, addRecord, { params: { schoolId: child.schoolId }, body })).status).toBe(200)
  return id
}
const asked = (who: Someone, of: Child = child) =>
  world.call(who, listHomeFindings, { params: { schoolId: of.schoolId, studentId: of.id } })

test('[T5] what visits found of the household’s means stands beside the decision: newest first, the fields of that heading alone', async () => {
  expect((await asked(officer)).body.visits).toEqual([])
  await visit('2025-09-10', { earners: 2, guardian_words: '孩子听话' })
  const wrong = await visit('2025-11-02', { annual_income: 9_000_000 })
  await visit('2025-11-02', { annual_income: 900_000, household_note: '父亲受伤不能出工' }, { supersedes: wrong })
  const { status, body } = await asked(officer)
  expect(status).toBe(200)
  expect(
    body.visits.map(({ actDate, authorName, modeLabel, fields }) => [actDate, authorName, modeLabel, fields]),
  ).toEqual([
    [
      '2025-11-02',
      '班主任',
      '入户',
      [
        { id: 'annual_income', label: '家庭年收入', value: '9,000.00 元' },
        { id: 'household_note', label: '家庭主要情况', value: '父亲受伤不能出工' },
      ],
    ],
    ['2025-09-10', '班主任', '入户', [{ id: 'earners', label: '有收入的人数', value: '2' }]],
  ])
})

test('[T5] who does not see the student finds nothing, a family neither, and each opening is on file', async () => {
  const stranger = await world.someone('school-aid-officer', world.units.schoolB, '外校专干')
  const other = await world.someone('class-teacher', world.units.classA2, '别班班主任')
  for (const who of [stranger, other]) expect((await asked(who)).status).toBe(404)
  const guardian = await addGuardian(world, child)
  expect((await asked(guardian)).status).not.toBe(200)
  const opened = async () =>
    (
      await world.owner.query(
        `select count(*)::int as n from audit_entries where action = 'records.list-home-findings' and outcome = 'read' and subject = $1`,
        [child.id],
      )
    ).rows[0].n
  const before = await opened()
  expect((await asked(teacher)).status).toBe(200)
  expect(await opened()).toBe(before + 1)
})

test('[T5] a visit that was withdrawn is evidence of nothing', async () => {
  const before = (await asked(officer)).body.visits.length
  const id = await visit('2025-11-12', { debt: 5_000_000 })
  expect((await asked(officer)).body.visits).toHaveLength(before + 1)
  const params = { schoolId: child.schoolId, recordId: id }
  expect((await world.call(teacher, withdrawRecord, { params, body: { reason: '记错了学生' } })).status).toBe(200)
  expect((await asked(officer)).body.visits).toHaveLength(before)
})
