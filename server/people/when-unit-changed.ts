import { rangeOf } from '#contract/organisations'
import type { PlainDate } from '#contract/platform'
import { type UnitChanged, unitChanged } from '#server/organisations'
import { type Db, type Services, sql } from '#server/platform'
import { rewriteActorSettings, rewriteSettingsBelow } from './rewrite-actor-settings.ts'
import type { SeesOf } from './sight.ts'

// A unit that is gone has no posts; one that had not begun yet ends before it begins.
const endPosts = async (db: Db, unitId: string, on: PlainDate): Promise<string[]> => {
  const rows = await db.rows<{ person_id: string }>(sql`update appointments
    set until_date = greatest(from_date, ${on}::date)
    where unit_id = ${unitId} and (until_date is null or until_date > greatest(from_date, ${on}::date)) returning person_id`)
  return rows.map(({ person_id }) => person_id)
}

const bringPeople = (db: Db, { unitId, intoUnitId, intoPath }: UnitChanged): Promise<number> =>
  db.change(sql`update people set home_unit_id = ${intoUnitId}, scope = ${intoPath} where home_unit_id = ${unitId}`)

/** When a unit moves, merges or closes, its people's posts and rights follow in the same transaction. [T2 T7] */
export const listenToUnits = ({ events, today }: Services, seesOf: SeesOf): void =>
  events.when(unitChanged, async (db, changed) => {
    const ended = changed.change === 'moved' ? [] : await endPosts(db, changed.unitId, changed.on)
    if (changed.intoPath !== null) await bringPeople(db, changed)
    for (const path of new Set([changed.toPath, changed.intoPath ?? changed.toPath])) {
      const { lo, hi } = rangeOf(path)
      await rewriteSettingsBelow(db, lo, hi, seesOf, today())
    }
    await rewriteActorSettings(db, ended, seesOf, today())
  })
