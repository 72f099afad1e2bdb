import type { TreeUnit } from '#contract/organisations'
import { notFound } from '#contract/platform'
import { type Db, raw, sql } from '#server/platform'
import { unitOrder } from './unit-order.ts'

const columns = raw(`id, parent_id as "parentId", path, kind, name, school_id as "schoolId", closed_on as "closedOn"`)

/** A unit by id. Refuses `platform.not-found`. */
export const getTreeUnit = async (db: Db, id: string): Promise<TreeUnit> => {
  const unit = await db.first<TreeUnit>(sql`select ${columns} from units where id = ${id}`)
  if (!unit) throw notFound()
  return unit
}

/**
 * Units by id, held until the end of the transaction in the order of their ids, so that two changes of the tree wait
 * for each other instead of for ever. Refuses `platform.not-found`.
 */
export const holdTreeUnits = async (db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, TreeUnit>> => {
  const units = await db.rows<TreeUnit>(
    sql`select ${columns} from units where id = any(${ids}::uuid[]) order by id for update`,
  )
  if (units.length < new Set(ids).size) throw notFound()
  return new Map(units.map((unit) => [unit.id, unit]))
}

/** Units that stand directly below one and are not closed. */
export const openChildren = (db: Db, id: string): Promise<TreeUnit[]> =>
  db.rows<TreeUnit>(
    sql`select ${columns} from units where parent_id = ${id} and closed_on is null order by ${raw(unitOrder('units'))}`,
  )
