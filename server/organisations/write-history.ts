import { uuidv7 } from 'uuidv7'
import type { TreeUnit } from '#contract/organisations'
import type { PlainDate } from '#contract/platform'
import { type Db, sql } from '#server/platform'

/** Keeps what a unit was until a day, before it changes. Its span begins where the last one ended. */
export const writeHistory = (
  db: Db,
  unit: TreeUnit,
  told: {
    readonly change: 'renamed' | 'moved' | 'merged' | 'closed'
    readonly on: PlainDate
    readonly by: string
    readonly into?: string
  },
): Promise<number> =>
  db.change(sql`insert into unit_history (id, unit_id, change, from_date, until_date, name, parent_id, path, into_unit_id, recorded_by)
    select ${uuidv7()}, u.id, ${told.change},
      least(coalesce((select max(until_date) from unit_history where unit_id = u.id), u.opened_on, '1900-01-01'), ${told.on}::date),
      ${told.on}, ${unit.name}, ${unit.parentId}, ${unit.path}, ${told.into ?? null}, ${told.by}
    from units u where u.id = ${unit.id}`)
