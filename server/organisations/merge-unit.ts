import { isSchoolKind, type TreeUnit, whyNotMerge } from '#contract/organisations'
import type { PlainDate } from '#contract/platform'
import { type Db, type Events, sql } from '#server/platform'
import { openChildren } from './find-unit.ts'
import { placeBelow } from './move-unit.ts'
import { rewritePaths } from './rewrite-paths.ts'
import { insist } from './rights.ts'
import { schoolsBelow } from './schools-below.ts'
import { unitChanged } from './unit-changed.ts'
import { writeHistory } from './write-history.ts'

// The files keep the number of the school that opened them, so the closed school stands below the one it went into:
// its figures and its people's rights roll up there.
const mergeSchool = async (db: Db, unit: TreeUnit, into: TreeUnit): Promise<string> => {
  for (const child of await openChildren(db, unit.id)) await placeBelow(db, child, into)
  return placeBelow(db, unit, into)
}

const mergeClass = async (db: Db, unit: TreeUnit, into: TreeUnit): Promise<string> => {
  await db.change(
    sql`update students set class_id = ${into.id} where school_id = ${unit.schoolId} and class_id = ${unit.id}`,
  )
  await rewritePaths(db, unit.path, into.path, { onlyStudents: true })
  return into.path
}

const mergeGroup = async (db: Db, unit: TreeUnit, into: TreeUnit): Promise<string> => {
  for (const child of await openChildren(db, unit.id)) await placeBelow(db, child, into)
  await rewritePaths(db, unit.path, into.path, { onlyStudents: true })
  return into.path
}

/**
 * Merges a unit into another of its kind and closes it; classes and students go along, history stays. Both are held by
 * the caller. [T2]
 */
export const mergeUnit = async (
  db: Db,
  events: Events,
  unit: TreeUnit,
  into: TreeUnit,
  { on, by }: { readonly on: PlainDate; readonly by: string },
): Promise<void> => {
  insist(whyNotMerge(unit, into))
  await writeHistory(db, unit, { change: 'merged', on, by, into: into.id })
  const merge = isSchoolKind(unit.kind) ? mergeSchool : unit.kind === 'class' ? mergeClass : mergeGroup
  const toPath = await merge(db, unit, into)
  await db.change(sql`update units set closed_on = ${on} where id = ${unit.id}`)
  await db.change(sql`update bodies set until_date = ${on} where unit_id = ${unit.id} and until_date is null`)
  await events.announce(db, unitChanged, {
    change: 'merged',
    unitId: unit.id,
    fromPath: unit.path,
    toPath,
    intoUnitId: into.id,
    intoPath: into.path,
    schoolIds: await schoolsBelow(db, into.path),
    on,
  })
}
