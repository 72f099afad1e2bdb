import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  attachToCase,
  type Flow,
  getCase,
  listBox,
  listMyCases,
  moveCase,
  moveCases,
  openCase,
  saveContent,
} from '#contract/flows'
import { appoint, endAppointment } from '#contract/people'
import { type Child, openWorld, type Someone, type World } from '../test-world.ts'
import { keepClocks } from './keep-clocks.ts'
import type { Procedure } from './procedure.ts'

const text = { required: true, max: 50, encrypted: true } as const

/** A small procedure of everything the engine does: a teacher asks, the officer looks, the principal decides within two working days. */
const flow: Flow = {
  id: 'test-request',
  label: '试验事项',
  neutralLabel: '事项',
  domain: 'protection',
  publication: 'never',
  states: {
    draft: { label: '草稿', told: '还没有提交', desk: ['applicant'] },
    looking: {
      label: '初审',
      told: '学校正在看',
      desk: ['school-aid-officer'],
      clock: { count: 2, unit: 'working-days', warnBefore: 1, whenOver: 'escalate' },
    },
    deciding: {
      label: '审批',
      told: '学校正在研究',
      desk: ['principal'],
      clock: { count: 24, unit: 'hours', whenOver: { move: 'lapse' } },
    },
    granted: { label: '已同意', told: '已经办结', final: true },
    refused: { label: '未同意', told: '已经办结', final: true },
  },
  moves: [
    {
      id: 'save',
      label: '存草稿',
      from: ['none', 'draft'],
      to: 'draft',
      by: ['class-teacher', 'applicant'],
      needsReason: false,
    },
    {
      id: 'send',
      label: '提交',
      from: ['none', 'draft'],
      to: 'looking',
      by: ['class-teacher', 'applicant'],
      needsReason: false,
      needs: ['content'],
    },
    {
      id: 'pass',
      label: '初审通过',
      from: ['looking'],
      to: 'deciding',
      by: ['school-aid-officer'],
      needsReason: false,
      bulk: true,
    },
    {
      id: 'grant',
      label: '同意',
      from: ['deciding'],
      to: 'granted',
      by: ['principal'],
      needsReason: true,
      fields: [{ id: 'amount', label: '金额', type: 'money', required: true, max: 500_000, encrypted: false }],
    },
    { id: 'lapse', label: '逾期未办', from: ['deciding'], to: 'refused', by: ['clock'], needsReason: false },
  ],
  form: [{ id: 'facts', label: '情况', type: 'text', ...text }],
}

let now = new Date('2025-11-20T10:00:00+08:00')
let granted: string[] = []
const procedure: Procedure = {
  flow,
  about: 'student',
  follow: {
    grant: async (_db, made) => {
      granted.push(made.case.id)
      return { payload: { amount: made.fields.amount as number } }
    },
  },
}

let world: World
let child: Child
let teacher: Someone
let otherTeacher: Someone
let officer: Someone
let principal: Someone
let county: Someone

beforeAll(async () => {
  world = await openWorld('2025-11-20', { procedures: [procedure], now: () => now })
  child = world.children.a1[0] as Child
  teacher = await world.someone('class-teacher', world.units.classA1)
  otherTeacher = await world.someone('class-teacher', world.units.classB1)
  officer = await world.someone('school-aid-officer', world.units.schoolA)
  principal = await world.someone('principal', world.units.schoolA)
  county = await world.someone('county-aid-officer', world.units.county)
})
afterAll(() => world.close())

const open = async (who: Someone, move = 'send', studentId = child.id) => {
  const id = uuidv7()
  const answered = await world.call(who, openCase, {
    params: { schoolId: child.schoolId },
    body: { id, flow: flow.id, move, stepId: uuidv7(), studentId, content: { facts: '父亲外出后一直没有联系' } },
  })
  return { id, answered }
}
const moved = (who: Someone, caseId: string, move: string, version: number, more: object = {}) =>
  world.call(who, moveCase, {
    params: { schoolId: child.schoolId, caseId },
    body: { stepId: uuidv7(), move, version, ...more },
  })
const box = async (who: Someone, name: 'todo' | 'done' | 'copies' = 'todo') =>
  (await world.call(who, listBox, { params: { box: name } })).body.lines.map(({ caseId }) => caseId)
const seen = (who: Someone, caseId: string) =>
  world.call(who, getCase, { params: { schoolId: child.schoolId, caseId } })

