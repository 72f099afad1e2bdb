import { uuidv7 } from 'uuidv7'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { getCase, keepFrom, listBox, listGuardiansToKeep, listKeptFrom, listMyCases, openCase } from '#contract/flows'
import { inviteFamily } from '#contract/people'
import { keepRecordFrom, listRecordKeptFrom } from '#contract/records'
import { sql } from '#server/platform'
import { addGuardian, type TestGuardian } from '../test-family.ts'
import { type Child, openWorld, type Someone, type World } from '../test-world.ts'
import { strayTasks } from './stray-tasks.fixture.ts'

let world: World
let child: Child
let mother: TestGuardian
let father: TestGuardian
let teacher: Someone
let officer: Someone
let colleague: Someone

beforeAll(async () => {
  world = await openWorld()
  child = world.children.a1[0] as Child
  mother = await addGuardian(world, child, { name: '赵母' })
  father = await addGuardian(world, child, { name: '赵父' })
  teacher = await world.someone('class-teacher', world.units.classA1, '王老师')
  officer = await world.someone('school-aid-officer', world.units.schoolA, '李专干')
  colleague = await world.someone('class-teacher', world.units.classA2, '周老师')
})
afterAll(() => world.close())
afterEach(async () => {
  // The inbox reads tasks alone: they shut out whom their case shuts out.
  expect(await strayTasks(world.owner)).toEqual([])
})

const report = { cause: 9, happened: '2025-11-19', facts: '家中房屋受损', family: 1 }
const open = async (who: Someone, keptFrom: readonly string[] = []) => {
  const id = uuidv7()
  const answered = await world.call(who, openCase, {
    params: { schoolId: child.schoolId },
    body: {
      id,
      flow: 'emergency-aid',
      move: 'report',
      stepId: uuidv7(),
      studentId: child.id,
      content: report,
      keptFrom: [...keptFrom],
    },
  })
  return { id, answered }
}
const key = (caseId: string) => ({ params: { schoolId: child.schoolId, caseId } })
const see = async (who: Someone, caseId: string) => (await world.call(who, getCase, key(caseId))).status
const keep = (who: Someone, caseId: string, contactIds: readonly string[]) =>
  world.call(who, keepFrom, { ...key(caseId), body: { contactIds: [...contactIds] } })

/** Everything a person may count: rows of cases, steps, tasks, papers and records, and every list of theirs. */
const counted = async (who: Someone) => {
  const rows = await world.program.services.door.asActor(await who.actor(), (db) =>
    db.rows(sql`select (select count(*) from flow_cases) as cases, (select count(*) from flow_steps) as steps,
      (select count(*) from flow_tasks) as tasks, (select count(*) from flow_files) as papers,
      (select count(*) from records) as records`),
  )
  const lists = [
    (await world.call(who, listMyCases)).bytes.toString(),
    (await world.call(who, listBox, { params: { box: 'copies' } })).bytes.toString(),
  ]
  return JSON.stringify([rows, lists])
}

