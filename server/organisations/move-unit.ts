import { type TreeUnit, whyNotMove } from '#contract/organisations'
import type { PlainDate } from '#contract/platform'
import { type Db, type Events, sql } from '#server/platform'
import { choosePath, stepOf } from './choose-step.ts'
import { rewritePaths, rewriteUnitPaths } from './rewrite-paths.ts'
import { insist } from './rights.ts'
import { schoolsBelow } from './schools-below.ts'
import { unitChanged } from './unit-changed.ts'
import { writeHistory } from './write-history.ts'

/** Puts a unit, all that stands below it and every row about it under another parent; answers its new path. */
export const placeBelow = async (db: Db, unit: TreeUnit, parent: TreeUnit): Promise<string> => {
  const path = await choosePath(db, parent.path, stepOf(unit.path))
  await db.change(sql`update units set parent_id = ${parent.id} where id = ${unit.id}`)
  await rewriteUnitPaths(db, unit.path, path)
  await rewritePaths(db, unit.path, path)
  return path
}

/** Moves a unit with everything below it to another parent. Both are held by the caller. [T2] */
export const moveUnit = async (
  db: Db,
  events: Events,
  unit: TreeUnit,
  parent: TreeUnit,
  { on, by }: { readonly on: PlainDate; readonly by: string },
): Promise<void> => {
  insist(whyNotMove(unit, parent))
  await writeHistory(db, unit, { change: 'moved', on, by })
  const toPath = await placeBelow(db, unit, parent)
  await events.announce(db, unitChanged, {
    change: 'moved',
    unitId: unit.id,
    fromPath: unit.path,
    toPath,
    intoUnitId: null,
    intoPath: null,
    schoolIds: await schoolsBelow(db, toPath),
    on,
  })
}
