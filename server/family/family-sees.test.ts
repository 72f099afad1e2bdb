import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { getMyChildren } from '#contract/family'
import type { Endpoint } from '#contract/platform'
import { addGuardian, addStudentAccount, type TestGuardian } from '../test-family.ts'
import { type Child, openWorld, type Someone, type World } from '../test-world.ts'

let world: World
let own: Child
let other: Child
let mother: TestGuardian
let self: Someone
let officer: Someone
let mentor: Someone
const secret = '导师写的话不给家长看'

const facts = {
  psychology: { screening_level: 4 },
  protection: { guardianship_lacking: true, harmed: true, key_student: true },
  health: { disability_kind: 4 },
  groups: { orphan: true },
  family: { hardship_level: 1, single_parent: true },
}

beforeAll(async () => {
  world = await openWorld()
  own = await world.child(world.units.classA1, '独孤明', facts)
  other = await world.child(world.units.classA1, '欧阳静', facts)
  mother = await addGuardian(world, own, { name: '独孤母' })
  await addGuardian(world, own, { name: '独孤父', contactLimit: 'no-contact' })
  await addGuardian(world, other, { name: '欧阳母' })
  self = await addStudentAccount(world, own)
  officer = await world.someone('school-aid-officer', world.units.schoolA, '司徒专干')
  mentor = await world.someone('teacher', world.units.schoolA, '上官导师')
  await world.someone('class-teacher', world.units.classA1, '诸葛老师')
  for (const child of [own, other]) {
    const at = [child.schoolId, child.id, child.scope, mentor.personId]
    await world.owner.query(
      `insert into pairings (school_id, student_id, scope, id, mentor_id, mentor_name, from_date, appointed_by)
       values ($1, $2, $3, $5, $4, '上官导师', '2025-09-01', $4)`,
      [...at, uuidv7()],
    )
    await world.owner.query(
      `insert into key_listings (school_id, student_id, scope, id, case_id, difficulties, from_date, confirmed_by, confirmed_by_name)
       values ($1, $2, $3, $5, $5, '{3}', '2025-09-01', $4, '司徒专干')`,
      [...at, uuidv7()],
    )
    const record = uuidv7()
    await world.owner.query(
      `insert into records (school_id, student_id, scope, id, kind, secrecy, done_in, author_id, author_name, act_date, content_hash, text_cipher)
       values ($1, $2, $3, $5, 1, 2, $3, $4, '上官导师', '2025-10-01', '\\x00', $6)`,
      [...at, record, world.program.services.secrets.seal(secret)],
    )
    await world.owner.query(
      `insert into record_subjects (school_id, student_id, scope, record_id, kind, secrecy, act_date, author_id)
       values ($1, $2, $3, $5, 1, 2, '2025-10-01', $4)`,
      [...at, record],
    )
  }
  await world.classify(world.units.schoolA)
})
afterAll(() => world.close())

// An endpoint is asked about the own child wherever its address names one: the nearest a family could come.
const paramsOf = (endpoint: Endpoint, child: Child): Record<string, string> => {
  const known: Record<string, string> = {
    schoolId: child.schoolId,
    studentId: child.id,
    unitId: world.units.schoolA.id,
    personId: mentor.personId,
    contactId: mother.contactId,
    rule: '1',
    issuer: 'national',
    box: 'todo',
  }
  const names = [...endpoint.path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '')
  return Object.fromEntries(names.map((name) => [name, known[name] ?? uuidv7()]))
}

const ask = (who: Someone, endpoint: Endpoint, child: Child) =>
  world.call(who, endpoint, {
    params: paramsOf(endpoint, child),
    query: { unit: world.units.schoolA.id },
    ...(endpoint.method === 'GET' || endpoint.body === undefined ? {} : { body: {} as never }),
  })

/** What no answer to a family may hold: another child, a person of staff beside the class teacher, a finding, a list. */
const forbidden = (): readonly string[] => [
  other.id,
  '欧阳静',
  '欧阳母',
  '独孤父',
  '上官导师',
  '司徒专干',
  mentor.personId,
  officer.personId,
  secret,
  'screening_level',
  'key_student',
  'guardianship_lacking',
  '心理',
  '重点帮扶',
  '受侵害',
]

