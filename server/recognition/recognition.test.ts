import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { getDesk } from '#contract/duties'
import { myStudents, pairMentor } from '#contract/mentoring'
import {
  adjustRecognition,
  decideKeyListing,
  findFlowRule,
  isReasonAsked,
  listCandidates,
  recognise,
  recognitionFlow,
} from '#contract/recognition'
import { type Child, openWorld, type Someone, type World } from '../test-world.ts'
import { expireRecognitions } from './expire-recognitions.ts'

let world: World
let aid: Someone
let teacher: Someone
let stranger: Someone
let poor: Child
let struggling: Child

const dibao = {
  dibao: true,
  destitute: false,
  orphan: false,
  de_facto_unattended: false,
  poverty_monitor: 0,
  monitor_risk_cleared: false,
}

beforeAll(async () => {
  world = await openWorld()
  const { schoolA, schoolB, classA1 } = world.units
  aid = await world.someone('school-aid-officer', schoolA)
  teacher = await world.someone('class-teacher', classA1)
  stranger = await world.someone('school-aid-officer', schoolB)
  poor = await world.child(classA1, '低保甲', { groups: dibao, health: { disability_kind: 0 } })
  struggling = await world.child(classA1, '学业乙', {
    groups: dibao,
    health: { disability_kind: 0 },
    schooling: { exam_failed: 5, exam_class_percent: 99 },
    protection: { conduct_deviation: true },
  })
  await world.classify(schoolA, schoolB)
})
afterAll(() => world.close())

const candidates = async (who: Someone, kind: 'recognition' | 'key-listing') =>
  world.call(who, listCandidates, { query: { kind, unit: world.units.schoolA.id } })
const recogniseAs = (who: Someone, children: readonly Child[], more: Record<string, unknown> = {}) =>
  world.call(who, recognise, {
    params: { schoolId: world.units.schoolA.id },
    body: {
      items: children.map(({ id }) => ({ id: uuidv7(), studentId: id, level: 21 as const })),
      basis: 'trusted-list',
      fromDate: '2025-11-01',
      reason: null,
      ...more,
    },
  })
const one = async (text: string, values: unknown[] = []) => (await world.owner.query(text, values)).rows[0]
const classesOf = async (child: Child): Promise<string[]> =>
  (
    await world.owner.query<{ key: string }>(
      `select r.key from class_spells c join policy_rules r on r.number = c.rule where c.student_id = $1 and c.until is null`,
      [child.id],
    )
  ).rows.map(({ key }) => key)

test('[C6] who is on a trusted list is proposed with a level, to those who decide and to nobody else', async () => {
  const mine = await candidates(aid, 'recognition')
  expect(mine.body.candidates.map(({ name }) => name)).toEqual(['低保甲', '学业乙'])
  expect(mine.body.candidates[0]).toMatchObject({ suggestedLevel: 1, className: '2023级1班', schoolName: '第一小学' })
  expect((await candidates(teacher, 'recognition')).status).toBe(403)
  expect((await candidates(stranger, 'recognition')).status).toBe(403)
  expect(await classesOf(poor)).not.toContain('national/hardship')
})

test('[C6] a family that did not apply is told in neutral words, once; a direct decision tells nobody by itself', async () => {
  const told = async (child: Child) =>
    (await world.owner.query('select kind, params, secrecy from message_outbox where about_student = $1', [child.id]))
      .rows
  const unasked = await world.child(world.units.classA2, '名单丙')
  const items = [{ id: uuidv7(), studentId: unasked.id, level: 22 as const }]
  await recogniseAs(aid, [], { items })
  await recogniseAs(aid, [], { items })
  expect(await told(unasked)).toEqual([
    { kind: 'case.opened-for-you', params: { case: '学年认定', by: expect.stringMatching(/^2025-12/) }, secrecy: 2 },
  ])
  const direct = await world.child(world.units.classA2, '名单丁')
  expect((await recogniseAs(aid, [direct], { basis: 'direct', reason: '家访核实' })).body).toMatchObject({
    recognised: 1,
  })
  expect(await told(direct)).toEqual([])
})

