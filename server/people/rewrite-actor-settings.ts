import { type Db, sql } from '#server/platform'
import { readPeopleInForce } from './read-people-in-force.ts'
import { restAccounts } from './rest-accounts.ts'
import { settingsOf } from './settings-of.ts'
import type { SeesOf } from './sight.ts'

/**
 * Writes anew what these people may see, from their appointments and pairings in force on `today` and what the packs
 * let each post see. Runs as the importer in the same transaction as the change it follows, so that rights act on the
 * next request: a raised version makes every open request read them again. Unchanged settings keep their version.
 * Whoever holds nothing any more is shut out, see `restAccounts`.
 */
export const rewriteActorSettings = async (
  db: Db,
  personIds: readonly string[],
  seesOf: SeesOf,
  today: string,
): Promise<void> => {
  if (personIds.length === 0) return
  const everybody = [...personIds, ...(await actingFor(db, personIds))]
  const { people, classesOf } = await readPeopleInForce(db, everybody, seesOf, today)
  const rows = people.map((person) => ({ id: person.personId, ...settingsOf(person, classesOf) }))
  const held = await db.rows<{ id: string }>(
    sql`select person_id as id from actor_settings where person_id = any(${everybody}::uuid[]) and posts <> '[]'::jsonb`,
  )
  await db.change(sql`insert into actor_settings (person_id, version, settings, posts)
    select id, 1, settings, posts from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as new (id uuid, settings jsonb, posts jsonb) order by id
    on conflict (person_id) do update
      set version = actor_settings.version + 1, settings = excluded.settings, posts = excluded.posts
      where (actor_settings.settings, actor_settings.posts) is distinct from (excluded.settings, excluded.posts)`)
  const before = new Set(held.map(({ id }) => id))
  await restAccounts(
    db,
    rows.map(({ id, posts }) => ({ personId: id, before: before.has(id), now: posts.length > 0 })),
  )
}

// Whoever holds a post for one of them holds it no longer than they do.
const actingFor = async (db: Db, personIds: readonly string[]): Promise<string[]> => {
  const rows = await db.rows<{ id: string }>(sql`select distinct person_id as id from appointments
    where acting_for = any(${personIds}::uuid[]) and person_id <> all(${personIds}::uuid[])`)
  return rows.map(({ id }) => id)
}

/**
 * Rewrites the settings of everybody whose appointment or pairing begins or ends on this day, and of who is kept from a
 * household, which may have grown; for the nightly run.
 */
export const rewriteSettingsOfTheDay = async (db: Db, seesOf: SeesOf, today: string): Promise<number> => {
  const rows = await db.rows<{ id: string }>(sql`
    select person_id as id from appointments where from_date = ${today}::date or until_date = ${today}::date
    union select mentor_id from pairings where from_date = ${today}::date or until_date = ${today}::date
    union select person_id from staff_bars where whole_household and lifted_at is null`)
  await rewriteActorSettings(
    db,
    rows.map(({ id }) => id),
    seesOf,
    today,
  )
  return rows.length
}

/** Rewrites the settings of everybody who holds a post or a pairing below a unit: after packs or paths changed there. */
export const rewriteSettingsBelow = async (
  db: Db,
  lo: string,
  hi: string,
  seesOf: SeesOf,
  today: string,
): Promise<number> => {
  const rows = await db.rows<{ id: string }>(sql`
    select person_id as id from appointments where scope >= ${lo} and scope < ${hi}
    union select mentor_id from pairings where scope >= ${lo} and scope < ${hi}
    union select id from people where scope >= ${lo} and scope < ${hi}
      and exists (select from actor_settings where person_id = people.id)`)
  await rewriteActorSettings(
    db,
    rows.map(({ id }) => id),
    seesOf,
    today,
  )
  return rows.length
}
