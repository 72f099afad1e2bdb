import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { endRosterEntry, enterRoster, listFundEntries, listFunds, listRoster, putIntoFund } from '#contract/care'
import { attachToCase, getCase, listBox, listMyCases, moveCase, openCase } from '#contract/flows'
import { keepClocks } from '#server/flows'
import { addGuardian } from '../test-family.ts'
import { type Child, openWorld, type Someone, type World } from '../test-world.ts'

// 1 October 2025 begins eight days of holidays.
const holiday = '2025-10-01T20:00:00+08:00'
let now = new Date(holiday)
const later = (hours: number) => {
  now = new Date(new Date(holiday).getTime() + hours * 3_600_000)
}

let world: World
let child: Child
let teacher: Someone
let officer: Someone
let principal: Someone
let county: Someone

beforeAll(async () => {
  world = await openWorld('2025-10-01', { now: () => now })
  child = world.children.a1[0] as Child
  teacher = await world.someone('class-teacher', world.units.classA1)
  officer = await world.someone('school-aid-officer', world.units.schoolA)
  principal = await world.someone('principal', world.units.schoolA)
  county = await world.someone('county-aid-officer', world.units.county)
})
afterAll(() => world.close())

const content = { cause: 1, happened: '2025-09-30', facts: '暴雨进屋,一楼全部浸水', needs: '衣被和住处', family: 1 }

const office = { id: uuidv7(), path: 'a.t.c.o9.', name: '柳堡社区' }

const report = async (who: Someone, { about = child as Child | null, more = {}, schoolId = child.schoolId } = {}) => {
  const id = uuidv7()
  const answered = await world.call(who, openCase, {
    params: { schoolId },
    body: {
      id,
      flow: 'emergency-aid',
      move: 'report',
      stepId: uuidv7(),
      studentId: about?.id ?? null,
      content: { ...content, ...more },
    },
  })
  return { id, answered }
}
const move = (who: Someone, caseId: string, id: string, version: number, fields = {}, schoolId = child.schoolId) =>
  world.call(who, moveCase, {
    params: { schoolId, caseId },
    body: { stepId: uuidv7(), move: id, version, reason: '现场看过,属实', fields },
  })
const todo = async (who: Someone) =>
  (await world.call(who, listBox, { params: { box: 'todo' } })).body.lines.map(({ caseId }) => caseId)
const deposit = (who: Someone, unitId: string, number: number, amountFen: number, entryId = uuidv7()) =>
  world.call(who, putIntoFund, { params: { unitId }, body: { entryId, number, name: `应急资金${number}`, amountFen } })
const balance = async (unitId: string, number: number) =>
  (await world.call(principal, listFunds, { params: { unitId } })).body.funds.find((fund) => fund.number === number)
    ?.balanceFen

