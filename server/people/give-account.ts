import type { giveAccount as declared } from '#contract/people'
import { type AnswerOf, type BodyOf, Refusal } from '#contract/platform'
import type { Actor, Services } from '#server/platform'
import { fileAccount, keepAccount, oneTimePassword, refuseLeft } from './accounts-kept.ts'
import { createAccount } from './create-account.ts'
import type { SeesOf } from './sight.ts'

/**
 * Gives a person below an account with a one-time password, told once and replaced at the first sign-in. [C13]
 * Refuses `people.account-exists`, `people.person-left`, `people.login-name-taken`, and as `keepAccount`.
 */
export const giveAccount = (
  services: Services,
  seesOf: SeesOf,
  actor: Actor,
  personId: string,
  { loginName }: BodyOf<typeof declared>,
): Promise<AnswerOf<typeof declared>> =>
  keepAccount(services, actor, personId, async (db, person) => {
    if (person.account)
      throw new Refusal('people.account-exists', `这位同志已有账号“${person.account.login_name}”,忘记密码请重置。`)
    await refuseLeft(db, personId, '不能开通账号')
    const password = oneTimePassword()
    await createAccount(db, { personId, loginName, password, mustChange: true }, seesOf, services.today())
    await fileAccount(db, actor, 'people.give-account', person)
    return { loginName, password }
  })
