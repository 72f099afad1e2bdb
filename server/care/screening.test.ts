import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  answerScreening,
  listCommunityContacts,
  listCommunityPairs,
  listScreenings,
  listUnanswered,
  logCommunityContact,
  openScreening,
  pairCommunity,
} from '#contract/care'
import { getCase, listBox } from '#contract/flows'
import { type Child, openWorld, type Someone, type World } from '../test-world.ts'

let world: World
let children: readonly Child[]
let teacher: Someone
let otherTeacher: Someone
let officer: Someone
let county: Someone

beforeAll(async () => {
  world = await openWorld()
  children = world.children.a1
  teacher = await world.someone('class-teacher', world.units.classA1)
  otherTeacher = await world.someone('class-teacher', world.units.classA2)
  officer = await world.someone('school-aid-officer', world.units.schoolA)
  county = await world.someone('county-aid-officer', world.units.county)
})
afterAll(() => world.close())

const round = {
  title: '秋季基本情况核对',
  items: ['single_parent', 'left_behind'],
  fromDate: '2025-11-01',
  untilDate: '2025-11-30',
}
const open = (who: Someone, unitId: string, more = {}, id = uuidv7()) =>
  world
    .call(who, openScreening, { params: { unitId }, body: { id, ...round, ...more } })
    .then((answered) => ({ id, ...answered }))
const answer = (
  who: Someone,
  unitId: string,
  roundId: string,
  answers: { studentId: string; values: Record<string, boolean | number | null> }[],
) =>
  world.call(who, answerScreening, { params: { unitId, roundId }, body: { schoolId: world.units.schoolA.id, answers } })
const facts = async (child: Child) =>
  (await world.owner.query('select single_parent, left_behind from facts_family where student_id = $1', [child.id]))
    .rows[0]

describe('[X2] a screening round', () => {
  test('of a county is answered class by class, shows who is missing, and its findings stand in the files', async () => {
    const { id, status } = await open(county, world.units.county.id)
    expect(status).toBe(200)
    const [first, second] = children as [Child, Child]
    expect(
      await answer(teacher, world.units.county.id, id, [
        { studentId: first.id, values: { single_parent: true, left_behind: 2 } },
        { studentId: second.id, values: { single_parent: null } },
      ]),
    ).toMatchObject({ status: 200, body: { answered: 2 } })
    expect(await facts(first)).toEqual({ single_parent: true, left_behind: 2 })
    expect(await facts(second)).toEqual({ single_parent: null, left_behind: null })
    const seen = await world.call(officer, listScreenings, { params: { unitId: world.units.schoolA.id } })
    expect(
      seen.body.rounds
        .find((one) => one.id === id)
        ?.lines.map(({ name, isClass, students, answered }) => ({ name, isClass, students, answered })),
    ).toEqual([
      { name: '2023级1班', isClass: true, students: 5, answered: 2 },
      { name: '2023级2班', isClass: true, students: 5, answered: 0 },
    ])
    const linesFor = async (who: Someone, unitId: string) =>
      (await world.call(who, listScreenings, { params: { unitId } })).body.rounds
        .find((one) => one.id === id)
        ?.lines.map(({ unitId: at, isClass, students, answered }) => ({ at, isClass, students, answered }))
    const { schoolA, schoolB, classA1, county: countyUnit } = world.units
    expect(await linesFor(county, countyUnit.id)).toEqual(
      expect.arrayContaining([
        { at: schoolA.id, isClass: false, students: 10, answered: 2 },
        expect.objectContaining({ at: schoolB.id, isClass: false, answered: 0 }),
      ]),
    )
    expect(await linesFor(teacher, classA1.id)).toEqual([{ at: classA1.id, isClass: true, students: 5, answered: 2 }])
    // Of another class there is nobody one sees.
    expect(await linesFor(otherTeacher, classA1.id)).toEqual([])
    const missing = await world.call(teacher, listUnanswered, {
      params: { unitId: world.units.county.id, roundId: id },
      query: { classId: world.units.classA1.id },
    })
    expect(missing.body.students).toHaveLength(3)
    const spells = await world.owner.query(
      `select r.key from class_spells c join policy_rules r on r.number = c.rule where c.student_id = $1 and c.until is null`,
      [first.id],
    )
    expect(spells.rowCount).toBeGreaterThan(0)
  })

  test("takes answers only for one's own students, to what was asked, within its days, all or nothing", async () => {
    const { id } = await open(officer, world.units.schoolA.id)
    const unitId = world.units.schoolA.id
    const child = children[2] as Child
    expect(
      (await answer(otherTeacher, unitId, id, [{ studentId: child.id, values: { single_parent: true } }])).status,
    ).toBe(404)
    expect(
      (await answer(teacher, unitId, id, [{ studentId: child.id, values: { boarding: true } }])).body.refusal?.code,
    ).toBe('care.not-asked')
    expect(
      (await answer(teacher, unitId, id, [{ studentId: child.id, values: { left_behind: 9 } }])).body.refusal?.code,
    ).toBe('care.wrong-answer')
    expect((await answer(teacher, unitId, id, [{ studentId: child.id, values: { orphan: true } }])).status).toBe(422)
    const over = await open(officer, unitId, { fromDate: '2025-11-21', untilDate: '2025-11-22' })
    expect(
      (await answer(teacher, unitId, over.id, [{ studentId: child.id, values: { single_parent: true } }])).body.refusal
        ?.code,
    ).toBe('care.round-closed')
    expect(await facts(child)).toEqual({ single_parent: null, left_behind: null })
    const psychologist = await world.someone('psychology-teacher', world.units.schoolA)
    expect(
      (await answer(psychologist, unitId, id, [{ studentId: child.id, values: { single_parent: true } }])).body.refusal
        ?.code,
    ).toBe('care.not-yours-to-see')
  })

  test('is opened by those who keep it, for days to come, under a title that labels nobody', async () => {
    const unitId = world.units.schoolA.id
    expect((await open(teacher, unitId)).body.refusal?.code).toBe('people.not-permitted')
    expect((await open(officer, unitId, { title: '贫困学生摸排' })).body.refusal?.code).toBe('care.unspoken')
    expect((await open(officer, unitId, { untilDate: '2025-11-10' })).body.refusal?.code).toBe('care.round-span')
    expect((await open(officer, unitId, { items: ['screening_level'] })).status).toBe(422)
  })
})

