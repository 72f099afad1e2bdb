import { rangeOf, type TreeUnit, whyNotClose } from '#contract/organisations'
import type { PlainDate } from '#contract/platform'
import { type Db, type Events, sql } from '#server/platform'
import { openChildren } from './find-unit.ts'
import { insist } from './rights.ts'
import { unitChanged } from './unit-changed.ts'
import { writeHistory } from './write-history.ts'

const enrolled = async (db: Db, path: string): Promise<number> => {
  const { lo, hi } = rangeOf(path)
  const row = await db.first<{ count: number }>(
    sql`select count(*)::int as count from students where scope >= ${lo} and scope < ${hi} and status in (1, 2)`,
  )
  return row?.count ?? 0
}

/** Closes a unit that nobody is enrolled in and nothing stands below; it stays in the tree with its dates. [T2] */
export const closeUnit = async (
  db: Db,
  events: Events,
  unit: TreeUnit,
  { on, by }: { readonly on: PlainDate; readonly by: string },
): Promise<void> => {
  const children = await openChildren(db, unit.id)
  insist(whyNotClose(unit, { openChildren: children.length, students: await enrolled(db, unit.path) }))
  await writeHistory(db, unit, { change: 'closed', on, by })
  await db.change(sql`update units set closed_on = ${on} where id = ${unit.id}`)
  await db.change(sql`update bodies set until_date = ${on} where unit_id = ${unit.id} and until_date is null`)
  await events.announce(db, unitChanged, {
    change: 'closed',
    unitId: unit.id,
    fromPath: unit.path,
    toPath: unit.path,
    intoUnitId: null,
    intoPath: null,
    schoolIds: [],
    on,
  })
}
