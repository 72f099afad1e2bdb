import type { PoolClient } from 'pg'
import { notFound } from '#contract/platform'
import { type Db, sql } from '#server/platform'
import type { NamedPlace } from './encoding/place-book.ts'
import type { ImportRow, Statement } from './importing.ts'
import { judgeList } from './lists/judge-list.ts'
import { layPlaces, type SettledPlaces, settlePlaces } from './resolve-places.ts'
import { judgeRoster } from './roster/judge-roster.ts'
import { judgeStaff } from './staff/judge-staff.ts'
import type { KnownUnit } from './units-below.ts'

/** The unit a list was handed over for. */
export const unitOf = async (db: Db, unitId: string): Promise<KnownUnit> => {
  const unit =
    await db.first<KnownUnit>(sql`select id, parent_id as "parentId", path, kind, name, code, stage, school_id as "schoolId"
    from units where id = ${unitId} and closed_on is null`)
  if (!unit) throw notFound()
  return unit
}

/**
 * Judges the rows of the work table `s` (a roster's in the table named `roster`) against what stands in the database now; used by
 * preview and commit alike, so that both answer the same. Answers where the named places are, and the schools and classes
 * that a commit would open.
 */
export const judgeRows = async (
  db: Db,
  client: PoolClient,
  row: ImportRow,
  statement: Statement,
  places: readonly NamedPlace[],
  roster = 's',
): Promise<SettledPlaces> => {
  const { kind } = statement
  if (kind !== 'roster' && kind !== 'staff') {
    await judgeList(db, client, row, statement)
    return { places: [], fresh: [] }
  }
  const unit = await unitOf(db, row.unit_id)
  const isRoster = kind === 'roster'
  const settling = { unit, openedOn: statement.asOf, opensClasses: isRoster, opensSchools: isRoster }
  const settled = await settlePlaces(db, places, settling)
  await layPlaces(db, settled.places)
  if (isRoster) await judgeRoster(db, roster)
  else await judgeStaff(db, statement)
  return settled
}
