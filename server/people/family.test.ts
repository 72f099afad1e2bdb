import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  changePassword,
  getMe,
  inviteFamily,
  listFamilyAccounts,
  mobileOf,
  relationsOver,
  renewFamilyCode,
  signIn,
  stopFamilyAccount,
} from '#contract/people'
import { setContact } from '#contract/students'
import { addGuardian, addStudentAccount, limitContact } from '../test-family.ts'
import { type Child, openWorld, type Someone, type World } from '../test-world.ts'

let world: World
let teacher: Someone
let child: Child

beforeAll(async () => {
  world = await openWorld()
  teacher = await world.someone('class-teacher', world.units.classA1)
  child = world.children.a1[0] as Child
})
afterAll(() => world.close())

const keyOf = ({ schoolId, id }: Child) => ({ schoolId, studentId: id })

const contact = async (of: Child, name: string, body: object = {}): Promise<string> => {
  const contactId = uuidv7()
  const answer = await world.call(teacher, setContact, {
    params: { ...keyOf(of), contactId },
    body: {
      name,
      relation: '母亲',
      isGuardian: true,
      isCaretaker: false,
      custody: null,
      contactLimit: 'none',
      contactReason: null,
      phone: null,
      fromDate: null,
      untilDate: null,
      ...body,
    },
  })
  expect(answer.status).toBe(200)
  return contactId
}

const invite = (who: Someone, of: Child, contactId: string | null) =>
  world.call(who, inviteFamily, { params: keyOf(of), body: { contactId } })

const enter = (loginName: string, password: string) => world.call(null, signIn, { body: { loginName, password } })

