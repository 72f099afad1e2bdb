import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { getCase, listBox, listMyCases, listOpenable, moveCase, openCase } from '#contract/flows'
import { listAudit } from '#contract/people'
import {
  findSchools,
  judgeAnonymously,
  lookAnonymously,
  mostPerDay,
  mostPerHour,
  openBounds,
  sendAnonymously,
} from '#contract/voices'
import { keepClocks } from '#server/flows'
import { addGuardian } from '../test-family.ts'
import { type Child, openWorld, type Someone, type World } from '../test-world.ts'

let now = new Date('2025-11-20T10:00:00+08:00')
let world: World
let child: Child
let head: Someone
let otherTeacher: Someone
let officer: Someone
let principal: Someone
let county: Someone
let leader: Someone
let auditor: Someone

beforeAll(async () => {
  world = await openWorld('2025-11-20', { now: () => now })
  child = world.children.a1[0] as Child
  head = await world.someone('class-teacher', world.units.classA1, '张班主任')
  otherTeacher = await world.someone('class-teacher', world.units.classA2)
  officer = await world.someone('school-aid-officer', world.units.schoolA)
  principal = await world.someone('principal', world.units.schoolA)
  county = await world.someone('county-aid-officer', world.units.county)
  leader = await world.someone('county-leader', world.units.county)
  auditor = await world.someone('auditor', world.units.province)
})
afterAll(() => world.close())

const harm = { what: 1, person: '张班主任', facts: '11月18日第二节课用尺子打手', danger: 2 }
const letter = { kind: 3, facts: '食堂能不能早一点开门' }

const write = async (who: Someone, flow: string, content: object, studentId: string | null = null) => {
  const id = uuidv7()
  const move = flow === 'mandatory-report' ? 'prepare' : 'send'
  const answered = await world.call(who, openCase, {
    params: { schoolId: child.schoolId },
    body: { id, flow, move, stepId: uuidv7(), studentId, content: content as Record<string, string> },
  })
  return { id, answered }
}
const move = (who: Someone, caseId: string, id: string, version: number, more: object = {}) =>
  world.call(who, moveCase, {
    params: { schoolId: child.schoolId, caseId },
    body: { stepId: uuidv7(), move: id, version, reason: '已与各方谈话,情况属实', ...more },
  })
const see = (who: Someone, caseId: string) => world.call(who, getCase, { params: { schoolId: child.schoolId, caseId } })
const boxes = async (who: Someone) =>
  Promise.all(
    (['todo', 'done', 'copies'] as const).map(async (box) =>
      (await world.call(who, listBox, { params: { box } })).bytes.toString(),
    ),
  )
const todo = async (who: Someone) =>
  (await world.call(who, listBox, { params: { box: 'todo' } })).body.lines.map(({ caseId }) => caseId)

// Every request from an address of its own, unless one is given: bounds are tried apart.
let address = 0
const from = async (
  endpoint: { method: string; path: string },
  { body, query, ip }: { body?: object; query?: string; ip?: string },
) => {
  const response = await world.program.app.inject({
    method: endpoint.method as 'POST',
    url: `${endpoint.path}${query ?? ''}`,
    remoteAddress: ip ?? `10.1.${Math.floor(++address / 250)}.${address % 250}`,
    headers: { 'x-tongxing': '1', ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { payload: JSON.stringify(body) } : {}),
  })
  return { status: response.statusCode, body: response.json() }
}
const send = (flow: 'voice' | 'mistreatment', content: object, ip?: string, unitId = child.schoolId) =>
  from(sendAnonymously, { body: { unitId, flow, content }, ...(ip ? { ip } : {}) })

