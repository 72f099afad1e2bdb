import { audit, type Db, sql } from '#server/platform'
import { endSessions } from './accounts-kept.ts'

export interface Holding {
  readonly personId: string
  /** Held a post or had a student before, and does so now. */
  readonly before: boolean
  readonly now: boolean
}

interface Touched {
  readonly person_id: string
  readonly scope: string
}

const entry = (db: Db, action: string, { person_id, scope }: Touched): Promise<number> =>
  audit(db, { actorId: null, action, outcome: 'done', scope, subject: person_id, detail: { because: 'posts' } })

/**
 * Shuts out whoever just lost the last post and student, with every open session, and lets in again whose account
 * rested for that reason. An account that a person stopped stays stopped; one given before the first post stays open. [T7 C13]
 */
export const restAccounts = async (db: Db, holdings: readonly Holding[]): Promise<void> => {
  const lost = holdings.filter(({ before, now }) => before && !now).map(({ personId }) => personId)
  const holding = holdings.filter(({ now }) => now).map(({ personId }) => personId)
  const stopped = await db.rows<Touched>(sql`update accounts o set status = 'stopped', resting = true from people p
    where p.id = o.person_id and o.person_id = any(${lost}::uuid[]) and o.status = 'active' returning o.person_id, p.scope`)
  for (const one of stopped) {
    await endSessions(db, one.person_id)
    await entry(db, 'people.stop-account', one)
  }
  const opened = await db.rows<Touched>(sql`update accounts o set status = 'active', resting = false from people p
    where p.id = o.person_id and o.person_id = any(${holding}::uuid[]) and o.resting returning o.person_id, p.scope`)
  for (const one of opened) await entry(db, 'people.reopen-account', one)
}