describe('[C6 G16] a guardian is invited', () => {
  test('with a code that is told once, must be changed, and opens only the own child', async () => {
    const contactId = await contact(child, '赵母', { phone: '138 0000 1234' })
    const { status, body } = await invite(teacher, child, contactId)
    expect(status).toBe(200)
    expect(body.code).toMatch(/^[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}$/)
    expect(body.loginName).toMatch(/^j\d{8}$/)
    const signedIn = await world.program.app.inject({
      method: 'POST',
      url: '/api/session',
      headers: { 'x-tongxing': '1', 'content-type': 'application/json' },
      payload: JSON.stringify({ loginName: '+86 13800001234', password: body.code }),
    })
    expect(signedIn.statusCode).toBe(200)
    const cookie = `${signedIn.cookies[0]?.name}=${signedIn.cookies[0]?.value}`
    const guardian = { ...teacher, cookie }
    expect((await world.call(guardian, getMe, {})).body.refusal?.code).toBe('people.change-password-first')
    const changed = await world.program.app.inject({
      method: 'POST',
      url: changePassword.path,
      headers: { 'x-tongxing': '1', 'content-type': 'application/json', cookie },
      payload: JSON.stringify({ oldPassword: body.code, newPassword: 'Hao-hao-xue-xi-9' }),
    })
    expect(changed.statusCode).toBe(200)
    const renewed = { ...teacher, cookie: `${changed.cookies[0]?.name}=${changed.cookies[0]?.value}` }
    const me = await world.call(renewed, getMe, {})
    expect(me.body).toMatchObject({ name: '赵母', family: 'guardian', places: ['my'], posts: [], permissions: [] })
    const { people } = (await world.call(teacher, listFamilyAccounts, { params: keyOf(child) })).body
    expect(people.find((one) => one.contactId === contactId)).toMatchObject({ state: 'active', whyNot: null })
  })

  test('by the class teacher, not by a mentor, another class or an auditor', async () => {
    const contactId = await contact(world.children.a1[1] as Child, '钱父')
    const strangers = [
      [await world.someone('class-teacher', world.units.classA2), 404],
      [await world.someone('auditor', world.units.county), 403],
      [await world.someone('psychology-teacher', world.units.schoolA), 403],
      [await world.someone('county-leader', world.units.county), 403],
    ] as const
    for (const [who, status] of strangers)
      expect([who.name, (await invite(who, world.children.a1[1] as Child, contactId)).status]).toEqual([
        who.name,
        status,
      ])
    expect((await invite(teacher, world.children.a1[1] as Child, contactId)).status).toBe(200)
  })

  test('never somebody with a limit of contact, no guardian, or one of the past, and a young child not itself', async () => {
    const other = world.children.a1[2] as Child
    const cases = [
      [await contact(other, '孙父', { contactLimit: 'no-contact' }), 'people.contact-limited'],
      [await contact(other, '孙舅', { contactLimit: 'supervised' }), 'people.contact-limited'],
      [await contact(other, '孙姨', { isGuardian: false }), 'people.not-guardian'],
      [await contact(other, '孙爷', { untilDate: '2025-01-01' }), 'people.contact-ended'],
      [null, 'people.too-young'],
    ] as const
    for (const [contactId, code] of cases)
      expect((await invite(teacher, other, contactId)).body.refusal?.code).toBe(code)
    expect((await invite(teacher, other, await contact(other, '孙母'))).status).toBe(200)
    await world.owner.query(`update students set birth_date = '2011-11-20' where id = $1`, [other.id])
    expect((await invite(teacher, other, null)).body.loginName).toMatch(/^x\d{8}$/)
  })

  test('once; a second code is asked for as such, the old one opens nothing more, and a code ends by itself', async () => {
    const other = world.children.a1[3] as Child
    const contactId = await contact(other, '李母')
    const first = (await invite(teacher, other, contactId)).body
    expect((await invite(teacher, other, contactId)).body.refusal?.code).toBe('people.family-account-exists')
    const { people } = (await world.call(teacher, listFamilyAccounts, { params: keyOf(other) })).body
    const personId = people.find((one) => one.contactId === contactId)?.personId ?? ''
    const second = await world.call(teacher, renewFamilyCode, { params: { ...keyOf(other), personId }, body: {} })
    expect((await enter(first.loginName, first.code ?? '')).status).toBe(401)
    expect((await enter(first.loginName, second.body.code ?? '')).status).toBe(200)
    await world.owner.query(`update accounts set code_until = now() - interval '1 minute' where person_id = $1`, [
      personId,
    ])
    expect((await enter(first.loginName, second.body.code ?? '')).status).toBe(401)
    await world.owner.query(`update accounts set code_until = now() + interval '1 minute' where person_id = $1`, [
      personId,
    ])
    expect((await enter(first.loginName, second.body.code ?? '')).status).toBe(200)
    await world.call(teacher, stopFamilyAccount, { params: { ...keyOf(other), personId }, body: {} })
    expect((await enter(first.loginName, second.body.code ?? '')).status).toBe(401)
  })

  test('for a brother with the same name and phone the child is added; who keeps one child opens no code to both', async () => {
    const sister = world.children.a1[4] as Child
    const brother = world.children.a2[0] as Child
    const officer = await world.someone('school-aid-officer', world.units.schoolA)
    const here = (await invite(teacher, sister, await contact(sister, '周母', { phone: '13900000009' }))).body
    const contactId = uuidv7()
    await world.call(officer, setContact, {
      params: { ...keyOf(brother), contactId },
      body: {
        name: '周母',
        relation: '母亲',
        isGuardian: true,
        isCaretaker: true,
        custody: null,
        contactLimit: 'none',
        contactReason: null,
        phone: '13900000009',
        fromDate: null,
        untilDate: null,
      },
    })
    const added = (await invite(officer, brother, contactId)).body
    expect(added).toMatchObject({ loginName: here.loginName, code: null })
    const { people } = (await world.call(officer, listFamilyAccounts, { params: keyOf(brother) })).body
    const personId = people.find((one) => one.contactId === contactId)?.personId ?? ''
    const renew = (who: Someone) =>
      world.call(who, renewFamilyCode, { params: { ...keyOf(sister), personId }, body: {} })
    expect((await renew(teacher)).body.refusal?.code).toBe('people.family-elsewhere')
    expect((await renew(officer)).status).toBe(200)
    const seen = await world.owner.query(
      `select settings->>'students' as students from actor_settings where person_id = $1`,
      [personId],
    )
    expect(seen.rows[0].students).toContain(sister.id)
    expect(seen.rows[0].students).toContain(brother.id)
  })
})