describe('[Z9] a report of harm', () => {
  test('is handled at the unit above; the person reported and everybody at the school find nothing, not even a count', async () => {
    const insiders = [head, principal, officer]
    const before = await Promise.all(insiders.map(boxes))
    const { id, answered } = await write(otherTeacher, 'mistreatment', harm)
    expect(answered.body).toMatchObject({ state: 'received' })
    expect(await Promise.all(insiders.map(boxes))).toEqual(before)
    for (const who of insiders) {
      expect((await see(who, id)).status).toBe(404)
      expect((await move(who, id, 'accept', 1)).status).toBe(404)
    }
    expect(await todo(county)).toContain(id)
    expect((await see(county, id)).body.content).toMatchObject(harm)
    expect((await see(leader, id)).status).toBe(404)
    const mine = await world.call(otherTeacher, listMyCases)
    expect(mine.body.cases.map(({ title, told }) => ({ title, told }))).toEqual([{ title: '来信', told: '已经收到' }])
  })

  test('stays out of their sight when the reported person holds a post at the unit above as well, and when time runs out', async () => {
    const both = await world.someone('principal', world.units.schoolB, '两处任职')
    await world.owner.query(
      `insert into appointments (id, person_id, unit_id, scope, post, from_date) values ($1, $2, $3, $4, 'county-leader', '2023-09-01')`,
      [uuidv7(), both.personId, world.units.county.id, world.units.county.path],
    )
    await world.owner.query('delete from actor_settings where person_id = $1', [both.personId])
    const again = await world.program.services.door.asJob('importer', async (db) => {
      const { rewriteActorSettings } = await import('#server/people')
      const { seesOf } = await import('#server/policies')
      await rewriteActorSettings(
        db,
        [both.personId],
        seesOf(world.program.registry, () => world.day),
        world.day,
      )
    })
    expect(again).toBeUndefined()
    const id = uuidv7()
    const colleague = await world.someone('teacher', world.units.schoolB, '同校教师')
    const sent = await world.call(colleague, openCase, {
      params: { schoolId: world.units.schoolB.id },
      body: { id, flow: 'mistreatment', move: 'send', stepId: uuidv7(), content: { ...harm, person: '两处任职' } },
    })
    expect(sent.status).toBe(200)
    now = new Date('2025-11-21T10:00:01+08:00')
    await keepClocks(world.program.engine)
    const key = { params: { schoolId: world.units.schoolB.id, caseId: id } }
    expect((await world.call(both, getCase, key)).status).toBe(404)
    expect(await todo(both)).not.toContain(id)
    expect((await world.call(leader, getCase, key)).status).toBe(200)
    now = new Date('2025-11-20T10:00:00+08:00')
  })

  test('is tracked to the end: answered, not satisfied, looked at again by another person', async () => {
    const { id } = await write(otherTeacher, 'mistreatment', harm)
    await move(county, id, 'accept', 1)
    expect((await move(county, id, 'answer', 2, { fields: { outcome: 1 } })).body).toMatchObject({ state: 'answered' })
    expect((await see(otherTeacher, id)).body).toMatchObject({
      told: '已经答复,请您评价',
      toldWhy: '已与各方谈话,情况属实',
      steps: [],
    })
    expect((await move(otherTeacher, id, 'escalate', 3, { reason: '仍在发生' })).body).toMatchObject({
      state: 'escalated',
    })
    expect((await move(county, id, 'answer-again', 4)).body.refusal?.code).toBe('voices.own-answer')
    expect((await move(leader, id, 'answer-again', 4)).body).toMatchObject({ state: 'closed' })
    expect((await see(county, id)).body.outcome).toMatchObject({ outcome: 1, satisfaction: 3 })
  })

  test('leaves nothing an auditor could read it by', async () => {
    const { id } = await write(otherTeacher, 'mistreatment', harm)
    const log = (await world.call(auditor, listAudit)).bytes.toString()
    expect(log).not.toContain(id)
    expect(log).not.toContain('mistreatment')
    const kept = await world.owner.query(`select 1 from audit_entries where subject = $1`, [id])
    expect(kept.rowCount).toBeGreaterThan(0)
  })
})