describe('a case', () => {
  test('goes from desk to desk, each step on file, and its outcome is written in the same transaction', async () => {
    const { id, answered } = await open(teacher)
    expect(answered.status).toBe(200)
    expect(answered.body).toMatchObject({ state: 'looking', version: 1 })
    expect(await box(officer)).toContain(id)
    expect(await box(principal)).not.toContain(id)
    expect((await moved(officer, id, 'pass', 1)).body).toMatchObject({ state: 'deciding', version: 2 })
    expect(await box(officer)).not.toContain(id)
    expect(await box(officer, 'done')).toContain(id)
    expect(await box(principal)).toContain(id)
    const done = await moved(principal, id, 'grant', 2, { reason: '属实', fields: { amount: 50_000 } })
    expect(done.body).toMatchObject({ state: 'granted', version: 3 })
    expect(granted).toContain(id)
    const { body } = await seen(principal, id)
    expect(body.steps.map(({ label }) => label)).toEqual(['提交', '初审通过', '同意'])
    expect(body.steps.at(-1)).toMatchObject({ by: 'principal甲', reason: '属实', late: false })
    expect(body.outcome).toEqual({ amount: 50_000 })
    expect(body.content).toEqual({ facts: '父亲外出后一直没有联系' })
    expect(body.final).toBe(true)
    expect(body.moves).toEqual([])
  })

  test('tells the one who asked where it stands in plain words', async () => {
    const { id } = await open(teacher)
    const mine = await world.call(teacher, listMyCases)
    expect(mine.body.cases.find(({ caseId }) => caseId === id)).toMatchObject({ told: '学校正在看', title: '事项' })
  })

  test('does not exist for a teacher of another school, by list, by address or by move', async () => {
    const { id } = await open(teacher)
    expect((await seen(otherTeacher, id)).status).toBe(404)
    expect((await moved(otherTeacher, id, 'pass', 1)).status).toBe(404)
    expect(await box(otherTeacher)).toEqual([])
    expect((await open(otherTeacher)).answered.status).toBe(404)
    expect((await seen(officer, id)).status).toBe(200)
  })

  test('refuses a move out of order, by the wrong post, with a stale version, without its reason or fields, and leaves no trace', async () => {
    const { id } = await open(teacher)
    expect((await moved(principal, id, 'grant', 1, { reason: '好' })).body.refusal?.code).toBe('flows.out-of-order')
    expect((await moved(teacher, id, 'pass', 1)).body.refusal?.code).toBe('flows.not-your-post')
    expect((await moved(officer, id, 'pass', 7)).body.refusal?.code).toBe('flows.changed-meanwhile')
    expect((await moved(officer, id, 'nonsense', 1)).body.refusal?.code).toBe('flows.no-such-move')
    await moved(officer, id, 'pass', 1)
    expect((await moved(principal, id, 'grant', 2, { fields: { amount: 1 } })).body.refusal?.code).toBe(
      'flows.reason-missing',
    )
    expect((await moved(principal, id, 'grant', 2, { reason: '好' })).body.refusal?.code).toBe('flows.content')
    const long = await moved(principal, id, 'grant', 2, { reason: '长'.repeat(2_001), fields: { amount: 1 } })
    expect(long.body.refusal?.code).toBe('flows.reason')
    expect((await moved(principal, id, 'lapse', 2)).body.refusal?.code).toBe('flows.not-your-post')
    expect((await seen(principal, id)).body.steps).toHaveLength(2)
  })

  test('of two people at once one moves it and the other is told', async () => {
    const { id } = await open(teacher)
    const second = await world.someone('school-aid-officer', world.units.schoolA, '专干乙')
    const both = await Promise.all([moved(officer, id, 'pass', 1), moved(second, id, 'pass', 1)])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(both.find(({ status }) => status === 409)?.body.refusal?.code).toMatch(/changed-meanwhile|out-of-order/)
    expect((await seen(officer, id)).body.steps).toHaveLength(2)
  })

  test('moves once when the same step is sent twice', async () => {
    const { id } = await open(teacher)
    const body = { stepId: uuidv7(), move: 'pass', version: 1 }
    const asked = { params: { schoolId: child.schoolId, caseId: id }, body }
    const first = await world.call(officer, moveCase, asked)
    const again = await world.call(officer, moveCase, asked)
    expect([first.status, again.status]).toEqual([200, 200])
    expect(again.body).toEqual(first.body)
    expect((await seen(officer, id)).body.steps).toHaveLength(2)
  })

  test('keeps a draft that only its writer finds and sends when complete', async () => {
    const id = uuidv7()
    const draft = { id, flow: flow.id, move: 'save', stepId: uuidv7(), studentId: child.id, content: {} }
    await world.call(teacher, openCase, { params: { schoolId: child.schoolId }, body: draft })
    expect(await box(teacher)).toContain(id)
    expect((await moved(teacher, id, 'send', 1)).body.refusal?.code).toBe('flows.needs-content')
    const key = { schoolId: child.schoolId, caseId: id }
    const save = (who: Someone, content: Record<string, string>) =>
      world.call(who, saveContent, { params: key, body: { content, version: 1 } })
    expect((await save(officer, { facts: '改' })).status).not.toBe(200)
    expect((await save(teacher, { unknown: '无此栏' })).body.refusal?.code).toBe('flows.content')
    expect((await save(teacher, { facts: '家里着火了' })).status).toBe(200)
    expect((await moved(teacher, id, 'send', 1)).body).toMatchObject({ state: 'looking' })
    expect((await seen(officer, id)).body.content).toEqual({ facts: '家里着火了' })
  })

  test('many cases of a list move at once; those that may not are named and stay', async () => {
    const ids = [(await open(teacher)).id, (await open(teacher)).id]
    const gone = (await open(teacher)).id
    await moved(officer, gone, 'pass', 1)
    const items = [...ids, gone].map((caseId) => ({ caseId, stepId: uuidv7(), version: 1 }))
    const asked = { params: { schoolId: child.schoolId }, body: { flow: flow.id, move: 'pass', items } }
    const { body } = await world.call(officer, moveCases, asked)
    expect(body.moved).toBe(2)
    expect(body.refused.map(({ caseId }) => caseId)).toEqual([gone])
    const wrong = await world.call(officer, moveCases, { ...asked, body: { ...asked.body, move: 'grant' } })
    expect(wrong.body.refusal?.code).toBe('flows.not-in-bulk')
  })

  test('[T7] passes to the next post up where the post is vacant, and that person may act', async () => {
    const other = world.children.b1[0] as Child
    const head = await world.someone('principal', world.units.schoolB)
    const id = uuidv7()
    await world.call(otherTeacher, openCase, {
      params: { schoolId: other.schoolId },
      body: {
        id,
        flow: flow.id,
        move: 'send',
        stepId: uuidv7(),
        studentId: other.id,
        content: { facts: '没有专干的学校' },
      },
    })
    expect(await box(head)).toContain(id)
    const asked = {
      params: { schoolId: other.schoolId, caseId: id },
      body: { stepId: uuidv7(), move: 'pass', version: 1 },
    }
    expect((await world.call(head, moveCase, asked)).status).toBe(200)
  })
})