test('whether a reason must be written is said with each candidate, as the rules of its school have it', async () => {
  const said = async () => (await candidates(aid, 'recognition')).body.candidates.map((one) => one.reasonAsked)
  const { registry } = world.program
  const rule = findFlowRule(registry.inForce(world.units.schoolA.path, world.day).rules, 'trusted-list')
  expect(await said()).toEqual([false, false])
  expect(isReasonAsked(recognitionFlow, 'recognise', rule)).toBe(false)
  const strict = rule && { steps: rule.steps.map((step) => ({ ...step, needsReason: true })) }
  expect(isReasonAsked(recognitionFlow, 'recognise', strict)).toBe(true)
  expect((await candidates(aid, 'key-listing')).body.candidates.map((one) => one.reasonAsked)).not.toContain(undefined)
})

test('[C6] [C8] recognising from a list writes case, step, fact, class and audit in one act, and once', async () => {
  const items = [{ id: uuidv7(), studentId: poor.id, level: 21 as const }]
  const first = await recogniseAs(aid, [], { items })
  expect(first.body).toEqual({ recognised: 1, already: 0 })
  expect((await recogniseAs(aid, [], { items })).body).toEqual({ recognised: 0, already: 1 })
  expect((await recogniseAs(aid, [poor, struggling])).body).toEqual({ recognised: 1, already: 1 })
  expect(await classesOf(poor)).toContain('national/hardship')
  expect((await candidates(aid, 'recognition')).body.candidates).toEqual([])
  const stored = await one(
    `select g.level, g.basis, g.school_year, g.until_date, c.state, s.move, s.to_state, f.value, f.valid_until, w.hardship_level
     from recognitions g join flow_cases c on c.id = g.case_id join flow_steps s on s.case_id = c.id
       join facts f on f.student_id = g.student_id and f.fact = 'hardship_level' and f.superseded_at is null
       join facts_family w on w.student_id = g.student_id where g.student_id = $1`,
    [poor.id],
  )
  expect(stored).toEqual({
    level: 21,
    basis: 'trusted-list',
    school_year: 2025,
    until_date: '2026-08-31',
    state: 'recognised',
    move: 'recognise',
    to_state: 'recognised',
    value: '21',
    valid_until: '2026-08-31',
    hardship_level: 21,
  })
  const entry = await one(`select detail from audit_entries where action = 'recognition.recognise' and subject = $1`, [
    poor.id,
  ])
  expect(entry.detail).toMatchObject({
    basis: 'trusted-list',
    count: 1,
    digest: expect.stringMatching(/^[0-9a-f]{64}$/),
  })
})

test('a teacher, another school, a day ahead, last year and a missing reason are refused, and nothing is written', async () => {
  const [child] = world.children.a1 as [Child]
  const before = await one('select count(*)::int as count from recognitions')
  expect((await recogniseAs(teacher, [child])).body.refusal?.code).toBe('flows.not-your-post')
  expect((await recogniseAs(stranger, [child])).status).toBe(404)
  expect((await recogniseAs(aid, [child, ...world.children.b1])).status).toBe(404)
  expect((await recogniseAs(aid, [child], { fromDate: '2025-11-21' })).body.refusal?.code).toBe('recognition.wrong-day')
  expect((await recogniseAs(aid, [child], { fromDate: '2025-08-31' })).body.refusal?.code).toBe('recognition.wrong-day')
  // The pack asks for a written reason where no list speaks for the child.
  expect((await recogniseAs(aid, [child], { basis: 'direct' })).body.refusal?.code).toBe('flows.reason-missing')
  expect(await one('select count(*)::int as count from recognitions')).toEqual(before)
  expect((await recogniseAs(aid, [child], { basis: 'direct', reason: '家访核实' })).body).toMatchObject({
    recognised: 1,
  })
})

const adjust = (who: Someone, child: Child, more: Record<string, unknown>) =>
  world.call(who, adjustRecognition, {
    params: { schoolId: child.schoolId, studentId: child.id },
    body: { id: uuidv7(), move: 'adjust', level: 1, on: '2025-11-10', reason: '家中失火', ...more } as never,
  })

