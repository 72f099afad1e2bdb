import { type Actor, type Services, sql } from '#server/platform'
import { accountOf, endSessions, fileAccount, keepAccount } from './accounts-kept.ts'

/** Stops an account: nobody signs in with it and its open sessions end at once. Stopped twice is stopped. [C13] */
export const stopAccount = (services: Services, actor: Actor, personId: string): Promise<Record<string, never>> =>
  keepAccount(services, actor, personId, async (db, person) => {
    const { id, status, resting } = accountOf(person)
    if (status === 'stopped' && !resting) return {}
    await db.change(sql`update accounts set status = 'stopped', resting = false where id = ${id}`)
    await endSessions(db, personId)
    await fileAccount(db, actor, 'people.stop-account', person)
    return {}
  })