const asked = () =>
  world.program.served
    .map(({ endpoint }) => endpoint)
    // Signing in and out would change who is asking; everything else is asked, whatever it does.
    .filter(({ name, open }) => !open && !['people.sign-out', 'people.change-password'].includes(name))

describe('[C6 G3 G33] a family asks every address there is', () => {
  test('those of staff refuse before anything is read; none but the own ones answer', async () => {
    const families = asked().filter(({ forFamilies }) => forFamilies)
    expect(families.length).toBeLessThan(asked().length / 2)
    const wrong: string[] = []
    for (const who of [mother, self])
      for (const endpoint of asked().filter(({ forFamilies }) => !forFamilies)) {
        const { status, body } = await ask(who, endpoint, own)
        if (status !== 403 || body.refusal?.code !== 'platform.not-for-families')
          wrong.push(`${endpoint.name}: ${status}`)
      }
    expect(wrong).toEqual([])
  })

  test('nothing they answer tells of another child, of staff, of findings, of a list or of how many', async () => {
    const told: string[] = []
    for (const who of [mother, self])
      for (const endpoint of asked())
        for (const child of [own, other]) {
          const { status, bytes } = await ask(who, endpoint, child)
          const text = bytes.toString('utf8')
          for (const word of forbidden()) if (text.includes(word)) told.push(`${endpoint.name} (${status}): ${word}`)
          if (status === 200 && /"(total|count|need|met)":\s*[1-9]/.test(text)) told.push(`${endpoint.name}: a count`)
          if (status >= 500) told.push(`${endpoint.name}: fault`)
        }
    expect(told).toEqual([])
  })

  test('the same questions of an officer do tell: the rows are there', async () => {
    let texts = ''
    for (const endpoint of asked().filter(({ method }) => method === 'GET'))
      texts += (await ask(officer, endpoint, other)).bytes.toString('utf8')
    for (const word of [other.id, '欧阳静', '欧阳母', '上官导师'])
      expect([word, texts.includes(word)]).toEqual([word, true])
  })

  test('and each refusal is on file under the school', async () => {
    const { rows } = await world.owner.query(
      `select count(*)::int as many, min(scope) as scope from audit_entries where actor_id = $1 and outcome = 'refused'`,
      [mother.personId],
    )
    expect(rows[0].many).toBeGreaterThan(30)
    expect(rows[0].scope).toBe(world.units.schoolA.path)
  })
})

describe('[C6] 我的', () => {
  test('shows the own child, the class teacher with a number, and what this family told', async () => {
    const teacher = await world.owner.query(`select id from people where name = '诸葛老师'`)
    await world.owner.query('insert into people_contacts (person_id, scope, mobile_cipher) values ($1, $2, $3)', [
      teacher.rows[0].id,
      world.units.schoolA.path,
      world.program.services.secrets.seal('13511110000'),
    ])
    await world.owner.query(
      `insert into facts (school_id, student_id, scope, id, fact, secrecy, value, as_of, recorded_by)
       values ($1, $2, $3, $4, 'single_parent', 2, 'true', '2025-10-01', $5), ($1, $2, $3, $6, 'household_size', 2, '4', '2025-10-01', $7)`,
      [own.schoolId, own.id, own.scope, uuidv7(), mother.personId, uuidv7(), officer.personId],
    )
    const { status, body } = await world.call(mother, getMyChildren, {})
    expect(status).toBe(200)
    expect(body.children).toEqual([
      {
        schoolId: own.schoolId,
        studentId: own.id,
        name: '独孤明',
        schoolName: '第一小学',
        className: '2023级1班',
        enteredOn: '2023-09-01',
        teachers: [{ name: '诸葛老师', post: '班主任', phone: '13511110000' }],
        told: [{ label: '单亲家庭', value: '是', asOf: '2025-10-01' }],
        recognisedUntil: null,
      },
    ])
    expect((await world.call(self, getMyChildren, {})).body.children[0]?.told).toEqual([])
    expect((await world.call(officer, getMyChildren, {})).body.children).toEqual([])
  })
})
