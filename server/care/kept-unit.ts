import { notFound } from '#contract/platform'
import { type Db, sql } from '#server/platform'

/** Path and name of a unit. Refuses `platform.not-found`. */
export const getListedUnit = async (db: Db, unitId: string): Promise<{ path: string; name: string }> => {
  const unit = await db.first<{ path: string; name: string }>(
    sql`select path, name from units where id = ${unitId} and closed_on is null`,
  )
  if (!unit) throw notFound()
  return unit
}

/** Path of a unit. Refuses `platform.not-found`. */
export const getUnitPath = async (db: Db, unitId: string): Promise<string> => (await getListedUnit(db, unitId)).path

/** A unit that keeps rosters, funds and pairs. */
export interface KeptUnit {
  readonly id: string
  readonly path: string
  readonly name: string
  readonly isSchool: boolean
  /** Path of the unit asked for: whoever may ask there reads what its school keeps. */
  readonly askedPath: string
}

/** The unit that keeps rosters, funds and pairs for another: the school of a class, else the unit itself. Refuses not-found. */
export const getKeptUnit = async (db: Db, unitId: string): Promise<KeptUnit> => {
  const unit =
    await db.first<KeptUnit>(sql`select k.id, k.path, k.name, k.school_id is not null as "isSchool", u.path as "askedPath"
    from units u join units k on k.id = coalesce(u.school_id, u.id) where u.id = ${unitId} and u.closed_on is null`)
  if (!unit) throw notFound()
  return unit
}
