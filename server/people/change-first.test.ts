import { afterAll, beforeAll, expect, test } from 'vitest'
import { changePassword, getMe, giveAccount, resetPassword, signIn, signOut } from '#contract/people'
import { openWorld, type Someone, type World } from '../test-world.ts'
import { openAccountFromShell } from './open-account-from-shell.ts'
import { seesNothing } from './sight.ts'

let world: World
let admin: Someone
let teacher: Someone

beforeAll(async () => {
  world = await openWorld()
  admin = await world.someone('administrator', world.units.county)
  teacher = await world.someone('class-teacher', world.units.classA1)
})
afterAll(() => world?.close())

const enter = async (loginName: string, password: string): Promise<Someone> => {
  const { headers } = await world.program.app.inject({
    method: 'POST',
    url: signIn.path,
    headers: { 'x-tongxing': '1' },
    payload: { loginName, password },
  })
  const cookie = String(headers['set-cookie']).split(';')[0] ?? ''
  return { ...teacher, cookie }
}

test('[C13] a one-time password opens nothing over HTTP but the change and the way out', async () => {
  const params = { personId: teacher.personId }
  const given = await world.call(admin, giveAccount, { params, body: { loginName: 'Banzhuren.Wang' } })
  expect(given).toMatchObject({ status: 200, body: { loginName: 'banzhuren.wang' } })
  const { password } = given.body
  const first = await enter('banzhuren.wang', password)
  const refused = await world.call(first, getMe)
  expect(refused).toMatchObject({ status: 403, body: { refusal: { code: 'people.change-password-first' } } })
  const other = await enter('banzhuren.wang', password)
  expect((await world.call(other, signOut)).status).toBe(200)
  const body = { oldPassword: password, newPassword: 'Teacher-Word-2025' }
  expect((await world.call(first, changePassword, { body })).status).toBe(200)
  expect((await world.call(first, getMe)).status).toBe(401)
  const changed = await enter('banzhuren.wang', body.newPassword)
  expect((await world.call(changed, getMe)).status).toBe(200)
})

test('[C13] a reset reaches a request that is already remembered', async () => {
  const open = await enter('banzhuren.wang', 'Teacher-Word-2025')
  expect((await world.call(open, getMe)).status).toBe(200)
  const params = { personId: teacher.personId }
  const colleague = await world.someone('teacher', world.units.schoolA)
  expect((await world.call(colleague, resetPassword, { params, body: {} })).status).toBe(403)
  expect((await world.call(admin, resetPassword, { params, body: {} })).status).toBe(200)
  expect((await world.call(open, getMe)).status).toBe(401)
})

test('the shell gives the first administrator an account, once, and no post that a unit does not have', async () => {
  const { services } = world.program
  const open = (post: string, loginName: string) =>
    services.door.asJob('importer', (db) =>
      openAccountFromShell(
        db,
        { unitId: world.units.county.id, name: '首任管理员', loginName, post },
        () => seesNothing,
        world.day,
      ),
    )
  await expect(open('principal', 'first')).rejects.toMatchObject({ code: 'people.post-not-here' })
  await expect(open('king', 'first')).rejects.toMatchObject({ code: 'people.unknown-post' })
  const { password } = await open('administrator', 'first')
  const first = await enter('first', password)
  await world.call(first, changePassword, { body: { oldPassword: password, newPassword: 'First-Word-2025' } })
  const me = await world.call(await enter('first', 'First-Word-2025'), getMe)
  expect(me.body).toMatchObject({ name: '首任管理员', posts: [{ post: 'administrator' }] })
  await expect(open('administrator', 'second')).rejects.toMatchObject({ code: 'people.account-exists' })
})
