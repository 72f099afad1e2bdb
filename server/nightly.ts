import { rangeOf } from '#contract/organisations'
import { addDays, type PlainDate } from '#contract/platform'
import { countEverything } from '#server/counts'
import type { Plans } from '#server/duties'
import { followContactsOfTheDay, rewriteSettingsBelow, rewriteSettingsOfTheDay } from '#server/people'
import { type Db, type Services, sql } from '#server/platform'
import { type Registry, seesOf } from '#server/policies'
import { expireRecognitions } from '#server/recognition'
import type { Task } from './platform/jobs/index.ts'

/** What the work of every day is done with. */
export interface NightlyParts {
  readonly services: Services
  readonly registry: Registry
  readonly plans: Plans
}

/**
 * When it is done, in UTC: a new day begins at 00:20 in Shanghai. A program that was off at that hour does it when it
 * starts again; several missed days are made up by one run.
 */
export const nightlyCrontab = '20 16 * * * begin-day ?fill=7d&jobKey=begin-day'

// A program that was off for longer than a month is started by people who will look at it.
const daysMadeUp = 31

/** Units at and below which other rules hold than some days ago: an adoption or a rule began or ended since. */
const pathsWithOtherRules = async (
  db: Db,
  registry: Registry,
  since: PlainDate,
  today: PlainDate,
): Promise<readonly string[]> => {
  const isBetween = (date: PlainDate | null | undefined) => date != null && since < date && date <= today
  const issuers = registry.packs
    .filter((pack) => pack.rules.some(({ from, until }) => isBetween(from) || isBetween(until)))
    .map(({ issuer }) => issuer)
  const rows = await db.rows<{ path: string }>(sql`select distinct unit_path as path from pack_adoptions
    where issuer = any(${issuers}::text[]) or (from_date > ${since}::date and from_date <= ${today}::date)
      or (until_date > ${since}::date and until_date <= ${today}::date) order by 1`)
  return rows.map(({ path }) => path)
}

/** Posts, pairings and rules that begin or end by themselves change what people may see. [T7] */
const followRights = ({ services, registry }: NightlyParts, today: PlainDate): Promise<void> =>
  services.door.asJob('importer', async (db) => {
    const since = addDays(today, -daysMadeUp)
    const sees = seesOf(registry, () => today)
    // In order of days: whoever changed twice ends with what holds today.
    for (let day = addDays(since, 1); day <= today; day = addDays(day, 1)) {
      await rewriteSettingsOfTheDay(db, sees, day)
      await followContactsOfTheDay(db, day)
    }
    for (const path of await pathsWithOtherRules(db, registry, since, today)) {
      const { lo, hi } = rangeOf(path)
      await rewriteSettingsBelow(db, lo, hi, sees, today)
    }
  })

const endSessions = ({ door }: Services): Promise<number> =>
  door.asGate((db) => db.change(sql`delete from sessions where expires_at <= now()`))

/**
 * What a new date changes: adoptions, rights, recognitions of a school year that is over, ages and spans of days in
 * classes (progress and figures follow them in the same transaction), periods that close. Doing it twice changes nothing.
 */
export const beginDay = async (parts: NightlyParts): Promise<void> => {
  const { services, registry, plans } = parts
  const today = services.today()
  await registry.refresh()
  await followRights(parts, today)
  // Before classes are judged: what lapsed is no longer a ground.
  await services.door.asJob('importer', (db) => expireRecognitions(db, { registry, events: services.events }, today))
  await endSessions(services)
  await countEverything(services, registry, plans)
}

/** The tasks that must run by the date, for the job queue. */
export const nightlyTasks = (parts: NightlyParts): Record<string, Task> => ({
  'begin-day': () => beginDay(parts),
})