describe('[G33] what a family sees', () => {
  const tables = [
    'students',
    'facts_general',
    'facts_family',
    'facts_groups',
    'facts_health',
    'facts_psychology',
    'facts_protection',
    'facts_schooling',
    'student_contacts',
    'records',
    'record_subjects',
    'class_spells',
    'pairings',
    'key_listings',
    'recognitions',
    'people',
    'appointments',
    'sums',
  ] as const
  const open = ['students', 'facts_general', 'facts_family', 'recognitions']

  const count = async (who: Someone): Promise<Record<string, number>> => {
    const { door } = world.program.services
    const counted: Record<string, number> = {}
    for (const table of tables)
      counted[table] = await door.asActor(await who.actor(), async (db) => {
        const row = await db.first<{ many: number }>({ text: `select count(*)::int as many from ${table}` })
        return row?.many ?? -1
      })
    return counted
  }

  const fill = async (of: Child): Promise<void> => {
    const [school, id, scope] = [of.schoolId, of.id, of.scope]
    const mentor = await world.someone('teacher', world.units.schoolA, '导师甲')
    const insert = (text: string, more: unknown[] = []) =>
      world.owner.query(text, [school, id, scope, uuidv7(), ...more])
    for (const secrecy of [1, 2, 5, 6]) {
      await insert(
        `insert into records (school_id, student_id, scope, id, kind, secrecy, done_in, author_id, author_name, act_date, content_hash)
         values ($1, $2, $3, $4, 1, $5, $3, $6, '导师甲', '2025-10-01', '\\x00')`,
        [secrecy, mentor.personId],
      )
      await insert(
        `insert into record_subjects (school_id, student_id, scope, record_id, kind, secrecy, act_date, author_id)
         values ($1, $2, $3, $4, 1, $5, '2025-10-01', $6)`,
        [secrecy, mentor.personId],
      )
    }
    for (const [rule, secrecy] of [
      [1, 1],
      [2, 2],
      [3, 6],
    ])
      await world.owner.query(
        `insert into class_spells (school_id, student_id, scope, rule, secrecy, since) values ($1, $2, $3, $4, $5, '2025-09-01')`,
        [school, id, scope, rule, secrecy],
      )
    await insert(
      `insert into pairings (school_id, student_id, scope, id, mentor_id, mentor_name, from_date, appointed_by)
       values ($1, $2, $3, $4, $5, '导师甲', '2025-09-01', $5)`,
      [mentor.personId],
    )
    await insert(
      `insert into recognitions (school_id, student_id, scope, id, level, school_year, from_date, until_date, basis, case_id, decided_by, decided_by_name)
       values ($1, $2, $3, $4, 21, 2025, '2025-09-01', '2026-08-31', 'panel', $4, $5, '甲')`,
      [mentor.personId],
    )
  }

  test('is the child, its general and family facts and its level, and nothing else of what is on file', async () => {
    const own = world.children.a2[1] as Child
    await fill(own)
    await fill(world.children.a2[2] as Child)
    const mother = await addGuardian(world, own)
    const self = await addStudentAccount(world, own)
    for (const who of [mother, self]) {
      const counted = await count(who)
      for (const table of tables) expect([table, counted[table]]).toEqual([table, open.includes(table) ? 1 : 0])
    }
    // The control: the rows are there, and an officer sees them.
    const officer = await count(await world.someone('school-aid-officer', world.units.schoolA))
    for (const table of tables.filter((name) => !['sums', 'facts_psychology', 'key_listings'].includes(name)))
      expect([table, (officer[table] ?? 0) > 1]).toEqual([table, true])
  })

  test('may not be written by the family, whatever a fault would let through', async () => {
    const own = world.children.a2[1] as Child
    const mother = await addGuardian(world, own, { name: '郑母' })
    const write = async (text: string) => {
      const actor = await mother.actor()
      return world.program.services.door.asActor(actor, (db) =>
        db.change({ text, values: [own.schoolId, own.id, own.scope, uuidv7(), actor.personId] }),
      )
    }
    await expect(
      write(`insert into student_contacts (school_id, student_id, scope, id, recorded_by, name, name_key, is_guardian)
        values ($1, $2, $3, $4, $5, '甲', '甲', true)`),
    ).rejects.toThrow(/row-level security/)
    await expect(
      write(`insert into records (school_id, student_id, scope, id, author_id, kind, secrecy, done_in, author_name, act_date, content_hash)
        values ($1, $2, $3, $4, $5, 1, 1, $3, '甲', '2025-10-01', '\\x00')`),
    ).rejects.toThrow(/row-level security/)
    await expect(
      write(`insert into facts (school_id, student_id, scope, id, recorded_by, fact, secrecy, value, as_of)
        values ($1, $2, $3, $4, $5, 'boarding', 1, 'true', '2025-10-01')`),
    ).rejects.toThrow(/row-level security/)
    const changed = await world.program.services.door.asActor(await mother.actor(), (db) =>
      db.change({
        text: 'update facts_family set hardship_level = 1 where student_id = $1 and school_id = $2',
        values: [own.id, own.schoolId],
      }),
    )
    expect(changed).toBe(0)
  })

  test('ends on the next request when a limit of contact is written down, and the other parent still sees', async () => {
    const own = world.children.a2[3] as Child
    const [mother, father] = [
      await addGuardian(world, own, { name: '冯母' }),
      await addGuardian(world, own, { name: '冯父' }),
    ]
    expect([(await count(mother)).students, (await count(father)).students]).toEqual([1, 1])
    expect(relationsOver(await father.actor(), own.id)).toBe('guardian')
    const officer = await world.someone('school-aid-officer', world.units.schoolA)
    const { status } = await world.call(officer, setContact, {
      params: { ...keyOf(own), contactId: father.contactId },
      body: {
        name: '冯父',
        relation: '父亲',
        isGuardian: true,
        isCaretaker: false,
        custody: null,
        contactLimit: 'no-contact',
        contactReason: '法院禁止令',
        phone: null,
        fromDate: null,
        untilDate: null,
      },
    })
    expect(status).toBe(200)
    expect([(await count(mother)).students, (await count(father)).students]).toEqual([1, 0])
    // The door read the rights anew; a fresh reading says the same.
    await world.call(father, getMe, {})
    expect(relationsOver(await father.actor(), own.id)).toBeUndefined()
    expect(relationsOver(await mother.actor(), own.id)).toBe('guardian')
    await limitContact(world, own, father.contactId, 'none')
    expect((await count(father)).students).toBe(1)
  })

  test('is itself for a student, and nothing for staff', async () => {
    const own = world.children.a2[4] as Child
    const self = await addStudentAccount(world, own)
    expect(relationsOver(await self.actor(), own.id)).toBe('student')
    expect(relationsOver(await self.actor(), (world.children.a2[3] as Child).id)).toBeUndefined()
    expect(relationsOver(await teacher.actor(), own.id)).toBeUndefined()
  })
})

test('a mobile number is read however it is typed, and nothing else is taken for one', () => {
  for (const typed of ['13812345678', '138 1234 5678', '138-1234-5678', '+8613812345678', '13812345678'])
    expect(mobileOf(typed)).toBe('13812345678')
  for (const typed of ['1381234567', '23812345678', 'j12345678', '0512-1234567'])
    expect(mobileOf(typed)).toBeUndefined()
})
