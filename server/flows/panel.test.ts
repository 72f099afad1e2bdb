import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  castVote,
  closePanel,
  convenePanel,
  decideTie,
  type Flow,
  getCase,
  getPanel,
  listPanels,
  markPresence,
  openCase,
  standAside,
} from '#contract/flows'
import type { FlowRule } from '#contract/policies'
import { addGuardian } from '../test-family.ts'
import { type Child, openWorld, type Someone, type World } from '../test-world.ts'
import { judgedFlow } from './judged.fixture.ts'
import type { Procedure } from './procedure.ts'

const flow: Flow = {
  ...judgedFlow,
  moves: judgedFlow.moves.map((move) => (move.id === 'send' ? { ...move, by: ['class-teacher', 'guardian'] } : move)),
}

const rule = {
  steps: [
    {
      id: 'review',
      label: '评议',
      on: true,
      by: ['class-teacher'],
      needsReason: false,
      first: [],
      panels: [
        { schools: ['primary'], sides: ['teacher', 'parent'], least: 3, share: 60, joins: [], asides: ['mentor'] },
        {
          schools: ['teaching-point'],
          sides: ['teacher'],
          least: 3,
          share: 60,
          joins: ['primary', 'county'],
          asides: [],
        },
      ],
    },
  ],
} as unknown as FlowRule

const procedure: Procedure = {
  flow,
  about: 'student',
  rule: () => rule,
  panels: [
    {
      state: 'judging',
      step: 'review',
      by: ['class-teacher', 'school-aid-officer', 'county-aid-officer'],
      choices: { 1: '一档', 2: '二档', 9: '不需要' },
      closes: 'judge',
      advice: (content) => [{ label: '参考', words: String(content.facts) }],
    },
  ],
  follow: { judge: async (_db, made) => ({ payload: { level: made.fields.choice as number } }) },
}

let world: World
let teacher: Someone
let second: Someone
let third: Someone
let stranger: Someone
let parent: Someone
let children: readonly Child[]

beforeAll(async () => {
  world = await openWorld('2025-11-20', { procedures: [procedure] })
  children = world.children.a1
  teacher = await world.someone('class-teacher', world.units.classA1, '王老师')
  second = await world.someone('teacher', world.units.schoolA, '李老师')
  third = await world.someone('teacher', world.units.schoolA, '周老师')
  stranger = await world.someone('teacher', world.units.schoolA, '吴老师')
  parent = await addGuardian(world, children[1] as Child, { name: '钱二的父亲' })
})
afterAll(() => world.close())

const send = async (child: Child, who: Someone = teacher): Promise<string> => {
  const id = uuidv7()
  const { status } = await world.call(who, openCase, {
    params: { schoolId: child.schoolId },
    body: { id, flow: flow.id, move: 'send', stepId: uuidv7(), studentId: child.id, content: { facts: '父亲患病' } },
  })
  expect(status).toBe(200)
  return id
}

interface Sitting {
  readonly id: string
  readonly seats: Record<'chair' | 'second' | 'third' | 'parent' | 'paper', string>
}
const member = (seat: string, who: Someone | null, side: 'teacher' | 'parent' | 'student', chair = false) => ({
  seat,
  personId: who?.personId ?? null,
  name: who?.name ?? '没有账号的家长',
  side,
  chair,
})
const seatsNow = () => ({ chair: uuidv7(), second: uuidv7(), third: uuidv7(), parent: uuidv7(), paper: uuidv7() })
const members = (seats: Sitting['seats']) => [
  member(seats.chair, teacher, 'teacher', true),
  member(seats.second, second, 'teacher'),
  member(seats.third, third, 'teacher'),
  member(seats.parent, parent, 'parent'),
  member(seats.paper, null, 'parent'),
]
const convene = async (
  present: (keyof Sitting['seats'])[] = ['chair', 'second', 'third', 'parent', 'paper'],
): Promise<Sitting> => {
  const [id, seats] = [uuidv7(), seatsNow()]
  const made = await world.call(teacher, convenePanel, {
    body: { id, flow: flow.id, unitId: world.units.classA1.id, members: members(seats) },
  })
  expect(made.body.refusal).toBeUndefined()
  await world.call(teacher, markPresence, {
    params: { panelId: id },
    body: { present: present.map((key) => seats[key]) },
  })
  return { id, seats }
}
const vote = (who: Someone, panelId: string, caseId: string, seat: string, choice: number | null) =>
  world.call(who, castVote, { params: { panelId, caseId }, body: { seat, choice } })
