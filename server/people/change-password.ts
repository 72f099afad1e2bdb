import { verify } from '@node-rs/argon2'
import { type changePassword as declared, whyNotPassword } from '#contract/people'
import { type BodyOf, Refusal } from '#contract/platform'
import { type Actor, audit, type Db, type Services, type SessionAnswer, signInFirst, sql } from '#server/platform'
import { type Account, hashPassword, openSession, takeTry } from './sign-in.ts'

const wrongOld = (): Refusal =>
  new Refusal('people.wrong-old-password', '原密码不对,密码没有改动。', 'invalid', [
    { field: 'oldPassword', reason: '原密码不对;连续输错 5 次后,账号锁定 15 分钟' },
  ])

const sameAgain = (): Refusal =>
  new Refusal('people.same-password', '新密码与原密码相同。', 'invalid', [
    { field: 'newPassword', reason: '要与原密码不同' },
  ])

const file = (db: Db, account: Account, outcome: 'done' | 'refused'): Promise<number> =>
  audit(db, { actorId: account.person_id, action: 'people.change-password', outcome, scope: account.scope })

// The session must still stand: a kept cookie of a stopped account changes nothing.
const readLoginName = ({ door }: Services, { personId, sessionHash }: Actor): Promise<string> =>
  door.asGate(async (db) => {
    const row = await db.first<{ login_name: string }>(sql`select a.login_name from accounts a
      join sessions s on s.person_id = a.person_id
      where a.person_id = ${personId} and s.token_hash = decode(${sessionHash}, 'hex') and s.expires_at > now()
      order by a.created_at, a.id limit 1`)
    if (!row) throw signInFirst()
    return row.login_name
  })

/**
 * Changes one's own password: the old one is asked for and counts as a try of signing in. All sessions end and a new one
 * begins, so that whoever else was signed in with the old password is out. [C13]
 * Refuses `people.wrong-old-password`, `people.same-password`, `people.weak-password`.
 */
export const changePassword = async (
  services: Services,
  actor: Actor,
  { oldPassword, newPassword }: BodyOf<typeof declared>,
): Promise<SessionAnswer<Record<string, never>>> => {
  const { door } = services
  const loginName = await readLoginName(services, actor)
  const refusal = whyNotPassword(newPassword, loginName)
  if (refusal) throw refusal
  if (oldPassword === newPassword) throw sameAgain()
  const account = await door.asGate((db) => takeTry(db, loginName))
  if (!account || !(await verify(account.password_hash, oldPassword))) {
    if (account) await door.asGate((db) => file(db, account, 'refused'))
    throw wrongOld()
  }
  const hash = await hashPassword(newPassword)
  const session = await door.asGate(async (db) => {
    const changed = await db.change(sql`update accounts set password_hash = ${hash}, must_change = false
      where id = ${account.id} and status = 'active' and password_hash = ${account.password_hash}`)
    // Stopped, reset or changed elsewhere while this was on its way.
    if (changed === 0) throw signInFirst()
    await db.change(sql`delete from sessions where person_id = ${account.person_id}`)
    const opened = await openSession(db, account)
    await file(db, account, 'done')
    return opened
  })
  return { answer: {}, session }
}
