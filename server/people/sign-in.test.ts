import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql, tokenHash } from '#server/platform'
import { openTestTown, type TestPerson, type TestTown, testDay, testSight } from '../test-town.ts'
import { createAccount } from './create-account.ts'
import { getMe } from './get-me.ts'
import { signIn } from './sign-in.ts'
import { signOut } from './sign-out.ts'

let town: TestTown
let principal: TestPerson
const password = 'Right-Password-1'

beforeAll(async () => {
  town = await openTestTown()
  principal = await town.addPerson(town.units.schoolA, '李校长')
  await town.appoint(principal, town.units.schoolA, 'principal')
  await town.asImporter((db) =>
    createAccount(db, { personId: principal.id, loginName: 'Principal', password }, testSight, testDay),
  )
})
afterAll(() => town.close())

const attempt = (loginName: string, given: string) => signIn(town.services, { loginName, password: given })

test('[T7] a person signs in and is told posts, home unit and places', async () => {
  const { session, answer } = await attempt('principal', password)
  expect(answer).toEqual({ name: '李校长' })
  expect(session?.maxAgeSeconds).toBe(43_200)
  const me = await getMe(town.services, await town.memory.recall(tokenHash(session?.token ?? '')))
  expect(me.homeUnit).toMatchObject({ id: town.units.schoolA.id, path: 't.l.a.' })
  expect(me.posts).toMatchObject([{ post: 'principal', label: '校(园)长', unitPath: 't.l.a.' }])
  expect(me.places).toEqual(['desk', 'students', 'visits', 'flows', 'counts', 'policies', 'imports', 'units'])
  expect(me.permissions).toContain('recognition.recognise')
  expect(me.permissions).not.toContain('people.list-audit')
})

test('the token itself is nowhere in the database', async () => {
  const { session } = await attempt('principal', password)
  const stored = await town.door.asGate((db) =>
    db.rows<{ token: string }>(sql`select encode(token_hash, 'hex') as token from sessions`),
  )
  expect(stored.map(({ token }) => token)).toContain(tokenHash(session?.token ?? ''))
  expect(JSON.stringify(stored)).not.toContain(session?.token)
})

test('a wrong password and an unknown account get the same answer', async () => {
  const wrong = await attempt('principal', 'wrong').catch((error: unknown) => error)
  const unknown = await attempt('nobody', 'wrong').catch((error: unknown) => error)
  expect(wrong).toMatchObject({ code: 'people.wrong-sign-in', kind: 'unauthenticated' })
  expect(unknown).toMatchObject({
    code: 'people.wrong-sign-in',
    sentence: (wrong as { sentence: string }).sentence,
  })
})

test('[C13] five failures lock the account, even for the right password, and a right one before that clears the count', async () => {
  await attempt('principal', password)
  for (let tried = 0; tried < 4; tried++) await expect(attempt('principal', 'wrong')).rejects.toThrow()
  await attempt('principal', password)
  await Promise.allSettled(Array.from({ length: 8 }, () => attempt('principal', 'wrong')))
  await expect(attempt('principal', password)).rejects.toMatchObject({ code: 'people.wrong-sign-in' })
  await town.door.asGate((db) =>
    db.change(sql`update accounts set locked_until = now() - interval '1 second' where person_id = ${principal.id}`),
  )
  await expect(attempt('principal', password)).resolves.toMatchObject({ answer: { name: '李校长' } })
})

test('after signing out the same cookie opens nothing', async () => {
  const actor = await town.actorOf(principal)
  await signOut(town.services, actor)
  await expect(getMe(town.services, actor)).rejects.toMatchObject({ code: 'people.sign-in-first' })
})

test('a name can be taken once, and a weak password is refused', async () => {
  const other = await town.addPerson(town.units.schoolA, '王老师')
  const take = (loginName: string, given: string) =>
    town.asImporter((db) => createAccount(db, { personId: other.id, loginName, password: given }, testSight, testDay))
  await expect(take('PRINCIPAL', password)).rejects.toMatchObject({ code: 'people.login-name-taken' })
  await expect(take('teacher', 'short')).rejects.toMatchObject({ code: 'people.weak-password' })
})
