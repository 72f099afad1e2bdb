import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addRecord } from '#contract/records'
import { barStaff, getStudent, liftBar, listBars, listStudents, revealIdentity, setContact } from '#contract/students'
import { rewriteActorSettings } from '#server/people'
import { seesOf } from '#server/policies'
import { type Child, openWorld, type Someone, type World } from '../test-world.ts'

let world: World
let principal: Someone
beforeAll(async () => {
  world = await openWorld()
  principal = await world.someone('principal', world.units.schoolA, '李校长')
})
afterAll(() => world.close())

const at = ({ schoolId, id }: Child) => ({ schoolId, studentId: id })
const bar = (by: Someone, child: Child, who: Someone, more: { wholeHousehold?: boolean; barId?: string } = {}) =>
  world.call(by, barStaff, {
    params: { ...at(child), barId: more.barId ?? uuidv7() },
    body: { personId: who.personId, wholeHousehold: more.wholeHousehold ?? false, reason: '与其父有经济纠纷' },
  })
const lift = (by: Someone, child: Child, barId: string) =>
  world.call(by, liftBar, { params: { ...at(child), barId }, body: {} })
const named = async (who: Someone) => (await world.call(who, listStudents)).body.students.map(({ name }) => name)
const fileOf = async (who: Someone, child: Child) => (await world.call(who, getStudent, { params: at(child) })).status
const child = (key: 'a1' | 'a2' | 'b1', index: number): Child => {
  const found = world.children[key][index]
  if (!found) throw new Error('no child')
  return found
}
const shareHousehold = async (...children: Child[]) => {
  const household = uuidv7()
  for (const one of children)
    await world.owner.query(
      'insert into student_particulars (school_id, student_id, scope, household_id) values ($1, $2, $3, $4)',
      [one.schoolId, one.id, one.scope, household],
    )
}

test('[G3 C13] a barred teacher finds nothing of the child from the next request on, and the class beside it as before', async () => {
  const teacher = await world.someone('class-teacher', world.units.classA1, '王老师')
  const [kept, other] = [child('a1', 0), child('a1', 1)]
  expect(await fileOf(teacher, kept)).toBe(200)
  const barId = uuidv7()
  expect((await bar(principal, kept, teacher, { barId })).status).toBe(200)
  expect((await bar(principal, kept, teacher, { barId })).status).toBe(200)
  expect((await bar(principal, kept, teacher)).body.refusal?.code).toBe('students.already-barred')
  expect([await fileOf(teacher, kept), await fileOf(teacher, other)]).toEqual([404, 200])
  expect(await named(teacher)).toEqual(expect.not.arrayContaining([kept.name]))
  expect(await named(teacher)).toContain(other.name)
  const visit = (of: Child) =>
    world.call(teacher, addRecord, {
      params: { schoolId: of.schoolId },
      body: { id: uuidv7(), kind: 1, studentIds: [of.id], actDate: world.day, mode: 1, fields: {}, supersedes: null },
    })
  expect([(await visit(kept)).status, (await visit(other)).status]).toEqual([404, 200])
  expect(await fileOf(principal, kept)).toBe(200)
  const shown = await world.call(principal, listBars, { params: at(kept) })
  expect(shown.body.bars).toMatchObject([{ id: barId, personName: '王老师', reason: '与其父有经济纠纷' }])
  expect((await lift(principal, kept, barId)).status).toBe(200)
  expect(await fileOf(teacher, kept)).toBe(200)
})

