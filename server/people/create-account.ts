import { uuidv7 } from 'uuidv7'
import { whyNotPassword } from '#contract/people'
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
  /** The password was told by another and must be replaced at the first sign-in. */
  readonly mustChange?: boolean
}

const nameTaken = (loginName: string): Refusal => {
  const sentence = `账号“${loginName}”已被使用。`
  return new Refusal('people.login-name-taken', sentence, 'conflict', [{ field: 'loginName', reason: sentence }])
}

/**
 * Gives a person an account to sign in with, as the importer. Refuses `people.login-name-taken` and
 * `people.weak-password`.
 */
export const createAccount = async (db: Db, account: NewAccount, seesOf: SeesOf, today: string): Promise<string> => {
  const loginName = account.loginName.trim().toLowerCase()
  const refusal = whyNotPassword(account.password, loginName)
  if (refusal) throw refusal
  const id = uuidv7()
  const added = await db.change(sql`insert into accounts (id, person_id, login_name, password_hash, must_change)
    values (${id}, ${account.personId}, ${loginName}, ${await hashPassword(account.password)}, ${account.mustChange ?? false})
    on conflict (login_name) do nothing`)
  if (added === 0) throw nameTaken(loginName)
  await rewriteActorSettings(db, [account.personId], seesOf, today)
  return id
}