describe('[C19 G16] a letter', () => {
  test('about nobody in particular is answered by the school within its days and judged by whoever wrote it', async () => {
    const guardian = await addGuardian(world, child)
    const { id, answered } = await write(guardian, 'voice', letter)
    expect(answered.body).toMatchObject({ state: 'received' })
    expect((await see(officer, id)).body.dueAt).toBe('2025-11-25T15:59:59.999Z')
    expect((await see(principal, id)).status).toBe(404)
    expect((await move(officer, id, 'answer', 1, { reason: '下周起提前二十分钟' })).body).toMatchObject({
      state: 'answered',
    })
    expect((await see(guardian, id)).body.toldWhy).toBe('下周起提前二十分钟')
    expect((await move(officer, id, 'satisfied', 2, { fields: { satisfaction: 1 } })).body.refusal?.code).toBe(
      'flows.not-your-post',
    )
    expect((await move(guardian, id, 'satisfied', 2, { fields: { satisfaction: 1 } })).body).toMatchObject({
      state: 'closed',
    })
  })

  test('that names a person goes above that person and everybody there', async () => {
    const { id } = await write(otherTeacher, 'voice', { ...letter, kind: 4, person: '专干' })
    expect((await see(officer, id)).status).toBe(404)
    expect(await todo(county)).toContain(id)
  })
})

describe('a letter without a name', () => {
  test('is sent without signing in, found again by its code alone, answered and judged', async () => {
    const found = await from(findSchools, { query: `?name=${encodeURIComponent('第一')}` })
    expect(found.body.units).toMatchObject([{ id: child.schoolId, name: '第一小学' }])
    const { status, body } = await send('mistreatment', harm)
    expect(status).toBe(200)
    expect(body.code).toMatch(/^([2-9A-Z]{5}-){3}[2-9A-Z]{5}$/)
    const look = () => from(lookAnonymously, { body: { code: body.code.toLowerCase() } })
    expect((await look()).body).toMatchObject({ told: '已经收到', answer: null, mayJudge: false })
    const { rows } = await world.owner.query(
      `select id from flow_cases where opened_by = '00000000-0000-0000-0000-0000000000a0' order by opened_at desc limit 1`,
    )
    const waiting = rows[0].id as string
    expect(await todo(county)).toContain(waiting)
    await move(county, waiting, 'accept', 1)
    await move(county, waiting, 'answer', 2, { reason: '已批评教育并调整', fields: { outcome: 1 } })
    expect((await look()).body).toMatchObject({ answer: '已批评教育并调整', mayJudge: true })
    const judged = await from(judgeAnonymously, { body: { code: body.code, satisfaction: 1, reason: null } })
    expect(judged.body).toEqual({ told: '已经办结' })
    expect((await from(judgeAnonymously, { body: { code: body.code, satisfaction: 1, reason: null } })).status).toBe(
      409,
    )
    const wrong = await from(lookAnonymously, { body: { code: 'AAAAA-AAAAA-AAAAA-AAAAA' } })
    expect(wrong).toMatchObject({ status: 404, body: { refusal: { code: 'voices.no-such-code' } } })
  })

  test('leaves nothing of the sender in any table: no address, no account, no code', async () => {
    const ip = '203.0.113.77'
    const { body } = await send('voice', letter, ip)
    const tables = await world.owner.query<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public'`,
    )
    for (const { name } of tables.rows) {
      const held = await world.owner.query(`select 1 from ${name} t where t::text like $1 or t::text like $2`, [
        `%${ip}%`,
        `%${body.code}%`,
      ])
      expect({ name, held: held.rowCount }).toEqual({ name, held: 0 })
    }
  })

  test('is bounded: per caller, per unit and day, in size, and to units there are', async () => {
    const ip = '198.51.100.9'
    const sent = []
    for (let tried = 0; tried < 6; tried++) sent.push((await send('voice', letter, ip)).status)
    expect(sent).toEqual([200, 200, 200, 200, 200, 503])
    expect((await send('voice', letter)).status).toBe(200)
    expect((await send('voice', { ...letter, facts: '长'.repeat(3_001) })).body.refusal.code).toBe('flows.content')
    expect((await send('voice', { ...letter, more: '无此栏' })).body.refusal.code).toBe('flows.content')
    expect((await send('voice', letter, undefined, uuidv7())).status).toBe(404)
    expect((await send('voice', letter, undefined, world.units.classA1.id)).status).toBe(404)
    const { rows } = await world.owner.query('select count(*)::int as count from voice_codes where unit_id = $1', [
      child.schoolId,
    ])
    for (let left = mostPerDay - rows[0].count; left > 0; left--)
      await world.owner.query(
        "insert into voice_codes (unit_id, digest, case_id, sent_on) values ($1, decode($2, 'hex'), $3, $4)",
        [child.schoolId, uuidv7().replaceAll('-', ''), uuidv7(), world.day],
      )
    expect((await send('voice', letter)).body.refusal.code).toBe('voices.too-many')
  })

  test('is bounded per unit and hour in the database, which outlives a start and names nobody', async () => {
    const unit = world.units.schoolB.id
    const sentTo = () => send('voice', letter, undefined, unit)
    expect((await sentTo()).status).toBe(200)
    const kept = await world.owner.query('select * from voice_bounds where unit_id = $1', [unit])
    expect(kept.rows).toMatchObject([{ kind: 'send', uses: 1 }])
    expect(Object.keys(kept.rows[0])).toEqual(['unit_id', 'kind', 'hour', 'uses'])
    await world.owner.query('update voice_bounds set uses = $2 where unit_id = $1', [unit, mostPerHour])
    expect((await sentTo()).body.refusal.code).toBe('voices.too-many')
    now = new Date('2025-11-20T11:00:01+08:00')
    expect((await sentTo()).status).toBe(200)
    now = new Date('2025-11-20T10:00:00+08:00')
  })

  test('is bounded in all, and the bound forgets within the hour', () => {
    const allow = openBounds(3)
    expect([1, 2, 3, 4, 5, 6].map(() => allow('send', 'one', 0))).toEqual([true, true, true, true, true, false])
    expect(allow('send', 'two', 1)).toBe(true)
    expect(allow('send', 'three', 2)).toBe(false)
    expect(allow('send', 'one', 3_600_001)).toBe(true)
  })
})