test('a bar over the household keeps siblings away too, also one who comes later', async () => {
  const teacher = await world.someone('class-teacher', world.units.classA2, '郑老师')
  const [own, sibling, later] = [child('a1', 2), child('a2', 2), child('a2', 3)]
  await shareHousehold(own, sibling)
  const barId = uuidv7()
  await bar(principal, own, teacher, { barId })
  expect(await fileOf(teacher, sibling)).toBe(200)
  await lift(principal, own, barId)
  await bar(principal, own, teacher, { wholeHousehold: true })
  expect([await fileOf(teacher, sibling), await fileOf(teacher, later)]).toEqual([404, 200])
  await world.owner.query(
    `insert into student_particulars (school_id, student_id, scope, household_id)
     select $1, $2, $3, household_id from student_particulars where student_id = $4`,
    [later.schoolId, later.id, later.scope, own.id],
  )
  await world.program.services.door.asJob('importer', (db) =>
    rewriteActorSettings(
      db,
      [teacher.personId],
      seesOf(world.program.registry, () => world.day),
      world.day,
    ),
  )
  expect(await fileOf(teacher, later)).toBe(404)
})

test('nobody bars or lets back himself or a superior; another school is not there; the reason is sealed', async () => {
  const teacher = await world.someone('class-teacher', world.units.classA1, '孙老师')
  const aidOfficer = await world.someone('school-aid-officer', world.units.schoolA, '钱专干')
  const stranger = await world.someone('principal', world.units.schoolB, '别校校长')
  const kept = child('a1', 4)
  expect((await bar(teacher, kept, principal)).body.refusal?.code).toBe('people.not-permitted')
  expect((await bar(principal, kept, principal)).body.refusal?.code).toBe('students.own-bar')
  expect((await bar(aidOfficer, kept, principal)).body.refusal?.code).toBe('students.bar-over-superior')
  expect((await bar(stranger, kept, teacher)).status).toBe(404)
  expect((await bar(principal, child('b1', 0), teacher)).status).toBe(404)
  expect((await world.call(teacher, listBars, { params: at(kept) })).status).toBe(403)
  const officer = await world.someone('county-aid-officer', world.units.county, '县专干')
  expect((await bar(officer, kept, principal)).status).toBe(200)
  expect(await fileOf(principal, kept)).toBe(404)
  const sealed = await world.owner.query(`select encode(reason_cipher, 'escape') as text from staff_bars`)
  expect(sealed.rows.some(({ text }) => text.includes('纠纷'))).toBe(false)
})

test('a bar follows the child to another class', async () => {
  const teacher = await world.someone('class-teacher', world.units.classA1, '吴老师')
  const kept = child('a1', 3)
  await bar(principal, kept, teacher)
  const key = await world.owner.query<{ scope: string }>('select scope from staff_bars where student_id = $1', [
    kept.id,
  ])
  expect(key.rows).toEqual([{ scope: kept.scope }])
  await world.owner
    .query('update students set scope = $2, class_id = $3 where id = $1', [
      kept.id,
      world.units.classA2.path,
      world.units.classA2.id,
    ])
    .then(
      () => expect.unreachable('a row about the child that was left behind must be refused'),
      (error: Error) => expect(error.message).toContain('foreign key'),
    )
})

test('[T6] a phone that must not be called opens to nobody, for the child and for its siblings; others open', async () => {
  const [own, sibling] = [child('a1', 1), child('a2', 1)]
  await shareHousehold(own, sibling)
  const contact = async (of: Child, name: string, contactLimit: 'none' | 'no-contact') => {
    const contactId = uuidv7()
    const body = {
      name,
      relation: null,
      isGuardian: false,
      isCaretaker: false,
      custody: null,
      contactLimit,
      contactReason: null,
      phone: '13800000000',
      fromDate: null,
      untilDate: null,
    }
    await world.call(principal, setContact, { params: { ...at(of), contactId }, body })
    return contactId
  }
  const phone = async (of: Child, contactId: string) =>
    (await world.call(principal, revealIdentity, { params: at(of), body: { what: 'contact-phone', contactId } })).body
  const father = await contact(own, '钱·大', 'no-contact')
  const sameFather = await contact(sibling, '钱大', 'none')
  const mother = await contact(sibling, '赵母', 'none')
  expect((await phone(own, father)).refusal?.code).toBe('students.no-contact')
  expect((await phone(sibling, sameFather)).refusal?.code).toBe('students.no-contact')
  expect((await phone(sibling, mother)).value).toBe('13800000000')
})
