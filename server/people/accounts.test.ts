import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Actor, tokenHash } from '#server/platform'
import { openTestTown, type TestPerson, type TestTown, testSight } from '../test-town.ts'
import { changePassword } from './change-password.ts'
import { getAccount } from './get-account.ts'
import { getMe } from './get-me.ts'
import { giveAccount } from './give-account.ts'
import { reopenAccount } from './reopen-account.ts'
import { resetPassword } from './reset-password.ts'
import { signIn } from './sign-in.ts'
import { stopAccount } from './stop-account.ts'

let town: TestTown
let principal: TestPerson
let teacher: TestPerson
let stranger: TestPerson
let asPrincipal: Actor
const own = 'My-Own-Word-2025'

beforeAll(async () => {
  town = await openTestTown()
  const { schoolA, schoolB } = town.units
  principal = await town.addPerson(schoolA, '李校长')
  teacher = await town.addPerson(schoolA, '王老师')
  stranger = await town.addPerson(schoolB, '赵老师')
  await town.appoint(principal, schoolA, 'principal')
  await town.appoint(teacher, town.units.classA1, 'class-teacher')
  await town.appoint(stranger, schoolB, 'teacher')
  asPrincipal = await town.actorOf(principal)
})
afterAll(() => town.close())

const enter = async (loginName: string, password: string): Promise<Actor> => {
  const { session } = await signIn(town.services, { loginName, password })
  return town.memory.recall(tokenHash(session?.token ?? ''))
}
const give = (actor: Actor, person: TestPerson, loginName: string) =>
  giveAccount(town.services, testSight, actor, person.id, { loginName })

test('[C13] a principal gives a teacher an account; its one-time password opens nothing but the change', async () => {
  expect(await getAccount(town.services, asPrincipal, teacher.id)).toEqual({ account: null })
  const { loginName, password } = await give(asPrincipal, teacher, 'wang.laoshi')
  const first = await enter(loginName, password)
  expect(first.mustChange).toBe(true)
  const { session } = await changePassword(town.services, first, { oldPassword: password, newPassword: own })
  await expect(getMe(town.services, first)).rejects.toMatchObject({ code: 'people.sign-in-first' })
  const changed = await town.memory.recall(tokenHash(session?.token ?? ''))
  expect(changed.mustChange).toBe(false)
  expect(await getMe(town.services, changed)).toMatchObject({ name: '王老师' })
  await expect(enter(loginName, password)).rejects.toMatchObject({ code: 'people.wrong-sign-in' })
  expect((await enter(loginName, own)).mustChange).toBe(false)
  expect(await getAccount(town.services, asPrincipal, teacher.id)).toEqual({
    account: { loginName, status: 'active', mustChange: false, signedIn: true, resting: false },
  })
})

test('one person has one account, and an account one person', async () => {
  await expect(give(asPrincipal, teacher, 'wang2')).rejects.toMatchObject({ code: 'people.account-exists' })
  const other = await town.addPerson(town.units.schoolA, '钱老师')
  await expect(give(asPrincipal, other, 'wang.laoshi')).rejects.toMatchObject({ code: 'people.login-name-taken' })
})

test('[C13] one’s own password is changed only by whoever knows the old one, and not to a weak one', async () => {
  const actor = await enter('wang.laoshi', own)
  const change = (oldPassword: string, newPassword: string) =>
    changePassword(town.services, actor, { oldPassword, newPassword })
  await expect(change('wrong', 'Another-Word-2025')).rejects.toMatchObject({ code: 'people.wrong-old-password' })
  await expect(change(own, 'short1A')).rejects.toMatchObject({ code: 'people.weak-password' })
  await expect(change(own, 'Wang.Laoshi')).rejects.toMatchObject({ code: 'people.weak-password' })
  await expect(change(own, own)).rejects.toMatchObject({ code: 'people.same-password' })
  await expect(getMe(town.services, actor)).resolves.toMatchObject({ name: '王老师' })
})

test('[C13] a reset ends what is open at once and tells a new one-time password', async () => {
  const open = await enter('wang.laoshi', own)
  await expect(getMe(town.services, open)).resolves.toMatchObject({ name: '王老师' })
  const { password } = await resetPassword(town.services, asPrincipal, teacher.id)
  await expect(getMe(town.services, open)).rejects.toMatchObject({ code: 'people.sign-in-first' })
  await expect(enter('wang.laoshi', own)).rejects.toMatchObject({ code: 'people.wrong-sign-in' })
  const first = await enter('wang.laoshi', password)
  expect(first.mustChange).toBe(true)
  await changePassword(town.services, first, { oldPassword: password, newPassword: own })
})

test('[C13] a stopped account lets nobody in until it is reopened, and its sessions end at once', async () => {
  const open = await enter('wang.laoshi', own)
  await stopAccount(town.services, asPrincipal, teacher.id)
  await expect(getMe(town.services, open)).rejects.toMatchObject({ code: 'people.sign-in-first' })
  await expect(
    changePassword(town.services, open, { oldPassword: own, newPassword: 'Another-Word-2025' }),
  ).rejects.toMatchObject({ code: 'people.sign-in-first' })
  await expect(enter('wang.laoshi', own)).rejects.toMatchObject({ code: 'people.wrong-sign-in' })
  await expect(resetPassword(town.services, asPrincipal, teacher.id)).rejects.toMatchObject({
    code: 'people.account-stopped',
  })
  await reopenAccount(town.services, asPrincipal, teacher.id)
  await expect(enter('wang.laoshi', own)).resolves.toMatchObject({ personId: teacher.id })
})

test('[C13] what was done to an account is on file, without the password', async () => {
  const owner = new pg.Client({ connectionString: town.ownerUrl })
  await owner.connect()
  const about = 'select action, detail from audit_entries where subject = $1 order by at, id'
  const { rows } = await owner.query<{ action: string; detail: object }>(about, [teacher.id])
  await owner.end()
  expect(rows).toEqual(
    ['people.give-account', 'people.reset-password', 'people.stop-account', 'people.reopen-account'].map((action) => ({
      action,
      detail: {},
    })),
  )
})

test('[T7 C13] nobody keeps accounts of another school, of those above, or without the post; a control may', async () => {
  const asTeacher = await enter('wang.laoshi', own)
  await expect(give(asPrincipal, stranger, 'zhao')).rejects.toMatchObject({ code: 'platform.not-found' })
  await expect(resetPassword(town.services, asTeacher, principal.id)).rejects.toMatchObject({
    code: 'people.not-permitted',
  })
  await expect(resetPassword(town.services, asPrincipal, principal.id)).rejects.toMatchObject({
    code: 'people.own-account',
  })
  const aid = await town.addPerson(town.units.schoolA, '孙专干')
  await town.appoint(aid, town.units.schoolA, 'school-aid-officer')
  const asAid = await town.actorOf(aid)
  await expect(give(asAid, principal, 'li')).rejects.toMatchObject({ code: 'people.not-permitted' })
  const officer = await town.addPerson(town.units.office, '陆专干')
  await town.appoint(officer, town.units.county, 'county-aid-officer')
  await expect(give(await town.actorOf(officer), principal, 'li')).resolves.toMatchObject({ loginName: 'li' })
})