describe('[X8] a pair of a cadre and a community', () => {
  test("keeps a log, and a change at a student's home opens a follow-up on the desk of the class teacher", async () => {
    const schoolId = world.units.schoolA.id
    const cadre = await world.someone('leader-in-charge', world.units.schoolA, '校干李')
    const pairId = uuidv7()
    const wish = {
      id: pairId,
      cadreId: cadre.personId,
      community: '柳堡村',
      contact: '王主任 13900000000',
      fromDate: '2025-09-01',
    }
    expect((await world.call(teacher, pairCommunity, { params: { schoolId }, body: wish })).body.refusal?.code).toBe(
      'people.not-permitted',
    )
    await world.call(officer, pairCommunity, { params: { schoolId }, body: wish })
    const log = (who: Someone, change: object | null, on = '2025-11-18', id = uuidv7()) =>
      world.call(who, logCommunityContact, {
        params: { schoolId, pairId },
        body: { id, on, text: '例行走访', change: change as { studentId: string; facts: string } | null },
      })
    expect((await log(cadre, null)).body).toEqual({ followUp: null })
    const child = children[0] as Child
    const told = await log(cadre, { studentId: child.id, facts: '父亲上周住院' })
    const caseId = told.body.followUp as string
    const todo = await world.call(teacher, listBox, { params: { box: 'todo' } })
    expect(todo.body.lines).toMatchObject([{ caseId, title: '跟进事项', studentName: child.name }])
    expect((await world.call(otherTeacher, getCase, { params: { schoolId, caseId } })).status).toBe(404)
    const pairs = await world.call(officer, listCommunityPairs, { params: { unitId: schoolId } })
    expect(pairs.body.mayPairAt).toBe(schoolId)
    expect(pairs.body.pairs).toMatchObject([
      { community: '柳堡村', cadreName: '校干李', contacts: 2, lastOn: '2025-11-18' },
    ])
    expect((await log(officer, null)).body.refusal?.code).toBe('care.not-your-pair')
    expect((await log(cadre, null, '2025-11-21')).body.refusal?.code).toBe('care.contact-day')
    expect((await log(cadre, { studentId: (world.children.b1[0] as Child).id, facts: '别校学生' })).status).toBe(404)
    const again = uuidv7()
    const [one, two] = [
      await log(cadre, { studentId: child.id, facts: '再次反映' }, '2025-11-19', again),
      await log(cadre, { studentId: child.id, facts: '再次反映' }, '2025-11-19', again),
    ]
    expect([one.body.followUp === null, two.body.followUp]).toEqual([false, null])
    const other = await world.someone('class-teacher', world.units.classB1)
    expect((await world.call(other, listCommunityPairs, { params: { unitId: schoolId } })).body.pairs ?? []).toEqual([])
    const params = { schoolId, pairId }
    expect((await world.call(officer, listCommunityContacts, { params })).body).toMatchObject({
      contact: '王主任 13900000000',
      contacts: [{ on: '2025-11-19', by: '校干李', text: '例行走访' }, {}, {}],
    })
    const heard = await world.call(teacher, listCommunityContacts, { params })
    expect(heard.body).toMatchObject({ contact: null, contacts: [{ text: null }, {}, {}] })
    expect((await world.call(other, listCommunityContacts, { params })).status).toBe(404)
  })
})
