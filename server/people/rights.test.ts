import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Actor, sql } from '#server/platform'
import { openTestTown, type TestPerson, type TestTown, testDay, testSight } from '../test-town.ts'
import { answerableFor } from './answerable-for.ts'
import { appoint } from './appoint.ts'
import { endAppointment } from './end-appointment.ts'
import { listPeople } from './list-people.ts'
import { rewriteSettingsOfTheDay } from './rewrite-actor-settings.ts'

let town: TestTown
let principal: TestPerson
let officer: TestPerson

beforeAll(async () => {
  town = await openTestTown()
  principal = await town.addPerson(town.units.schoolA, '李校长')
  officer = await town.addPerson(town.units.office, '陆专干')
  await town.appoint(principal, town.units.schoolA, 'principal')
  await town.appoint(officer, town.units.office, 'county-aid-officer')
  await town.addStudent(town.units.classA1, '赵一')
  await town.addStudent(town.units.classA2, '钱二')
  await town.addStudent(town.units.classB1, '孙三')
})
afterAll(() => town.close())

const namesSeen = async (actor: Actor): Promise<string[]> =>
  (await town.door.readAsActor<{ name: string }>(actor, sql`select name from students order by scope`)).map(
    ({ name }) => name,
  )

const wish = (person: TestPerson, unitId: string, post: string, fromDate = '2025-09-01') => ({
  id: uuidv7(),
  personId: person.id,
  unitId,
  post,
  fromDate,
  document: null,
})

const give = (by: Actor, asked: ReturnType<typeof wish>) => appoint(town.services, testSight, by, asked)

test('an officer at an office of the county sees the county, a principal the school', async () => {
  expect(await namesSeen(await town.actorOf(officer))).toEqual(['赵一', '钱二', '孙三'])
  expect(await namesSeen(await town.actorOf(principal))).toEqual(['赵一', '钱二'])
})

test('[T7] a post given and taken acts on the next request of an open session', async () => {
  const teacher = await town.addPerson(town.units.schoolA, '王老师')
  await town.appoint(teacher, town.units.schoolA, 'teacher')
  const session = await town.actorOf(teacher)
  expect(await namesSeen(session)).toEqual([])
  const head = await town.actorOf(principal)
  const { id } = await give(head, wish(teacher, town.units.classA2.id, 'class-teacher'))
  expect(await namesSeen(session)).toEqual(['钱二'])
  await endAppointment(town.services, testSight, head, id, { untilDate: testDay })
  expect(await namesSeen(session)).toEqual([])
})

test('a post from tomorrow opens nothing today', async () => {
  const teacher = await town.addPerson(town.units.schoolA, '冯老师')
  const session = async () => namesSeen(await town.actorOf(teacher))
  await give(await town.actorOf(principal), wish(teacher, town.units.classA1.id, 'class-teacher', '2025-10-16'))
  expect(await session()).toEqual([])
  await town.asImporter((db) => rewriteSettingsOfTheDay(db, testSight, '2025-10-16'))
  expect(await session()).toEqual(['赵一'])
})

test('nobody raises himself: a principal appoints neither officers nor principals, and not at another school', async () => {
  const head = await town.actorOf(principal)
  await expect(give(head, wish(principal, town.units.schoolA.id, 'administrator'))).rejects.toMatchObject({
    code: 'people.not-permitted',
  })
  await expect(give(head, wish(principal, town.units.schoolA.id, 'principal'))).rejects.toMatchObject({
    code: 'people.not-permitted',
  })
  await expect(give(head, wish(principal, town.units.county.id, 'county-cadre'))).rejects.toMatchObject({
    code: 'people.not-permitted',
  })
  await expect(give(head, wish(principal, town.units.classB1.id, 'class-teacher'))).rejects.toMatchObject({
    code: 'people.not-permitted',
  })
})

