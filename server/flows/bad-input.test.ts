import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { attachToCase, castVote, closePanel, convenePanel, markPresence, moveCase, openCase } from '#contract/flows'
import { addRecord } from '#contract/records'
import { addGuardian, type TestGuardian } from '../test-family.ts'
import { type Child, openWorld, type Someone, type World } from '../test-world.ts'
import { judged } from './judged.fixture.ts'

/** Each bad act is refused with its reason, and everything on file is as it was. */
let world: World
let child: Child
let teacher: Someone
let second: Someone
let third: Someone
let stranger: Someone
let officer: Someone
let guardian: TestGuardian
let caseId: string
const application = uuidv7()

beforeAll(async () => {
  world = await openWorld('2025-11-20', { procedures: [judged] })
  child = world.children.a1[0] as Child
  const { classA1, schoolA, province } = world.units
  teacher = await world.someone('class-teacher', classA1)
  second = await world.someone('teacher', schoolA, '李老师')
  third = await world.someone('teacher', schoolA, '周老师')
  stranger = await world.someone('teacher', schoolA, '吴老师')
  officer = await world.someone('school-aid-officer', schoolA)
  guardian = await addGuardian(world, child)
  await world.owner.query(
    `insert into recognition_rounds (id, unit_id, unit_path, school_year, term, notice_on, opens_on, closes_on, notice, opened_by, opened_by_name)
     values ($1, $2, $3, 2025, 1, '2025-11-10', '2025-11-14', '2025-12-14', '学年申请', $1, '省')`,
    [uuidv7(), province.id, province.path],
  )
  caseId = await open()
})
afterAll(() => world.close())

const open = async (): Promise<string> => {
  const id = uuidv7()
  const { status } = await world.call(teacher, openCase, {
    params: { schoolId: child.schoolId },
    body: {
      id,
      flow: 'care-listing',
      move: 'request',
      stepId: uuidv7(),
      studentId: child.id,
      content: { facts: '常独自哭泣', care: '每周谈心' },
    },
  })
  expect(status).toBe(200)
  return id
}

const tables = [
  'flow_cases',
  'flow_steps',
  'flow_tasks',
  'flow_files',
  'flow_panels',
  'flow_votes',
  'flow_panel_minutes',
  'message_outbox',
]
const onFile = async (): Promise<string> => {
  const counted: unknown[] = []
  for (const table of tables)
    counted.push(
      (
        await world.owner.query(
          `select md5(coalesce(string_agg(t::text, '' order by t::text), '')) as sum from ${table} t`,
        )
      ).rows[0],
    )
  return JSON.stringify(counted)
}
// Refused with this code, in words, and nothing half done.
const refuses = async (code: string, act: () => Promise<{ status: number; body: object }>): Promise<void> => {
  const before = await onFile()
  const { status, body } = await act()
  expect(status).toBeGreaterThanOrEqual(400)
  expect(status).not.toBe(500)
  const { refusal } = body as { refusal?: { code: string; sentence: string } }
  expect(refusal?.code).toBe(code)
  expect(refusal?.sentence.length).toBeGreaterThan(4)
  expect(await onFile()).toBe(before)
}
const move = (who: Someone, id: string, body: object) =>
  world.call(who, moveCase, {
    params: { schoolId: child.schoolId, caseId: id },
    body: { stepId: uuidv7(), move: 'send-back', version: 1, reason: '请补充', ...body },
  })