describe('[X9 C11] emergency aid', () => {
  test('told on a holiday evening is decided and paid out of the fund within its hours, papers afterwards in working days', async () => {
    later(0)
    expect((await deposit(principal, child.schoolId, 1, 1_000_00)).body).toEqual({ balanceFen: 1_000_00 })
    const { id, answered } = await report(teacher)
    expect(answered.body).toMatchObject({ state: 'reported' })
    const key = { params: { schoolId: child.schoolId, caseId: id } }
    expect((await world.call(officer, getCase, key)).body.dueAt).toBe('2025-10-01T16:00:00.000Z')
    later(2)
    // Who it is stands there already: no number is asked for.
    const verify = (await world.call(officer, getCase, key)).body.moves.find((one) => one.id === 'verify')
    expect(verify?.fields.map((field) => field.id)).toEqual(['asked'])
    expect((await move(officer, id, 'verify', 1, { asked: 600_00 })).body).toMatchObject({ state: 'deciding' })
    expect((await world.call(principal, getCase, key)).body.dueAt).toBe('2025-10-02T10:00:00.000Z')
    later(3)
    expect((await move(teacher, id, 'grant', 2, { amount: 1 })).body.refusal?.code).toBe('flows.not-your-post')
    expect((await move(principal, id, 'grant', 2, { amount: 600_00 })).body).toMatchObject({ state: 'papers' })
    expect(await balance(child.schoolId, 1)).toBe(400_00)
    const spent = { params: { unitId: child.schoolId, number: 1 } }
    expect((await world.call(principal, listFundEntries, spent)).body).toMatchObject({
      balanceFen: 400_00,
      entries: [
        { amountFen: -600_00, schoolName: '第一小学', caseId: id },
        { amountFen: 1_000_00, caseId: null },
      ],
    })
    expect((await world.call(teacher, listFundEntries, spent)).status).toBe(403)
    // Fifteen working days after 1 October: 9, 10, 11 (made up), 13–17, 20–24, 27, 28.
    expect((await world.call(officer, getCase, key)).body.dueAt).toBe('2025-10-28T15:59:59.999Z')
    expect((await move(officer, id, 'complete', 3)).body.refusal?.code).toBe('flows.needs-attachment')
    const paper = Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF')
    const attached = await world.call(officer, attachToCase, {
      params: { ...key.params, fileId: uuidv7() },
      query: { purpose: 'material' },
      body: paper,
    })
    expect(attached.status).toBe(200)
    expect((await move(officer, id, 'complete', 3)).body).toMatchObject({ state: 'closed' })
    const fact = await world.owner.query('select sudden_hardship from facts_family where student_id = $1', [child.id])
    expect(fact.rows[0]).toEqual({ sudden_hardship: true })
  })

  test('what is granted is told to the class teacher and the county, to nobody else, until they have read it', async () => {
    later(0)
    const copies = async (who: Someone) => {
      const { counts, lines } = (await world.call(who, listBox, { params: { box: 'copies' } })).body
      return { unread: counts.copies, ids: lines.map(({ caseId }) => caseId) }
    }
    const otherTeacher = await world.someone('class-teacher', world.units.classA2)
    const otherSchool = await world.someone('school-aid-officer', world.units.schoolB)
    const before = await copies(teacher)
    const { id } = await report(officer)
    await move(officer, id, 'verify', 1, { asked: 100_00 })
    expect((await copies(teacher)).ids).not.toContain(id)
    await deposit(principal, child.schoolId, 1, 500_00)
    expect((await move(principal, id, 'grant', 2, { amount: 100_00 })).body).toMatchObject({ state: 'papers' })
    const told = await copies(teacher)
    expect([told.unread, told.ids[0]]).toEqual([before.unread + 1, id])
    expect((await copies(county)).ids).toContain(id)
    for (const who of [otherTeacher, otherSchool, principal]) expect((await copies(who)).ids).not.toContain(id)
    expect(await todo(teacher)).not.toContain(id)
    const key = { params: { schoolId: child.schoolId, caseId: id } }
    for (const who of [teacher, county]) {
      expect((await world.call(who, getCase, key)).status).toBe(200)
    }
    expect(await copies(teacher)).toEqual({ unread: before.unread, ids: told.ids })
  })

  test('lets its hours run through night and holiday and brings in the next post up', async () => {
    later(0)
    const { id } = await report(teacher)
    expect(await todo(principal)).not.toContain(id)
    later(4.1)
    await keepClocks(world.program.engine)
    expect(await todo(principal)).toContain(id)
  })

  test('[X9] the roster of a school is read by its class teachers, and a stretch is ended by who keeps it', async () => {
    later(0)
    const params = { unitId: world.units.schoolA.id }
    const entryId = uuidv7()
    const span = { fromAt: holiday, untilAt: '2025-10-03T08:00:00+08:00' }
    const body = { id: entryId, personId: teacher.personId, part: 'on-duty' as const, ...span }
    await world.call(officer, enterRoster, { params, body })
    const seen = await world.call(teacher, listRoster, { params: { unitId: world.units.classA1.id } })
    expect(seen.body).toMatchObject({ unitId: params.unitId, mayKeep: false, entries: [{ id: entryId, now: true }] })
    later(1)
    const end = (who: Someone) => world.call(who, endRosterEntry, { params: { ...params, entryId }, body: {} })
    expect((await end(teacher)).status).toBe(403)
    expect((await end(officer)).status).toBe(200)
    expect((await world.call(officer, listRoster, { params })).body.entries).toEqual([])
    expect((await end(officer)).status).toBe(404)
  })

  test('is on the desk of whoever is on duty, and of the deputy where the approver is absent; not otherwise', async () => {
    later(0)
    const onDuty = await world.someone('teacher', world.units.schoolA, '值班老师')
    const deputy = await world.someone('teacher', world.units.schoolA, '代理老师')
    const span = { fromAt: holiday, untilAt: '2025-10-03T08:00:00+08:00' }
    const enter = (who: Someone, person: Someone, part: 'on-duty' | 'deputy' | 'absent', more = {}) =>
      world.call(who, enterRoster, {
        params: { unitId: child.schoolId },
        body: { id: uuidv7(), personId: person.personId, part, ...span, ...more },
      })
    expect((await enter(teacher, onDuty, 'on-duty')).body.refusal?.code).toBe('people.not-permitted')
    expect(
      (await enter(principal, onDuty, 'on-duty', { untilAt: '2026-10-03T08:00:00+08:00' })).body.refusal?.code,
    ).toBe('care.roster-span')
    expect((await enter(principal, onDuty, 'on-duty')).status).toBe(200)
    await enter(principal, deputy, 'deputy')
    await deposit(principal, child.schoolId, 1, 10_000_00)

    const present = (await report(teacher)).id
    expect(await todo(onDuty)).toContain(present)
    const seen = await world.call(onDuty, getCase, { params: { schoolId: child.schoolId, caseId: present } })
    expect(seen.body).toMatchObject({
      studentId: null,
      studentName: child.name,
      className: '2023级1班',
      dueAt: '2025-10-01T16:00:00.000Z',
    })
    expect((await world.call(deputy, getCase, { params: { schoolId: child.schoolId, caseId: present } })).status).toBe(
      404,
    )
    expect((await move(onDuty, present, 'verify', 1, { asked: 100_00 })).body).toMatchObject({ state: 'deciding' })
    expect(await todo(deputy)).not.toContain(present)
    expect((await move(deputy, present, 'grant', 2, { amount: 100_00 })).status).toBe(404)

    await enter(principal, principal, 'absent')
    const absent = (await report(teacher)).id
    await move(onDuty, absent, 'verify', 1, { asked: 100_00 })
    expect(await todo(deputy)).toContain(absent)
    expect((await move(onDuty, absent, 'grant', 2, { amount: 100_00 })).status).toBe(404)
    const granted = await move(deputy, absent, 'grant', 2, { amount: 100_00, fund: 1 })
    expect(granted.body).toMatchObject({ state: 'papers' })
    await world.owner.query("update duty_rosters set until_at = from_at + interval '1 second'")
  })

  test('never spends more than the fund holds, whoever is first, and writes nothing when it is short', async () => {
    later(0)
    await deposit(principal, child.schoolId, 7, 500_00)
    const ids = [(await report(teacher)).id, (await report(teacher)).id]
    for (const id of ids) await move(officer, id, 'verify', 1, { asked: 300_00 })
    const both = await Promise.all(ids.map((id) => move(principal, id, 'grant', 2, { amount: 300_00, fund: 7 })))
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(both.find(({ status }) => status === 409)?.body.refusal?.code).toBe('care.fund-short')
    expect(await balance(child.schoolId, 7)).toBe(200_00)
    const waiting = ids[both.findIndex(({ status }) => status === 409)] as string
    expect((await move(principal, waiting, 'grant', 2, { amount: 100_00 })).body.refusal?.code).toBe('care.which-fund')
    expect((await move(principal, waiting, 'grant', 2, { amount: 0, fund: 7 })).body.refusal?.code).toBe(
      'care.no-amount',
    )
    expect((await move(principal, waiting, 'grant', 2, { amount: 100_00, fund: 99 })).body.refusal?.code).toBe(
      'care.no-fund',
    )
    const entries = await world.owner.query(
      `select sum(e.amount_fen)::int as sum from aid_fund_entries e join aid_funds f on f.id = e.fund_id where f.number = 7`,
    )
    expect(entries.rows[0]).toEqual({ sum: 200_00 })
    await expect(world.owner.query('update aid_funds set balance_fen = -1')).rejects.toThrow(/check/)
  })

  test('money put in twice under one number counts once, and only posts that keep funds put any in', async () => {
    const entry = uuidv7()
    await deposit(principal, child.schoolId, 8, 100, entry)
    expect((await deposit(principal, child.schoolId, 8, 100, entry)).body).toEqual({ balanceFen: 100 })
    expect((await deposit(teacher, child.schoolId, 8, 100)).body.refusal?.code).toBe('people.not-permitted')
  })

  test('is told by a partner who sees no student; the school says whom it is about', async () => {
    later(0)
    await world.owner.query(
      `insert into units (id, parent_id, path, kind, name) values ($1, $2, $3, 'office', '柳堡社区')`,
      [office.id, world.units.county.id, office.path],
    )
    const worker = await world.someone('community-worker', office, '社区老王')
    const { id, answered } = await report(worker, { about: null, more: { who: '三年级1班赵一,住柳堡村' } })
    expect(answered.body).toMatchObject({ state: 'reported' })
    expect((await report(worker)).answered.status).toBe(404)
    expect((await move(officer, id, 'verify', 1, { asked: 100_00 })).body.refusal?.code).toBe('care.student-unknown')
    const { number } = (await world.owner.query('select number from students where id = $1', [child.id])).rows[0]
    expect((await move(officer, id, 'verify', 1, { asked: 100_00, number })).body).toMatchObject({ state: 'deciding' })
    const mine = await world.call(worker, listMyCases)
    expect(mine.body.cases).toMatchObject([{ caseId: id, studentName: null, told: '学校正在办理' }])
    expect((await world.call(worker, listBox, { params: { box: 'todo' } })).body.counts).toEqual({
      todo: 0,
      overdue: 0,
      copies: 0,
    })
    const stranger = await world.someone('community-worker', office, '社区老李')
    expect((await world.call(stranger, getCase, { params: { schoolId: child.schoolId, caseId: id } })).status).toBe(404)
  })

  test('[G33] kept from the family it is not there for the guardian and leaves no fact they see', async () => {
    later(0)
    const other = world.children.a1[1] as Child
    const guardian = await addGuardian(world, other)
    const open = await report(teacher, { about: other })
    const kept = await report(teacher, { about: other, more: { family: 2 } })
    const see = (id: string) => world.call(guardian, getCase, { params: { schoolId: other.schoolId, caseId: id } })
    expect((await see(open.id)).status).toBe(200)
    expect((await see(kept.id)).status).toBe(404)
    await move(officer, kept.id, 'verify', 1, { asked: 100_00 })
    expect((await move(principal, kept.id, 'grant', 2, { amount: 100_00, fund: 1 })).body).toMatchObject({
      state: 'papers',
    })
    const fact = await world.owner.query('select sudden_hardship from facts_family where student_id = $1', [other.id])
    expect(fact.rows[0]).toEqual({ sudden_hardship: null })
  })

  test('is decided by the posts the pack in force names', async () => {
    later(0)
    const { id } = await report(teacher)
    await move(officer, id, 'verify', 1, { asked: 100_00 })
    expect((await move(county, id, 'grant', 2, { amount: 100_00, fund: 1 })).status).toBe(200)
    const { procedureOf, ruledAt } = world.program.engine
    const { flow } = ruledAt(procedureOf('emergency-aid'), world.units.classA1.path)
    expect(flow.states.deciding?.desk).toEqual(['principal', 'leader-in-charge', 'county-aid-officer', 'assigned'])
    expect(flow.moves.find((one) => one.id === 'grant')?.by).not.toContain('county-leader')
  })
})