const close = (who: Someone, panelId: string) =>
  world.call(who, closePanel, { params: { panelId }, body: { minutes: '一致同意' } })
const look = (who: Someone, caseId: string) =>
  world.call(who, getCase, { params: { schoolId: (children[0] as Child).schoolId, caseId } })
const panelOf = (who: Someone, panelId: string) => world.call(who, getPanel, { params: { panelId } })

describe('[C19] a sitting', () => {
  test('goes from presence to sealed minutes; members see exactly its cases, and only while it is open', async () => {
    const caseId = await send(children[0] as Child)
    expect((await world.call(teacher, listPanels, {})).body.waiting).toMatchObject([
      { cases: 1, sides: ['teacher', 'parent'], least: 3 },
    ])
    expect((await look(second, caseId)).status).toBe(404)
    const { id, seats } = await convene()
    const told = await world.owner.query('select kind, params from message_outbox where to_person = $1', [
      second.personId,
    ])
    expect(told.rows).toEqual([{ kind: 'work.waiting', params: { case: '事项', step: '评议' } }])
    expect((await look(second, caseId)).status).toBe(200)
    expect((await look(stranger, caseId)).status).toBe(404)
    expect((await panelOf(stranger, id)).status).toBe(404)
    const other = await send(children[2] as Child)
    expect((await look(second, other)).status).toBe(404)

    expect((await panelOf(second, id)).body.cases).toMatchObject([
      { caseId, advice: [{ label: '参考', words: '父亲患病' }], result: 'waiting' },
    ])
    for (const [who, seat, choice] of [
      [teacher, seats.chair, 1],
      [second, seats.second, 1],
      [third, seats.third, 2],
      [parent, seats.parent, 1],
      [teacher, seats.paper, null],
    ] as const)
      expect((await vote(who, id, caseId, seat, choice)).status).toBe(200)
    const { body } = await panelOf(third, id)
    expect(body.cases[0]).toMatchObject({ result: 'agreed', choice: 1, voted: 5 })
    expect(body.cases[0]?.votes).toEqual(
      expect.arrayContaining([
        { choice: 1, count: 3 },
        { choice: 2, count: 1 },
        { choice: null, count: 1 },
      ]),
    )
    expect((await close(second, id)).body.refusal?.code).toBe('flows.panel-not-chair')
    const closed = await close(teacher, id)
    expect(closed.status).toBe(200)
    expect((await look(teacher, caseId)).body).toMatchObject({ state: 'granted', outcome: { level: 1 } })
    expect((await look(second, caseId)).status).toBe(404)
    expect((await close(teacher, id)).body.refusal?.code).toBe('flows.panel-closed')
    expect((await panelOf(teacher, id)).body.minutes).toMatchObject({ text: '一致同意', sha256: closed.body.sha256 })
    const audited = await world.owner.query(
      "select detail from audit_entries where action = 'flows.close-panel' and subject = $1",
      [id],
    )
    expect(audited.rows[0]?.detail).toMatchObject({ minutes: closed.body.sha256 })
    await cleanUp(other)
  })

  test('a parent on the panel reads a neutral sheet and no paper', async () => {
    const caseId = await send(children[0] as Child)
    const { id } = await convene()
    const sheet = await panelOf(parent, id)
    expect(sheet.body.cases[0]).toMatchObject({ caseId, advice: [], opensPapers: false })
    const opened = await world.call(parent, getCase, { params: { schoolId: (children[0] as Child).schoolId, caseId } })
    expect(opened.body).toMatchObject({ content: {}, files: [], steps: [] })
    expect((await look(second, caseId)).body.content).toEqual({ facts: '父亲患病' })
    await cleanUp(caseId)
  })

  test('is refused ballots of a non-member, twice, of the absent, for nothing on the list, without a quorum, after closing', async () => {
    const caseId = await send(children[0] as Child)
    const { id, seats } = await convene(['chair', 'second'])
    expect((await vote(stranger, id, caseId, seats.second, 1)).status).toBe(404)
    expect((await vote(third, id, caseId, seats.second, 1)).status).toBe(404)
    expect((await vote(third, id, caseId, seats.third, 1)).body.refusal?.code).toBe('flows.panel-absent')
    expect((await vote(second, id, caseId, seats.second, 7)).body.refusal?.code).toBe('flows.panel-choice')
    expect((await vote(second, id, caseId, seats.second, 1)).status).toBe(200)
    expect((await vote(second, id, caseId, seats.second, 2)).body.refusal?.code).toBe('flows.panel-voted')
    await vote(teacher, id, caseId, seats.chair, 1)
    expect((await close(teacher, id)).body.refusal?.code).toBe('flows.needs-quorum')
    await world.call(teacher, markPresence, {
      params: { panelId: id },
      body: { present: [seats.chair, seats.second, seats.third] },
    })
    expect((await close(teacher, id)).body.refusal?.code).toBe('flows.panel-waiting')
    await vote(third, id, caseId, seats.third, 1)
    expect((await close(teacher, id)).status).toBe(200)
    expect((await vote(teacher, id, caseId, seats.paper, 2)).body.refusal?.code).toBe('flows.panel-closed')
    const presence = await world.call(teacher, markPresence, { params: { panelId: id }, body: { present: [] } })
    expect(presence.body.refusal?.code).toBe('flows.panel-closed')
  })

  test('counts two ballots at the same moment once', async () => {
    const caseId = await send(children[0] as Child)
    const { id, seats } = await convene()
    const both = await Promise.all([
      vote(second, id, caseId, seats.second, 1),
      vote(second, id, caseId, seats.second, 2),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    const stored = await world.owner.query('select count(*)::int as n from flow_votes where panel_id = $1', [id])
    expect(stored.rows[0]?.n).toBe(1)
    await cleanUp(caseId)
  })

  test('closed twice at the same moment is closed once, and the last ballot at that moment is counted', async () => {
    const caseId = await send(children[0] as Child)
    const { id, seats } = await convene(['chair', 'second', 'third', 'paper'])
    const votes = [
      [teacher, seats.chair],
      [second, seats.second],
      [third, seats.third],
    ] as const
    for (const [who, seat] of votes) await vote(who, id, caseId, seat, 1)
    // A close before the last ballot is told to wait; one after it closes.
    const [last, ...early] = await Promise.all([
      vote(teacher, id, caseId, seats.paper, 1),
      close(teacher, id),
      close(teacher, id),
    ])
    expect(last.status).toBe(200)
    const late = await Promise.all([close(teacher, id), close(teacher, id)])
    const closes = [...early, ...late]
    expect(closes.filter(({ status }) => status === 200)).toHaveLength(1)
    for (const { status, body } of closes)
      if (status !== 200) expect(body.refusal?.code).toMatch(/^flows\.panel-(closed|waiting)$/)
    const { rows } = await world.owner.query<{ steps: number; ballots: number; counted: number }>(
      `select (select count(*)::int from flow_steps where case_id = $2 and move = 'judge') as steps,
         (select count(*)::int from flow_votes where panel_id = $1) as ballots,
         (select sum(v::int)::int from flow_panel_cases, jsonb_each_text(votes) j (k, v) where panel_id = $1) as counted`,
      [id, caseId],
    )
    expect(rows[0]).toEqual({ steps: 1, ballots: 4, counted: 4 })
  })

  test('tied is decided by the chair in writing, and that stands in the minutes', async () => {
    const caseId = await send(children[0] as Child)
    const { id, seats } = await convene(['chair', 'second', 'third', 'paper'])
    for (const [who, seat, choice] of [
      [teacher, seats.chair, 1],
      [second, seats.second, 2],
      [third, seats.third, 1],
      [teacher, seats.paper, 2],
    ] as const)
      await vote(who, id, caseId, seat, choice)
    expect((await close(teacher, id)).body.refusal?.code).toBe('flows.panel-tied')
    const decide = (who: Someone, choice: number) =>
      world.call(who, decideTie, { params: { panelId: id, caseId }, body: { choice, reason: '家中两人患病,支出大' } })
    expect((await decide(second, 1)).body.refusal?.code).toBe('flows.panel-not-chair')
    expect((await decide(teacher, 9)).body.refusal?.code).toBe('flows.panel-choice')
    expect((await decide(teacher, 1)).status).toBe(200)
    expect((await close(teacher, id)).status).toBe(200)
    expect((await look(teacher, caseId)).body).toMatchObject({ outcome: { level: 1 } })
    expect((await look(teacher, caseId)).body.steps.at(-1)).toMatchObject({ reason: '家中两人患病,支出大' })
    expect((await decide(teacher, 2)).status).not.toBe(200)
  })

  test('a result cannot be changed after closing, not even by the job that writes it', async () => {
    const stored = await world.owner.query(
      'select panel_id, case_id from flow_panel_cases where closed_at is not null limit 1',
    )
    const { panel_id, case_id } = stored.rows[0] as { panel_id: string; case_id: string }
    const touched = await world.program.services.door.asJob('importer', (db) =>
      db.change({
        text: 'update flow_panel_cases set result = 9 where panel_id = $1 and case_id = $2',
        values: [panel_id, case_id],
      }),
    )
    expect(touched).toBe(0)
    const control = await world.owner.query(
      'select result from flow_panel_cases where panel_id = $1 and case_id = $2',
      [panel_id, case_id],
    )
    expect(control.rows[0]?.result).toBe(1)
  })
})

describe('[C19] standing aside', () => {
  test('a parent does not judge the own child, nor a teacher a child among whose contacts they stand; the same surname is not enough', async () => {
    const own = await send(children[1] as Child)
    const namesake = await send(children[3] as Child)
    const kin = children[4] as Child
    await world.owner.query(
      `insert into student_contacts (school_id, student_id, id, scope, name, name_key, relation) values ($1, $2, $3, $4, '李老师', '李老师', '姑姑')`,
      [kin.schoolId, kin.id, uuidv7(), kin.scope],
    )
    const related = await send(kin)
    const { id, seats } = await convene()
    const seen = async (who: Someone) => (await panelOf(who, id)).body.cases.map(({ caseId }) => caseId)
    expect((await seen(parent)).sort()).toEqual([namesake, related].sort())
    expect((await seen(second)).sort()).toEqual([own, namesake].sort())
    expect((await vote(parent, id, own, seats.parent, 1)).status).toBe(404)
    expect((await vote(second, id, related, seats.second, 1)).status).toBe(404)
    expect((await look(second, related)).status).toBe(404)
    expect((await look(third, related)).status).toBe(200)
    // The surname 李 of the teacher and of 李四 says nothing.
    expect((await vote(second, id, namesake, seats.second, 1)).status).toBe(200)
    expect((await look(parent, own)).body).toMatchObject({ told: '学校正在看', steps: [] })
    await cleanUp(own, namesake, related)
  })

  test('the mentor stands aside while the panel sits and finds the case again afterwards', async () => {
    const child = children[0] as Child
    const mentor = await world.someone('teacher', world.units.schoolA, '郑老师')
    await world.owner.query(
      `insert into pairings (school_id, id, student_id, scope, mentor_id, mentor_name, from_date, appointed_by) values ($1, $2, $3, $4, $5, '郑老师', '2025-09-01', $5)`,
      [child.schoolId, uuidv7(), child.id, child.scope, mentor.personId],
    )
    const caseId = await send(child)
    const [id, seats] = [uuidv7(), seatsNow()]
    const named = [...members(seats).slice(0, 3), member(seats.paper, mentor, 'teacher')]
    await world.call(teacher, convenePanel, {
      body: { id, flow: flow.id, unitId: world.units.classA1.id, members: named },
    })
    expect((await panelOf(mentor, id)).body.cases).toEqual([])
    const shut = await world.owner.query('select excluded from flow_cases where id = $1', [caseId])
    expect(shut.rows[0]?.excluded).toEqual([mentor.personId])
    await world.call(teacher, markPresence, {
      params: { panelId: id },
      body: { present: [seats.chair, seats.second, seats.third] },
    })
    for (const [who, seat] of [
      [teacher, seats.chair],
      [second, seats.second],
      [third, seats.third],
    ] as const)
      await vote(who, id, caseId, seat, 1)
    expect((await close(teacher, id)).status).toBe(200)
    const back = await world.owner.query('select excluded from flow_cases where id = $1', [caseId])
    expect(back.rows[0]?.excluded).toEqual([])
  })

  test('declared by hand shuts the member out at once, but not after the ballot', async () => {
    const caseId = await send(children[0] as Child)
    const { id, seats } = await convene()
    const declare = (who: Someone, seat: string) =>
      world.call(who, standAside, { params: { panelId: id, caseId }, body: { seat, reason: '是邻居,有往来' } })
    expect((await declare(second, seats.third)).status).toBe(404)
    expect((await declare(third, seats.third)).status).toBe(200)
    expect((await look(third, caseId)).status).toBe(404)
    expect((await vote(third, id, caseId, seats.third, 1)).status).toBe(404)
    await vote(second, id, caseId, seats.second, 1)
    expect((await declare(second, seats.second)).body.refusal?.code).toBe('flows.panel-has-voted')
    await cleanUp(caseId)
  })
})

describe('[C19] who sits follows the kind of school', () => {
  test('no classmates in a primary school, nobody of another school, no person twice, and nothing without a case', async () => {
    const caseId = await send(children[0] as Child)
    const seats = seatsNow()
    const made = (list: ReturnType<typeof members>, unit = world.units.classA1, who = teacher) =>
      world.call(who, convenePanel, { body: { id: uuidv7(), flow: flow.id, unitId: unit.id, members: list } })
    const codeOf = async (answer: ReturnType<typeof made>) => (await answer).body.refusal?.code
    const list = members(seats)
    expect(await codeOf(made([...list, member(uuidv7(), null, 'student')]))).toBe('flows.panel-side')
    expect(await codeOf(made(list.slice(0, 2)))).toBe('flows.panel-too-small')
    expect(await codeOf(made([...list, member(uuidv7(), second, 'teacher')]))).toBe('flows.panel-twice')
    const foreigner = await world.someone('class-teacher', world.units.classB1)
    expect(await codeOf(made([...list, member(uuidv7(), foreigner, 'teacher')]))).toBe('platform.not-found')
    expect(await codeOf(made(list, world.units.classA1, foreigner))).toBe('flows.panel-not-yours')
    expect(
      await codeOf(made(list, world.units.classA2, await world.someone('school-aid-officer', world.units.schoolA))),
    ).toBe('platform.not-found')
    await cleanUp(caseId)
  })

  test('a teaching point too small for a quorum judges jointly with its central school', async () => {
    const point = { id: uuidv7(), path: `${world.units.schoolA.path}tp.`, name: '山口教学点' }
    const room = { id: uuidv7(), path: `${point.path}k1.`, name: '一年级' }
    for (const [unit, parentId, kind] of [
      [point, world.units.schoolA.id, 'teaching-point'],
      [room, point.id, 'class'],
    ] as const)
      await world.owner.query(
        'insert into units (id, parent_id, path, kind, name, stage, grade, school_id) values ($1, $2, $3, $4, $5, 2, 1, $6)',
        [unit.id, parentId, unit.path, kind, unit.name, point.id],
      )
    const caseId = uuidv7()
    await world.owner.query(
      `insert into flow_cases (school_id, id, flow, scope, secrecy, state, opened_by, place) values ($1, $2, $3, $4, 2, 'judging', $5, $4)`,
      [point.id, caseId, flow.id, room.path, teacher.personId],
    )
    const officer = await world.someone('school-aid-officer', world.units.schoolA, '中心校专干')
    const seats = seatsNow()
    const staff = members(seats).slice(0, 3)
    const made = (unitId: string, units: string[], list = staff) =>
      world.call(officer, convenePanel, { body: { id: uuidv7(), flow: flow.id, unitId, units, members: list } })
    const small = await made(point.id, [], staff.slice(0, 2))
    expect(small.body.refusal).toMatchObject({ code: 'flows.panel-too-small' })
    expect(small.body.refusal?.sentence).toContain('联合评议')
    const joint = await made(world.units.schoolA.id, [point.id])
    expect(joint.body).toMatchObject({ cases: 1 })
    await cleanUp(caseId)
  })
})

// Takes cases of a sitting that stays open out of the way of the next test.
const cleanUp = (...ids: string[]) =>
  world.owner.query("update flow_cases set state = 'granted' where id = any($1::uuid[])", [ids])
