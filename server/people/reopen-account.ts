import { type Actor, type Services, sql } from '#server/platform'
import { accountOf, fileAccount, keepAccount, refuseLeft } from './accounts-kept.ts'

/** Lets a stopped account sign in again with the password it had. [C13] Refuses `people.person-left`, and as `keepAccount`. */
export const reopenAccount = (services: Services, actor: Actor, personId: string): Promise<Record<string, never>> =>
  keepAccount(services, actor, personId, async (db, person) => {
    const { id, status } = accountOf(person)
    if (status === 'active') return {}
    await refuseLeft(db, personId, '不能恢复账号')
    await db.change(
      sql`update accounts set status = 'active', resting = false, failed_count = 0, locked_until = null where id = ${id}`,
    )
    await fileAccount(db, actor, 'people.reopen-account', person)
    return {}
  })