test('[C8] [C19] a level is adjusted and ended with a sealed reason and its history', async () => {
  expect((await adjust(teacher, poor, {})).body.refusal?.code).toBe('flows.not-your-post')
  expect((await adjust(aid, poor, { reason: ' ' })).body.refusal?.code).toBe('flows.reason-missing')
  expect((await adjust(aid, poor, { level: 21 })).body.refusal?.code).toBe('recognition.same-level')
  expect((await adjust(aid, poor, { on: '2025-10-31' })).body.refusal?.code).toBe('recognition.wrong-day')
  expect((await adjust(aid, world.children.a2[0] as Child, {})).body.refusal?.code).toBe('flows.out-of-order')
  const id = uuidv7()
  expect((await adjust(aid, poor, { id })).status).toBe(200)
  expect((await adjust(aid, poor, { id })).status).toBe(200)
  expect((await adjust(aid, poor, { move: 'end', level: null, reason: '家庭情况好转' })).status).toBe(200)
  const { rows } = await world.owner.query(
    `select s.number, s.move, s.reason_cipher from flow_steps s join flow_cases c on c.id = s.case_id
     where c.student_id = $1 and c.flow = 'recognition' order by s.number`,
    [poor.id],
  )
  expect(rows.map(({ number, move }) => `${number} ${move}`)).toEqual(['1 recognise', '2 adjust', '3 end'])
  expect(world.program.services.secrets.open(rows[1].reason_cipher)).toBe('家中失火')
  const levels = await world.owner.query(
    `select level, ended_reason from recognitions where student_id = $1 order by decided_at`,
    [poor.id],
  )
  expect(levels.rows).toEqual([
    { level: 21, ended_reason: 'adjusted' },
    { level: 1, ended_reason: 'ended' },
  ])
  expect(await classesOf(poor)).not.toContain('national/hardship')
})

const decide = (who: Someone, child: Child, move: 'confirm' | 'decline' | 'exit', more: Record<string, unknown> = {}) =>
  world.call(who, decideKeyListing, {
    params: { schoolId: child.schoolId, studentId: child.id },
    body: {
      id: uuidv7(),
      move,
      difficulties: [3, 3, 1],
      care: '每周谈一次',
      reason: '三科不及格',
      on: '2025-11-12',
      ...more,
    },
  })

test('[C2] the rule proposes a key student, people confirm; candidates and confirmed are never the same thing', async () => {
  expect((await candidates(aid, 'key-listing')).body.candidates.map(({ name }) => name)).toEqual(['学业乙'])
  expect(await classesOf(struggling)).not.toContain('jiangsu/key-student')
  expect((await decide(teacher, struggling, 'confirm')).body.refusal?.code).toBe('flows.not-your-post')
  expect((await decide(stranger, struggling, 'confirm')).status).toBe(404)
  expect((await decide(aid, struggling, 'exit')).body.refusal?.code).toBe('flows.out-of-order')
  // Nothing is dated back beyond this school year, nor ahead; what was done when stands in the step by the clock.
  for (const on of ['2025-08-31', '2020-01-01', '2025-11-21'])
    expect((await decide(aid, struggling, 'confirm', { on })).body.refusal?.code, on).toBe('recognition.wrong-day')
  expect((await decide(aid, struggling, 'confirm')).status).toBe(200)
  const dated = await one(
    `select age(now(), max(at)) < interval '1 hour' as now from flow_steps where flow = 'key-listing' and student_id = '${struggling.id}'`,
  )
  expect(dated).toMatchObject({ now: true })
  expect((await decide(aid, struggling, 'confirm')).body.refusal?.code).toBe('flows.out-of-order')
  expect((await candidates(aid, 'key-listing')).body.candidates).toEqual([])
  const listing = await one(
    `select difficulties, care_text_cipher, confirmed_by from key_listings where student_id = $1`,
    [struggling.id],
  )
  expect(listing).toMatchObject({ difficulties: [1, 3], confirmed_by: aid.personId })
  expect(world.program.services.secrets.open(listing.care_text_cipher)).toBe('每周谈一次')
  expect(await one('select key_student from facts_protection where student_id = $1', [struggling.id])).toEqual({
    key_student: true,
  })
  expect((await classesOf(struggling)).some((key) => key.endsWith('/key-student'))).toBe(true)
})