describe('a clock', () => {
  const at = (when: string) => {
    now = new Date(when)
  }

  test('in working days passes over the weekend, warns before and brings in the next post up after', async () => {
    at('2025-11-21T10:00:00+08:00')
    const { id } = await open(teacher)
    // Friday plus two working days is Tuesday.
    expect((await seen(officer, id)).body.dueAt).toBe('2025-11-25T15:59:59.999Z')
    at('2025-11-25T09:00:00+08:00')
    await keepClocks(world.program.engine)
    expect(await box(principal)).not.toContain(id)
    at('2025-11-26T00:00:01+08:00')
    await keepClocks(world.program.engine)
    await keepClocks(world.program.engine)
    expect((await box(principal)).filter((caseId) => caseId === id)).toHaveLength(1)
    expect(await box(officer)).toContain(id)
    expect((await moved(officer, id, 'pass', 1)).body).toMatchObject({ state: 'deciding' })
    expect((await seen(officer, id)).body.steps.at(-1)).toMatchObject({ late: true })
  })

  test('in hours does not stop at night, and the time itself may make the move the table names', async () => {
    at('2025-11-28T20:00:00+08:00')
    const { id } = await open(teacher)
    await moved(officer, id, 'pass', 1)
    expect((await seen(officer, id)).body.dueAt).toBe('2025-11-29T12:00:00.000Z')
    at('2025-11-29T20:00:01+08:00')
    await keepClocks(world.program.engine)
    const { body } = await seen(officer, id)
    expect(body.state).toBe('refused')
    expect(body.steps.at(-1)).toMatchObject({ label: '逾期未办' })
    granted = []
  })

  test('over a holiday with a weekend made up counts the days offices work', async () => {
    // 1–8 October 2025 are holidays, 11 October is a Saturday made up.
    at('2025-09-30T10:00:00+08:00')
    const { id } = await open(teacher)
    expect((await seen(officer, id)).body.dueAt).toBe('2025-10-10T15:59:59.999Z')
    at('2025-11-20T10:00:00+08:00')
    expect(await box(county)).not.toContain(id)
  })
})

