import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addRecord } from '#contract/records'
import { explainClass, getStudent } from '#contract/students'
import { type Child, openWorld, type Someone, type World } from '../test-world.ts'

let world: World
let teacher: Someone
let own: Child
let sibling: Child
const list = uuidv7()

beforeAll(async () => {
  world = await openWorld()
  teacher = await world.someone('class-teacher', world.units.classA1, '王老师')
  const [first, second] = [world.children.a1[0], world.children.a2[0]]
  if (!first || !second) throw new Error('no children')
  own = first
  sibling = second
  const { owner } = world
  await owner.query(
    `insert into fact_sources (id, kind, label, as_of, unit_id, unit_path, population, facts, secrecy, replaces)
      values ($1, 'list', '民政名单', '2025-09-01', $2, $3, 'screened', '{}', 2, false)`,
    [list, own.schoolId, world.units.schoolA.path],
  )
  for (const [domain, column, value] of [
    ['family', 'hardship_level', 21],
    ['family', 'per_capita_income', 6200],
    ['schooling', 'exam_total', 512],
    ['health', 'disability_kind', null],
  ] as const)
    await owner.query(
      `insert into facts_${domain} (school_id, student_id, scope, ${column}, told_by) values ($1, $2, $3, $4, $5)
        on conflict (school_id, student_id) do update set ${column} = excluded.${column}, told_by = excluded.told_by`,
      [own.schoolId, own.id, own.scope, value, domain === 'family' ? list : null],
    )
  const household = uuidv7()
  for (const child of [own, sibling])
    await owner.query(
      `insert into student_particulars (school_id, student_id, scope, household_id, town, head_name) values ($1, $2, $3, $4, '东镇', '张大山')`,
      [child.schoolId, child.id, child.scope, household],
    )
  await world.call(teacher, addRecord, {
    params: { schoolId: own.schoolId },
    body: {
      id: uuidv7(),
      kind: 1,
      studentIds: [own.id],
      actDate: world.day,
      mode: 1,
      fields: {},
      supersedes: null,
    },
  })
})
afterAll(() => world.close())

const fileFor = async (who: Someone) =>
  (await world.call(who, getStudent, { params: { schoolId: own.schoolId, studentId: own.id } })).body

test('[T1 C16] a file tells the level, facts with the list that told them, the household and the last visit', async () => {
  const file = await fileFor(teacher)
  expect(file.student).toMatchObject({ name: own.name, level: 21, hasIdentity: false, lastVisit: world.day })
  const of = (id: string) => file.facts.find(({ fact }) => fact === id)
  expect(of('hardship_level')?.source).toEqual({ label: '民政名单', asOf: '2025-09-01' })
  expect(of('per_capita_income')?.source?.label).toBe('民政名单')
  expect(of('exam_total')).toMatchObject({ source: null })
  expect(of('disability_kind')).toBeUndefined()
  expect(file.household).toMatchObject({ town: '东镇', headName: '张大山', siblings: [] })
  expect(file.timeline).toHaveLength(1)
})

test('[T1] siblings in sight are named, and where nothing is kept of a household none is told', async () => {
  const principal = await world.someone('principal', world.units.schoolA, '李校长')
  const siblings = (await fileFor(principal)).household?.siblings
  expect(siblings?.map(({ studentId }) => studentId)).toEqual([sibling.id])
  await world.owner.query(`delete from student_particulars where student_id = $1`, [own.id])
  expect((await fileFor(principal)).household).toBeNull()
})

test('[T1 C8] why a child is in a class names the list that told it, though no entry of the history does', async () => {
  const { rows } = await world.owner.query<{ number: number }>(
    `select number from policy_rules where kind = 'class' and key = 'national/hardship'`,
  )
  const params = { schoolId: own.schoolId, studentId: own.id, rule: rows[0]?.number ?? 0 }
  const why = (await world.call(teacher, explainClass, { params })).body
  expect(why.answer).toBe('met')
  expect(why.lines.map(({ source, asOf }) => [source, asOf])).toContainEqual(['民政名单', '2025-09-01'])
})
