import type { resetPassword as declared } from '#contract/people'
import { type AnswerOf, Refusal } from '#contract/platform'
import { type Actor, type Services, sql } from '#server/platform'
import { accountOf, endSessions, fileAccount, keepAccount, oneTimePassword } from './accounts-kept.ts'
import { hashPassword } from './sign-in.ts'

/**
 * Replaces a forgotten password by a one-time one, told once; a lock is lifted and every open session ends. [C13]
 * Refuses `people.no-account`, `people.account-stopped`, and as `keepAccount`.
 */
export const resetPassword = (services: Services, actor: Actor, personId: string): Promise<AnswerOf<typeof declared>> =>
  keepAccount(services, actor, personId, async (db, person) => {
    const { id, login_name: loginName, status } = accountOf(person)
    if (status === 'stopped') throw new Refusal('people.account-stopped', '账号已停用,请先恢复再重置密码。')
    const password = oneTimePassword()
    await db.change(sql`update accounts set password_hash = ${await hashPassword(password)}, must_change = true,
      failed_count = 0, locked_until = null where id = ${id}`)
    await endSessions(db, personId)
    await fileAccount(db, actor, 'people.reset-password', person)
    return { loginName, password }
  })