describe('the instant of the engine', () => {
  test('is what stands as arrival, on papers and where one was brought in, whatever the clock of the database says', async () => {
    now = new Date('2025-11-21T08:30:00+08:00')
    const { id } = await open(teacher)
    const since = async (who: Someone) =>
      (await world.call(who, listBox, { params: { box: 'todo' } })).body.lines.find(({ caseId }) => caseId === id)
        ?.since
    expect(new Date((await since(officer)) ?? '').toISOString()).toBe(now.toISOString())
    now = new Date('2025-11-21T09:00:00+08:00')
    await world.call(officer, attachToCase, {
      params: { schoolId: child.schoolId, caseId: id, fileId: uuidv7() },
      query: { purpose: 'material' },
      body: Buffer.from('%PDF-1.4\n%%EOF\n'),
    })
    const [paper] = (await seen(officer, id)).body.files
    expect(new Date(paper?.at ?? '').toISOString()).toBe(now.toISOString())
    now = new Date('2025-11-26T00:00:01+08:00')
    await keepClocks(world.program.engine)
    expect(new Date((await since(principal)) ?? '').toISOString()).toBe(now.toISOString())
    now = new Date('2025-11-20T10:00:00+08:00')
  })
})

describe('[T7] desks', () => {
  test('follow the posts: filled, the case comes down; vacant again, it goes up; a unit that moves takes them along', async () => {
    const other = world.children.b1[1] as Child
    const id = uuidv7()
    const head = await world.someone('principal', world.units.schoolB, '校长丙')
    await world.call(otherTeacher, openCase, {
      params: { schoolId: other.schoolId },
      body: {
        id,
        flow: flow.id,
        move: 'send',
        stepId: uuidv7(),
        studentId: other.id,
        content: { facts: '专干还没有到任' },
      },
    })
    expect(await box(head)).toContain(id)
    const fresh = await world.someone('teacher', world.units.schoolB, '新专干')
    const appointed = await world.call(county, appoint, {
      body: {
        id: uuidv7(),
        personId: fresh.personId,
        unitId: world.units.schoolB.id,
        post: 'school-aid-officer',
        fromDate: world.day,
        document: null,
      },
    })
    expect(appointed.status).toBe(200)
    expect(await box(fresh)).toContain(id)
    expect(await box(head)).not.toContain(id)
    await world.call(county, endAppointment, {
      params: { appointmentId: appointed.body.id },
      body: { untilDate: world.day },
    })
    expect(await box(head)).toContain(id)
    expect(await box(fresh)).not.toContain(id)
  })
})

describe('[T6] people are told', () => {
  const waiting = async (kind: string, personId: string) =>
    (
      await world.owner.query<{ n: number }>(
        'select count(*)::int as n from message_outbox where kind = $1 and to_person = $2',
        [kind, personId],
      )
    ).rows[0]?.n ?? 0

  test('the one who asked, when what they read of it changes; nobody of what they did themselves', async () => {
    const before = await waiting('case.moved', teacher.personId)
    const { id } = await open(teacher)
    expect(await waiting('case.moved', teacher.personId)).toBe(before)
    await moved(officer, id, 'pass', 1)
    expect(await waiting('case.moved', teacher.personId)).toBe(before + 1)
    await moved(principal, id, 'grant', 2, { reason: '属实', fields: { amount: 100 } })
    expect(await waiting('case.closed', teacher.personId)).toBeGreaterThan(0)
  })

  test('whoever is to act within hours at once, and before and after time runs out', async () => {
    now = new Date('2025-11-24T10:00:00+08:00')
    const urgent = await waiting('work.urgent', principal.personId)
    const overdue = await waiting('work.overdue', officer.personId)
    const { id } = await open(teacher)
    await moved(officer, id, 'pass', 1)
    expect(await waiting('work.urgent', principal.personId)).toBe(urgent + 1)
    await open(teacher)
    now = new Date('2025-11-27T10:00:00+08:00')
    await keepClocks(world.program.engine)
    expect(await waiting('work.overdue', officer.personId)).toBeGreaterThan(overdue)
    const texts = await world.owner.query<{ params: object }>('select params from message_outbox')
    expect(
      texts.rows.map(({ params }) => JSON.stringify(params)).filter((text) => /困难|资助|贫困/.test(text)),
    ).toEqual([])
    now = new Date('2025-11-20T10:00:00+08:00')
  })
})
