import { afterAll, beforeAll, expect, test } from 'vitest'
import { getCase, listBox } from '#contract/flows'
import { type Child, openWorld, type Someone, type World } from '../test-world.ts'
import { strayTasks } from './stray-tasks.fixture.ts'

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
        insert into flow_tasks (school_id, id, case_id, flow, student_id, scope, box, desk, state, version, due_at, excluded)
        select $2::uuid, gen_random_uuid(), id, 'standing', $3::uuid, $4, $7::smallint, $6, $9, 1, $5::timestamptz + n * interval '1 second', $8::uuid[] from fresh`,
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

// A hundred stands for more than ninety-nine.
const counts = { todo: 100, overdue: late, copies: 3 }

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

test('a copy is marked unread until it is opened, line by line', async () => {
  const marks = async () => (await box({}, teacher, 'copies')).lines.map(({ caseId, unread }) => [caseId, unread])
  const before = await marks()
  expect(before.map(([, unread]) => unread)).toEqual([true, true, true])
  const opened = before[1]?.[0] as string
  const { status } = await world.call(teacher, getCase, { params: { schoolId: child.schoolId, caseId: opened } })
  expect(status).toBe(200)
  expect(await marks()).toEqual(before.map(([caseId]) => [caseId, caseId !== opened]))
  expect((await box({}, teacher, 'copies')).counts.copies).toBe(2)
  expect((await box()).lines.some(({ unread }) => unread)).toBe(false)
  await world.owner.query('update flow_tasks set read_at = null where case_id = $1', [opened])
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

test('every line says what its case, its student and their units say', async () => {
  const { rows } = await world.owner.query(
    `select c.school_id as "schoolId", c.id as "caseId", c.flow, c.student_id as "studentId", s.name as "studentName",
      k.name as "className", u.name as "schoolName", c.state, c.version, t.due_at < $1 as overdue
    from flow_tasks t join flow_cases c on c.id = t.case_id join students s on s.id = c.student_id
      join units k on k.id = s.class_id join units u on u.id = c.school_id
    where t.desk = $2 and t.box = 1 and c.excluded = '{}' order by t.order_at, t.id limit 50`,
    [world.program.engine.now(), `${world.units.classA1.path}~class-teacher`],
  )
  expect(rows.length).toBe(50)
  const { lines } = await box()
  expect(lines).toMatchObject(rows)
  const [labels, steps] = [new Set(lines.map(({ title }) => title)), new Set(lines.map(({ moveLabel }) => moveLabel))]
  const { flow } = world.program.engine.procedureOf('standing')
  expect([[...labels], [...steps]]).toEqual([[flow.neutralLabel], [null]])
  expect(new Set(lines.map(({ stateLabel }) => stateLabel))).toEqual(new Set([flow.states.asked?.label]))
  expect(new Set(lines.flatMap((line) => Object.keys(line).sort().join(' '))).size).toBe(1)
})

test('a case that lies with one person twice is one line', async () => {
  const both = await world.someone('class-teacher', world.units.classB1)
  const { rows } = await world.owner.query<{ case_id: string }>(
    `insert into flow_tasks (school_id, id, case_id, flow, student_id, scope, box, person_id, state, version, due_at, excluded)
      select school_id, gen_random_uuid(), case_id, flow, student_id, scope, box, $1, state, version, due_at, excluded
      from flow_tasks where desk = $2 and box = 1 order by order_at, id limit 1 returning case_id`,
    [both.personId, `${world.units.classB1.path}~class-teacher`],
  )
  const ids = (await box({}, both)).lines.map(({ caseId }) => caseId)
  expect([ids.length, new Set(ids).size]).toEqual([4, 4])
  expect(ids).toContain(rows[0]?.case_id)
  await world.owner.query('delete from flow_tasks where person_id = $1', [both.personId])
})

test('who holds the post but may not know of the student reads no name', async () => {
  const told = async (who: Someone) => [
    ...new Set((await box({}, who)).lines.map((line) => `${line.studentId} ${line.studentName} ${line.className}`)),
  ]
  const [own, ...more] = await told(teacher)
  expect([own?.startsWith(`${child.id} `), own?.includes('null'), more]).toEqual([true, false, []])
  expect(await told(other)).toEqual([`${child.id} null null`])
})

test('a task that no longer stands as its case is found out', async () => {
  expect(await strayTasks(world.owner)).toEqual([])
  for (const wrong of [
    'version = version + 1',
    `state = 'other'`,
    `excluded = array[gen_random_uuid()]`,
    `desk = 'x~y'`,
  ]) {
    await world.owner.query('begin')
    await world.owner.query(
      `update flow_tasks set ${wrong} where id = (select id from flow_tasks where box = 1 limit 1)`,
    )
    expect(await strayTasks(world.owner), wrong).toHaveLength(1)
    await world.owner.query('rollback')
  }
})

test('what a person did is paged from the latest on, with the word for what they did', async () => {
  const [many, move] = [70, world.program.engine.procedureOf('standing').flow.moves[0]]
  await world.owner.query(
    `insert into flow_steps (school_id, case_id, number, id, flow, student_id, scope, secrecy, move, from_state, to_state, actor_id, actor_name, at)
      select school_id, id, 1, gen_random_uuid(), flow, student_id, scope, secrecy, $2, 'none', state, $1, '甲', $3::timestamptz + n * interval '1 minute'
      from (select c.*, row_number() over (order by id) as n from flow_cases c where excluded = '{}' and scope = $5 limit $4::int) c`,
    [teacher.personId, move?.id, '2025-01-06 08:00+08', many, child.scope],
  )
  const first = await box({}, teacher, 'done')
  const second = await box({ after: first.after ?? '' }, teacher, 'done')
  expect([first.lines.length, second.lines.length, second.after]).toEqual([50, many - 50, null])
  const lines = [...first.lines, ...second.lines]
  expect(new Set(lines.map(({ caseId }) => caseId)).size).toBe(many)
  const since = lines.map((line) => Date.parse(line.since.replace('+08', '+08:00')))
  expect(since).toEqual(since.toSorted((one, other) => other - one))
  expect(new Set(lines.map(({ moveLabel, overdue }) => `${moveLabel} ${overdue}`))).toEqual(
    new Set([`${move?.label} false`]),
  )
  expect((await box({}, other, 'done')).lines).toEqual([])
})

test('an empty desk says so', async () => {
  const nobody = await world.someone('class-teacher', world.units.classA2)
  expect(await box({}, nobody)).toMatchObject({ counts: { todo: 0, overdue: 0, copies: 0 }, lines: [], after: null })
})
