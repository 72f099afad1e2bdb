import { type Actor, type Services, sql } from '#server/platform'
import { fileAccount, keepAccount } from './accounts-kept.ts'

/** Takes a departure back: the person is listed again and may be appointed; the account waits for its keeper. [T7] */
export const returnStaff = (services: Services, actor: Actor, personId: string): Promise<Record<string, never>> =>
  keepAccount(services, actor, personId, async (db, person) => {
    const back = await db.change(sql`update people set left_on = null where id = ${personId} and left_on is not null`)
    if (back > 0) await fileAccount(db, actor, 'people.return', person)
    return {}
  })
