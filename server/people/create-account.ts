import { uuidv7 } from 'uuidv7'
import { Refusal } from '#contract/platform'
import { type Db, sql } from '#server/platform'
import { rewriteActorSettings } from './rewrite-actor-settings.ts'
import type { SeesOf } from './sight.ts'
import { hashPassword } from './sign-in.ts'

export interface NewAccount {
  readonly personId: string
  /** Kept in lower case; two people cannot share one. */
  readonly loginName: string
  readonly password: string
}

/**
 * Gives a person an account to sign in with, as the importer. Refuses `people.login-name-taken` and
 * `people.short-password` (under eight signs).
 */
export const createAccount = async (db: Db, account: NewAccount, seesOf: SeesOf, today: string): Promise<string> => {
  if ([...account.password].length < 8) throw new Refusal('people.short-password', '密码至少 8 位。', 'invalid')
  const id = uuidv7()
  const loginName = account.loginName.trim().toLowerCase()
  const taken = await db.first(sql`select 1 as taken from accounts where login_name = ${loginName}`)
  if (taken) throw new Refusal('people.login-name-taken', `账号“${loginName}”已被使用。`)
  await db.change(sql`insert into accounts (id, person_id, login_name, password_hash)
    values (${id}, ${account.personId}, ${loginName}, ${await hashPassword(account.password)})`)
  await rewriteActorSettings(db, [account.personId], seesOf, today)
  return id
}
