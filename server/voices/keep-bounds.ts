import { type bounds, tooMany } from '#contract/voices'
import { type Db, sql } from '#server/platform'

/** Stands for all units together. */
export const allUnits = '00000000-0000-0000-0000-0000000000a1'

/**
 * Counts one use within the hour, for a unit or for all, and refuses `voices.too-many` once there were so many. One
 * statement: two at once are counted twice. The hour before is forgotten. As the importer.
 */
export const countUse = async (
  db: Db,
  unitId: string,
  kind: keyof typeof bounds,
  most: number,
  now: Date,
): Promise<void> => {
  const hour = new Date(Math.floor(now.getTime() / 3_600_000) * 3_600_000)
  const counted = await db.change(sql`insert into voice_bounds as b (unit_id, kind, hour, uses)
    values (${unitId}, ${kind}, ${hour}, 1) on conflict (unit_id, kind) do update
      set hour = excluded.hour, uses = case when b.hour = excluded.hour then b.uses + 1 else 1 end
    where b.hour <> excluded.hour or b.uses < ${most}`)
  if (counted === 0) throw tooMany()
}
