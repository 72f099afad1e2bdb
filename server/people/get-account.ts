import type { getAccount as declared } from '#contract/people'
import type { AnswerOf } from '#contract/platform'
import { type Actor, type Services, sql } from '#server/platform'
import { keepAccount } from './accounts-kept.ts'

/** How somebody's account stands, for whoever may keep it. Refuses as `keepAccount`. */
export const getAccount = (services: Services, actor: Actor, personId: string): Promise<AnswerOf<typeof declared>> =>
  keepAccount(services, actor, personId, async (db, { account }) => {
    if (!account) return { account: null }
    const open = await db.first(sql`select 1 as open from sessions where person_id = ${personId} limit 1`)
    return {
      account: {
        loginName: account.login_name,
        status: account.status,
        mustChange: account.must_change,
        resting: account.resting,
        signedIn: open !== undefined,
      },
    }
  })