describe('is refused with its reason, and nothing is half done', () => {
  test('a move with a stale version; the same move with the version that stands is made', async () => {
    const id = await open()
    const decline = (version: number) => move(officer, id, { move: 'decline', version })
    await refuses('flows.changed-meanwhile', () => decline(7))
    await refuses('flows.no-such-move', () => move(officer, id, { move: 'anything' }))
    expect((await decline(1)).body.refusal?.code).not.toBe('flows.changed-meanwhile')
  })

  test('a reason of forty pages, and one beyond what a request may hold', async () => {
    await refuses('flows.reason', () => move(officer, caseId, { move: 'decline', reason: '长'.repeat(19_000) }))
    await refuses('platform.invalid', () => move(officer, caseId, { move: 'decline', reason: '长'.repeat(60_000) }))
    const tooLong = await move(officer, caseId, { move: 'decline', reason: '长'.repeat(60_000) })
    expect(tooLong.body).toMatchObject({ refusal: { fields: [{ field: 'reason', reason: '最多 20000 个字' }] } })
  })

  test('an application for somebody else’s child; for the own child it is opened', async () => {
    const other = world.children.a1[1] as Child
    const applyFor = (studentId: string, id = uuidv7()) =>
      world.call(guardian, openCase, {
        params: { schoolId: child.schoolId },
        body: { id, flow: 'recognition-round', move: 'save', stepId: uuidv7(), studentId, content: {} },
      })
    await refuses('platform.not-found', () => applyFor(other.id))
    const foreign = world.children.b1[0] as Child
    await refuses('platform.not-found', () => applyFor(foreign.id))
    expect((await applyFor(child.id, application)).status).toBe(200)
  })

  test('a signature image of 50 MB; one of a finger is taken', async () => {
    const attach = (body: Buffer) =>
      world.call(guardian, attachToCase, {
        params: { schoolId: child.schoolId, caseId: application, fileId: uuidv7() },
        query: { purpose: 'signature' },
        body,
      })
    const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
    const before = await onFile()
    const huge = await attach(Buffer.concat([png, Buffer.alloc(50 * 1024 * 1024, 7)]))
    expect([413, 422, 400, 409]).toContain(huge.status)
    expect(huge.body.refusal?.sentence).toMatch(/大|MB|兆/)
    expect(await onFile()).toBe(before)
    await refuses('flows.file-kind', () => attach(Buffer.from('<svg onload="x"/>')))
    expect((await attach(Buffer.concat([png, Buffer.alloc(6_000, 7)]))).status).toBe(200)
  })

  test('a step dated back: a step bears the clock of the server, and an act of tomorrow or of before is told so', async () => {
    const id = await open()
    const { rows } = await world.owner.query<{ at: Date }>('select at from flow_steps where case_id = $1', [id])
    expect(new Date(rows[0]?.at ?? '').toISOString()).toBe('2025-11-20T02:00:00.000Z')
    // What a caller says of the time is not asked anywhere: the field does not exist.
    const sent = await world.call(officer, moveCase, {
      params: { schoolId: child.schoolId, caseId: id },
      body: { stepId: uuidv7(), move: 'decline', version: 1, reason: '不需要', at: '2020-01-01T00:00:00Z' } as never,
    })
    expect(sent.status).not.toBe(500)
    const back = await world.owner.query(`select 1 from flow_steps where at < '2025-01-01'`)
    expect(back.rowCount).toBe(0)
    const visit = (actDate: string) =>
      world.call(teacher, addRecord, {
        params: { schoolId: child.schoolId },
        body: { id: uuidv7(), kind: 1, studentIds: [child.id], actDate, mode: 1, fields: {} },
      })
    expect((await visit('2025-11-21')).status).not.toBe(200)
    expect((await visit('2025-11-19')).status).toBe(200)
  })
})

describe('[C19] of a sitting', () => {
  const seats = [uuidv7(), uuidv7(), uuidv7()]
  const panel = { params: { panelId: uuidv7() } }
  let judgedCase: string

  beforeAll(async () => {
    judgedCase = uuidv7()
    await world.call(teacher, openCase, {
      params: { schoolId: child.schoolId },
      body: {
        id: judgedCase,
        flow: judged.flow.id,
        move: 'send',
        stepId: uuidv7(),
        studentId: child.id,
        content: { facts: '父亲患病' },
      },
    })
    const members = [teacher, second, third].map((who, nth) => ({
      seat: seats[nth] as string,
      personId: who.personId,
      name: who.name,
      side: 'teacher' as const,
      chair: nth === 0,
    }))
    const body = { id: panel.params.panelId, flow: judged.flow.id, unitId: world.units.classA1.id, members }
    expect((await world.call(teacher, convenePanel, { body })).status).toBe(200)
  })
  const vote = (who: Someone, seat: string) =>
    world.call(who, castVote, { params: { ...panel.params, caseId: judgedCase }, body: { seat, choice: 1 } })
  const close = () => world.call(teacher, closePanel, { ...panel, body: { minutes: '逐件评议' } })

  test('a ballot by somebody who is no member, for another’s seat, or from somebody away is not taken', async () => {
    await refuses('platform.not-found', () => vote(stranger, seats[1] as string))
    await world.call(teacher, markPresence, { ...panel, body: { present: seats.slice(0, 2) } })
    await refuses('platform.not-found', () => vote(second, seats[0] as string))
    await refuses('flows.panel-absent', () => vote(third, seats[2] as string))
    expect((await vote(second, seats[1] as string)).status).toBe(200)
    await refuses('flows.panel-voted', () => vote(second, seats[1] as string))
  })

  test('a sitting without quorum does not close; with it and every ballot it does, and then nothing changes', async () => {
    await world.owner.query('update flow_panels set least = 3 where id = $1', [panel.params.panelId])
    await refuses('flows.needs-quorum', close)
    await world.call(teacher, markPresence, { ...panel, body: { present: seats } })
    await refuses('flows.panel-waiting', close)
    expect((await vote(teacher, seats[0] as string)).status).toBe(200)
    expect((await vote(third, seats[2] as string)).status).toBe(200)
    expect((await close()).status).toBe(200)
    await refuses('flows.panel-closed', close)
  })
})
