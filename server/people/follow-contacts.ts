import { type Db, sql } from '#server/platform'
import { readFamilyInForce } from './family-in-force.ts'

/** Writes anew what these family accounts may see; people who are no family are left alone. Runs as the importer. */
export const rewriteFamilySettings = async (db: Db, personIds: readonly string[], today: string): Promise<void> => {
  const rows = await readFamilyInForce(db, personIds, today)
  if (rows.length === 0) return
  await db.change(sql`insert into actor_settings (person_id, version, settings, posts)
    select id, 1, settings, posts from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as new (id uuid, settings jsonb, posts jsonb) order by id
    on conflict (person_id) do update
      set version = actor_settings.version + 1, settings = excluded.settings, posts = excluded.posts
      where (actor_settings.settings, actor_settings.posts) is distinct from (excluded.settings, excluded.posts)`)
}

/**
 * After contacts of a child changed: its family's rights follow in the same transaction, so that a barred parent sees
 * nothing on the next request. Runs as the importer. [G33]
 */
export const followContacts = async (db: Db, studentIds: readonly string[], today: string): Promise<void> => {
  const rows = await db.rows<{ id: string }>(sql`select distinct person_id as id from family_links
    where student_id = any(${studentIds}::uuid[])`)
  await rewriteFamilySettings(
    db,
    rows.map(({ id }) => id),
    today,
  )
}

/** Rights of families whose contact begins or ends on this day; for the nightly run. */
export const followContactsOfTheDay = async (db: Db, today: string): Promise<void> => {
  const rows = await db.rows<{ id: string }>(sql`select distinct l.person_id as id from family_links l
      join student_contacts k on k.student_id = l.student_id
    where k.from_date = ${today}::date or k.until_date = ${today}::date`)
  await rewriteFamilySettings(
    db,
    rows.map(({ id }) => id),
    today,
  )
}
