import type { stopFamilyAccount as declared } from '#contract/people'
import type { ParamsOf } from '#contract/platform'
import { type Actor, type Services, sql } from '#server/platform'
import { endSessions } from './accounts-kept.ts'
import { familyAccountOf, fileFamily, keepFamily } from './family-kept.ts'

type Key = ParamsOf<typeof declared>

/** Stops the account of a guardian or student; open sessions end at once. Refuses as `familyAccountOf`. */
export const stopFamilyAccount = (
  services: Services,
  actor: Actor,
  { personId, ...key }: Key,
): Promise<Record<string, never>> =>
  keepFamily(services, actor, key, async (db, child, keeper) => {
    const { account_id } = await familyAccountOf(db, keeper, key, personId)
    await db.change(sql`update accounts set status = 'stopped' where id = ${account_id}`)
    await endSessions(db, personId)
    await fileFamily(db, actor, 'people.stop-family-account', child, personId)
    return {}
  })

/** Lets a stopped account sign in again with the password it had. Refuses as `familyAccountOf`. */
export const reopenFamilyAccount = (
  services: Services,
  actor: Actor,
  { personId, ...key }: Key,
): Promise<Record<string, never>> =>
  keepFamily(services, actor, key, async (db, child, keeper) => {
    const { account_id } = await familyAccountOf(db, keeper, key, personId)
    await db.change(
      sql`update accounts set status = 'active', failed_count = 0, locked_until = null where id = ${account_id}`,
    )
    await fileFamily(db, actor, 'people.reopen-family-account', child, personId)
    return {}
  })