describe('[G1 G33 Z9] the guardian may be the harm', () => {
  test('a case is kept from one of two guardians from its first moment on, in state and count; the other still finds it', async () => {
    const before = { mother: await counted(mother), father: await counted(father) }
    const { id, answered } = await open(teacher, [mother.contactId])
    expect(answered.status).toBe(200)
    expect(await see(mother, id)).toBe(404)
    expect(await counted(mother)).toBe(before.mother)
    expect(await see(father, id)).toBe(200)
    expect(await counted(father)).not.toBe(before.father)
    expect(await see(officer, id)).toBe(200)
  })

  test('a case is cut from a guardian later, and given back; a colleague of another class decides nothing of it', async () => {
    const { id } = await open(teacher)
    expect([await see(mother, id), await see(father, id)]).toEqual([200, 200])
    expect((await keep(colleague, id, [father.contactId])).status).toBe(404)
    expect((await keep(father, id, [mother.contactId])).status).toBe(403)
    expect((await keep(officer, id, [uuidv7()])).body.refusal?.code).toBe('flows.not-guardian')
    expect((await keep(officer, id, [father.contactId])).status).toBe(200)
    expect([await see(mother, id), await see(father, id)]).toEqual([200, 404])
    const { guardians } = (await world.call(teacher, listKeptFrom, key(id))).body
    expect(guardians.map(({ name, kept }) => [name, kept])).toEqual([
      ['赵父', true],
      ['赵母', false],
    ])
    expect((await keep(officer, id, [])).status).toBe(200)
    expect([await see(mother, id), await see(father, id)]).toEqual([200, 200])
  })

  test('who asked is not shut out of what they asked for, and whom a panel or a report shuts out stays so', async () => {
    const { id, answered } = await open(mother)
    expect(answered.status).toBe(200)
    expect((await keep(officer, id, [mother.contactId])).body.refusal?.code).toBe('flows.is-applicant')
    await world.owner.query('update flow_cases set excluded = $2 where id = $1', [id, [colleague.personId]])
    await keep(officer, id, [father.contactId])
    const { rows } = await world.owner.query<{ excluded: string[] }>('select excluded from flow_cases where id = $1', [
      id,
    ])
    expect(rows[0]?.excluded).toEqual([colleague.personId, father.contactId, father.personId])
  })

  test('an account opened later finds nothing that was kept from its owner before', async () => {
    const grandmother = await addGuardian(world, child, { name: '赵奶奶', withoutAccount: true, phone: '13900000001' })
    const kept = (await open(teacher, [grandmother.contactId])).id
    const told = (await open(teacher)).id
    const params = { schoolId: child.schoolId, studentId: child.id }
    const invited = await world.call(officer, inviteFamily, {
      params,
      body: { contactId: grandmother.contactId, send: false },
    })
    expect(invited.status).toBe(200)
    const { rows } = await world.owner.query<{ person_id: string }>(
      'select person_id from family_links where contact_id = $1',
      [grandmother.contactId],
    )
    const shut = await world.owner.query<{ id: string }>('select id from flow_cases where $1 = any(excluded)', [
      rows[0]?.person_id,
    ])
    expect(shut.rows.map((one) => one.id)).toEqual([kept])
    expect(shut.rows.map((one) => one.id)).not.toContain(told)
    const steps = await world.owner.query('select 1 from flow_steps where case_id = $1 and $2 = any(excluded)', [
      kept,
      rows[0]?.person_id,
    ])
    expect(steps.rowCount).toBe(1)
  })

  test('only guardians are offered, and only to who sees the student', async () => {
    const params = { schoolId: child.schoolId, studentId: child.id }
    const { body } = await world.call(teacher, listGuardiansToKeep, { params })
    expect(body.guardians.map(({ name }) => name)).toEqual(['赵父', '赵母', '赵奶奶'])
    const stranger = await world.someone('class-teacher', world.units.classB1, '外校老师')
    expect((await world.call(stranger, listGuardiansToKeep, { params })).status).toBe(404)
  })

  test('a record open to families is kept from one guardian; the other still counts it', async () => {
    const recordId = uuidv7()
    await world.owner.query(
      `insert into records (school_id, student_id, scope, id, kind, secrecy, done_in, author_id, author_name, act_date, content_hash, open_to_family)
       values ($1, $2, $3, $4, 1, 2, $3, $5, '王老师', '2025-11-18', '\\x00', true)`,
      [child.schoolId, child.id, child.scope, recordId, teacher.personId],
    )
    const reads = async (who: Someone) =>
      (
        await world.program.services.door.asActor(await who.actor(), (db) =>
          db.rows(sql`select 1 from records where id = ${recordId}`),
        )
      ).length
    const params = { schoolId: child.schoolId, recordId }
    expect([await reads(mother), await reads(father)]).toEqual([1, 1])
    const refused = await world.call(colleague, keepRecordFrom, { params, body: { contactIds: [mother.contactId] } })
    expect(refused.status).toBe(404)
    await world.call(teacher, keepRecordFrom, { params, body: { contactIds: [mother.contactId] } })
    expect([await reads(mother), await reads(father), await reads(officer)]).toEqual([0, 1, 1])
    const { guardians } = (await world.call(officer, listRecordKeptFrom, { params })).body
    expect(guardians.filter(({ kept }) => kept).map(({ name }) => name)).toEqual(['赵母'])
    expect((await world.call(mother, listRecordKeptFrom, { params })).status).toBe(403)
  })
})
