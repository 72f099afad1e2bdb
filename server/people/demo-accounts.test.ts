import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from '#server/platform'
import { openTestTown, type TestPerson, type TestTown, testDay, testSight } from '../test-town.ts'
import { createDemoAccounts, demoAccounts, demoPassword } from './demo-accounts.ts'
import { hashPassword, signIn } from './sign-in.ts'

let town: TestTown
let mentor: TestPerson

beforeAll(async () => {
  town = await openTestTown()
  const { schoolA, classA1 } = town.units
  for (const [post, unit] of [
    ['principal', schoolA],
    ['school-aid-officer', schoolA],
    ['class-teacher', classA1],
  ] as const)
    await town.appoint(await town.addPerson(schoolA, `${post}甲`), unit, post)
  mentor = await town.addPerson(schoolA, '吴导师')
  const child = await town.addStudent(classA1, '赵一')
  await town.asImporter((db) =>
    db.change(sql`insert into pairings (school_id, id, student_id, scope, mentor_id, mentor_name, from_date, appointed_by)
      values (${child.schoolId}, ${uuidv7()}, ${child.id}, ${child.scope}, ${mentor.id}, '吴导师', '2025-09-01', ${mentor.id})`),
  )
})
afterAll(() => town.close())

const create = () => town.asImporter((db) => createDemoAccounts(db, town.units.county.id, testSight, testDay))

test('a demonstration has a sign-in for every role somebody holds, and making them twice changes nothing', async () => {
  await create()
  await create()
  const { accounts } = await demoAccounts(town.services)
  expect(accounts.map(({ loginName, name }) => [loginName, name])).toEqual([
    ['xian', '陆文清'],
    ['zizhu', 'school-aid-officer甲'],
    ['xiaozhang', 'principal甲'],
    ['banzhuren', 'class-teacher甲'],
    ['daoshi', '吴导师'],
    ['shenji', '顾正平'],
    ['guanli', '沈守一'],
  ])
  for (const { loginName, password } of accounts) {
    await expect(signIn(town.services, { loginName, password })).resolves.toMatchObject({ answer: {} })
  }
})

test('an account whose password was changed is printed no longer, and none where it is no demonstration', async () => {
  const hash = await hashPassword('something-else')
  await town.door.asActor(await town.actorOf(mentor), (db) =>
    db.change(sql`update accounts set password_hash = ${hash} where login_name = 'daoshi'`),
  )
  const { accounts } = await demoAccounts(town.services)
  expect(accounts.map(({ loginName }) => loginName)).not.toContain('daoshi')
  expect(accounts.every(({ password }) => password === demoPassword)).toBe(true)
  expect(await demoAccounts({ ...town.services, demo: false })).toEqual({ accounts: [] })
})