test('[G3] nothing of a key listing is told outside: no source row, and no row to a class teacher or another school', async () => {
  expect(await one(`select count(*)::int as count from fact_sources where 'key_student' = any(facts)`)).toEqual({
    count: 0,
  })
  const tables = ['key_listings', 'flow_cases', 'flow_steps', 'facts', 'facts_protection', 'class_spells']
  const hidden = `student_id = '${struggling.id}' and `
  const where: Record<string, string> = {
    flow_cases: `${hidden} flow = 'key-listing'`,
    flow_steps: `${hidden} flow = 'key-listing'`,
    facts: `${hidden} fact = 'key_student'`,
    class_spells: `${hidden} secrecy = 6`,
    key_listings: `${hidden} true`,
    facts_protection: `${hidden} true`,
  }
  for (const table of tables) {
    const text = `select count(*)::int as count from ${table} where ${where[table]}`
    const seen = async (who: Someone) =>
      (await world.program.services.door.readAsActor<{ count: number }>(await who.actor(), { text }))[0]?.count
    expect((await one(text)).count, table).toBeGreaterThan(0)
    expect(await seen(aid), table).toBeGreaterThan(0)
    expect(await seen(stranger), table).toBe(0)
  }
})

test('[C24] recognitions and their cases open to those who see the family domain at the school, to no other school', async () => {
  for (const text of [
    'select count(*)::int as count from recognitions',
    `select count(*)::int as count from flow_cases where flow = 'recognition'`,
    `select count(*)::int as count from flow_steps where flow = 'recognition'`,
  ]) {
    const seen = async (who: Someone) =>
      (await world.program.services.door.readAsActor<{ count: number }>(await who.actor(), { text }))[0]?.count
    expect((await one(text)).count).toBeGreaterThan(0)
    expect(await seen(aid)).toBeGreaterThan(0)
    expect(await seen(stranger)).toBe(0)
  }
})

test('[G7] a key student leaves the list with a reason, and a declined one is not proposed again this school year', async () => {
  expect((await decide(aid, struggling, 'exit', { reason: null })).body.refusal?.code).toBe('flows.reason-missing')
  expect((await decide(aid, struggling, 'exit')).status).toBe(200)
  expect((await classesOf(struggling)).some((key) => key.endsWith('/key-student'))).toBe(false)
  expect((await candidates(aid, 'key-listing')).body.candidates.map(({ name }) => name)).toEqual(['学业乙'])
  expect((await decide(aid, struggling, 'decline')).status).toBe(200)
  expect((await candidates(aid, 'key-listing')).body.candidates).toEqual([])
})

test('[C16] a mentor of a key student sees what is due next, and the desk follows the pairing', async () => {
  const [child] = world.children.a2 as [Child]
  const mentor = await world.someone('teacher', world.units.schoolA, '吴导师')
  await recogniseAs(aid, [child])
  await decide(aid, child, 'confirm')
  const progress = `select p.met from duty_progress p join policy_rules r on r.number = p.rule
    where p.student_id = $1 and r.key like '%mentor%'`
  expect((await one(progress, [child.id]))?.met ?? false).toBe(false)
  const paired = await world.call(aid, pairMentor, {
    params: { schoolId: child.schoolId, studentId: child.id },
    body: { id: uuidv7(), mentorId: mentor.personId, fromDate: '2025-11-13' },
  })
  expect(paired.status).toBe(200)
  expect((await one(progress, [child.id]))?.met).toBe(true)
  const { students } = (await world.call(mentor, myStudents)).body
  expect(students).toMatchObject([{ name: child.name, className: '2023级2班', lastContact: null }])
  const groups = (await world.call(mentor, getDesk)).body.groups.filter(({ need, done }) => need > done)
  const dues = groups.flatMap(({ dueOn }) => dueOn ?? []).sort()
  expect(students[0]?.nextDue ?? null).toBe(dues[0] ?? null)
})

test('[C8] when the school year is over a recognition ends and the level is unknown again', async () => {
  const [child] = world.children.a1 as [Child]
  const parts = { registry: world.program.registry, events: world.program.services.events }
  const run = (day: string) => world.program.services.door.asJob('importer', (db) => expireRecognitions(db, parts, day))
  expect(await run('2026-08-31')).toBe(0)
  expect(await run('2026-09-01')).toBeGreaterThan(0)
  expect(await one('select hardship_level from facts_family where student_id = $1', [child.id])).toEqual({
    hardship_level: null,
  })
  expect(await classesOf(child)).not.toContain('national/hardship')
})