test('a post stands only where it exists, and once', async () => {
  const head = await town.actorOf(principal)
  await expect(give(head, wish(principal, town.units.classA1.id, 'psychology-teacher'))).rejects.toMatchObject({
    code: 'people.post-not-here',
  })
  const asked = wish(principal, town.units.classA1.id, 'class-teacher')
  await give(head, asked)
  await expect(give(head, asked)).resolves.toEqual({ id: asked.id })
  await expect(give(head, { ...asked, id: uuidv7() })).rejects.toMatchObject({ code: 'people.already-appointed' })
  await expect(
    endAppointment(town.services, testSight, head, asked.id, { untilDate: '2020-01-01' }),
  ).rejects.toMatchObject({ code: 'people.ends-before-start' })
})

test('people of another school are as good as absent; the county finds them', async () => {
  const stranger = await town.addPerson(town.units.schoolB, '许老师')
  const head = await town.actorOf(principal)
  await expect(give(head, wish(stranger, town.units.classA1.id, 'class-teacher'))).rejects.toMatchObject({
    code: 'platform.not-found',
  })
  const query = { unit: town.units.county.id, search: '许', page: 1 }
  expect((await listPeople(town.services, head, query)).people).toEqual([])
  const found = await listPeople(town.services, await town.actorOf(officer), query)
  expect(found).toMatchObject({ total: 1, people: [{ name: '许老师', unitName: '临湖县第二中学', students: 0 }] })
})

test('[T7] a vacant post passes to the next one up and says so', async () => {
  const answer = (post: string, path: string) =>
    town.asImporter((db) =>
      answerableFor(db, {
        post,
        fallback: ['school-aid-officer', 'principal', 'county-aid-officer'],
        unitPaths: [path],
        today: testDay,
      }),
    )
  const { classA2, classB1 } = town.units
  expect((await answer('class-teacher', classA2.path)).get(classA2.path)).toMatchObject({
    vacant: true,
    post: 'principal',
    holders: [{ name: '李校长' }],
  })
  expect((await answer('class-teacher', classB1.path)).get(classB1.path)).toMatchObject({ vacant: true, post: null })
  expect((await answer('principal', classA2.path)).get(classA2.path)).toMatchObject({ vacant: false })
})

test('rows of people, posts, phones, accounts and sessions open to their own side only', async () => {
  const own = await town.addPerson(town.units.schoolA, '本校甲')
  const other = await town.addPerson(town.units.schoolB, '外校甲')
  await town.appoint(other, town.units.schoolB, 'principal')
  await town.asImporter(async (db) => {
    for (const { id, path } of [
      { id: own.id, path: town.units.schoolA.path },
      { id: other.id, path: town.units.schoolB.path },
    ]) {
      await db.change(
        sql`insert into people_contacts (person_id, scope, mobile_cipher) values (${id}, ${path}, '\\x01')`,
      )
      await db.change(sql`insert into accounts (id, person_id, login_name, password_hash)
        values (${uuidv7()}, ${id}, ${id}, 'x')`)
    }
  })
  const head = await town.actorOf(principal)
  await town.actorOf(other)
  const ids = async (table: string, column: string): Promise<string[]> =>
    (await town.door.readAsActor<{ id: string }>(head, { text: `select ${column} as id from ${table}` })).map(
      ({ id }) => id,
    )
  for (const table of ['people', 'people_contacts']) {
    const seen = await ids(table, table === 'people' ? 'id' : 'person_id')
    expect(seen, table).toContain(own.id)
    expect(seen, table).not.toContain(other.id)
  }
  expect(await ids('appointments', 'person_id')).not.toContain(other.id)
  expect(await ids('accounts', 'person_id')).toEqual([])
  expect(await ids('sessions', 'person_id')).toEqual([principal.id])
  expect(await ids('actor_settings', 'person_id')).toEqual([principal.id])
  const control = await town.asImporter((db) =>
    db.first<{ posts: number; accounts: number }>(sql`select
      (select count(*)::int from appointments where person_id = ${other.id}) as posts,
      (select count(*)::int from accounts where person_id in (${own.id}, ${other.id})) as accounts`),
  )
  expect(control).toEqual({ posts: 1, accounts: 2 })
  await expect(
    town.door.asActor(head, (db) =>
      db.change(sql`update accounts set password_hash = 'y' where person_id = ${other.id}`),
    ),
  ).resolves.toBe(0)
})
