import { afterAll, beforeAll, expect, test } from 'vitest'
import { listBox } from '#contract/flows'
import { type Child, openWorld, type Someone, type World } from '../test-world.ts'

let world: World
let teacher: Someone
let other: Someone
let child: Child
const [late, waiting] = [60, 170]

beforeAll(async () => {
  world = await openWorld()
  child = world.children.a1[0] as Child
  teacher = await world.someone('class-teacher', world.units.classA1)
  other = await world.someone('class-teacher', world.units.classB1)
  const lay = (many: number, due: string, desk: string, box = 1, excluded = '{}', state = 'asked') =>
    world.owner.query(
      `with fresh as (select gen_random_uuid() as id, n from generate_series(1, $1::int) n),
        cases as (insert into flow_cases (school_id, id, flow, student_id, scope, secrecy, state, version, opened_by, place, desks, excluded)
          select $2::uuid, id, 'standing', $3::uuid, $4, 1, $9, 1, gen_random_uuid(), $4, array[$6::text], $8::uuid[] from fresh)
        insert into flow_tasks (school_id, id, case_id, flow, student_id, scope, box, desk, state, due_at, excluded)
        select $2::uuid, gen_random_uuid(), id, 'standing', $3::uuid, $4, $7::smallint, $6, $9, $5::timestamptz + n * interval '1 second', $8::uuid[] from fresh`,
      [many, child.schoolId, child.id, child.scope, due, desk, box, excluded, state],
    )
  const desk = `${world.units.classA1.path}~class-teacher`
  await lay(late, '2020-01-06 08:00+08', desk)
  await lay(waiting, '2999-01-01 08:00+08', desk, 1, '{}', 'looked')
  await lay(3, '2999-01-01 08:00+08', desk, 2)
  await lay(2, '2020-01-06 08:00+08', desk, 1, `{${teacher.personId}}`)
  await lay(4, '2020-01-06 08:00+08', `${world.units.classB1.path}~class-teacher`)
})
afterAll(() => world.close())

const box = async (query: Record<string, string> = {}, who = teacher, name: 'todo' | 'copies' | 'done' = 'todo') =>
  (await world.call(who, listBox, { params: { box: name }, query })).body

const counts = { todo: 200, overdue: late, copies: 3 }

test('fifty lines a page, the earliest due first, and one count whichever page and box is asked', async () => {
  const first = await box()
  expect(first.counts).toEqual(counts)
  expect([first.lines.length, first.lines.every(({ overdue }) => overdue)]).toEqual([50, true])
  const second = await box({ after: first.after ?? '' })
  expect([second.lines.length, second.counts]).toEqual([50, counts])
  expect(second.lines.filter(({ overdue }) => overdue).length).toBe(late - 50)
  const due = [...first.lines, ...second.lines].map(({ dueAt }) => dueAt ?? '')
  expect(due).toEqual(due.toSorted())
  expect(new Set([...first.lines, ...second.lines].map(({ caseId }) => caseId)).size).toBe(100)
  for (const page of [
    await box({ flow: 'standing' }),
    await box({}, teacher, 'copies'),
    await box({}, teacher, 'done'),
  ])
    expect(page.counts).toEqual(counts)
  expect((await box({}, teacher, 'copies')).lines.length).toBe(3)
})

test('a chosen state is read apart from what stands before it', async () => {
  const looked = await box({ flow: 'standing', state: 'looked' })
  expect(new Set(looked.lines.map(({ state }) => state))).toEqual(new Set(['looked']))
  expect([looked.lines.length, looked.counts]).toEqual([50, counts])
})

test('what a person is shut out of is neither there nor counted; another finds the own desk only [G3]', async () => {
  const { rows } = await world.owner.query<{ id: string }>(`select id from flow_cases where excluded <> '{}'`)
  const pages = [await box()]
  while (pages.at(-1)?.after) pages.push(await box({ after: pages.at(-1)?.after ?? '' }))
  const ids = pages.flatMap(({ lines }) => lines.map(({ caseId }) => caseId))
  expect([ids.length, rows.length]).toEqual([late + waiting, 2])
  expect(ids.filter((id) => rows.some((row) => row.id === id))).toEqual([])
  expect((await box({}, other)).counts).toEqual({ todo: 4, overdue: 4, copies: 0 })
})

test('an empty desk says so', async () => {
  const nobody = await world.someone('class-teacher', world.units.classA2)
  expect(await box({}, nobody)).toMatchObject({ counts: { todo: 0, overdue: 0, copies: 0 }, lines: [], after: null })
})