describe('[G33] a report to police or civil affairs', () => {
  test('is prepared by a teacher, signed, sent and receipted, and known only to its desk', async () => {
    const guardian = await addGuardian(world, child)
    const told = { to: 1, facts: '手臂多处旧伤,说不清来由', measures: '已请校医看过' }
    const { id, answered } = await write(head, 'mandatory-report', told, child.id)
    expect(answered.body).toMatchObject({ state: 'prepared' })
    for (const who of [otherTeacher, officer, county, leader, guardian]) expect((await see(who, id)).status).toBe(404)
    expect((await see(principal, id)).body.content).toEqual(told)
    expect((await see(head, id)).body).toMatchObject({ told: '正在办理', steps: [], outcome: {} })
    await move(principal, id, 'sign', 1)
    await move(principal, id, 'dispatch', 2, { fields: { receiver: '柳堡派出所 李警官' } })
    expect((await move(principal, id, 'receipt', 3, { fields: { number: '报2025-3' } })).body).toMatchObject({
      state: 'receipted',
    })
    const course = (await see(principal, id)).body.steps.map(({ filled }) => filled.map(({ words }) => words))
    expect(course).toEqual([[], [], ['柳堡派出所 李警官'], ['报2025-3']])
    const offered = await world.call(guardian, listOpenable, {
      query: { schoolId: child.schoolId, studentId: child.id },
    })
    expect(offered.body.flows.map((flow) => flow.id)).not.toContain('mandatory-report')
    expect((await write(guardian, 'mandatory-report', told, child.id)).answered.status).toBe(403)
  })
})
