import { randomInt } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import { rangeOf } from '#contract/organisations'
import { type Db, sql } from '#server/platform'

export interface KnownUnit {
  readonly id: string
  readonly parentId: string | null
  readonly path: string
  readonly kind: string
  readonly name: string
  readonly code: string | null
  readonly stage: number | null
  readonly schoolId: string | null
}

/** A unit that a list brings and nobody opened yet. */
export interface FreshUnit extends KnownUnit {
  readonly grade: number | null
  readonly openedOn: string
}

const columns = 'id, parent_id as "parentId", path, kind, name, code, stage, school_id as "schoolId"'

/** Open units at and below a path, from schools to classes. */
export const unitsBelow = (db: Db, path: string): Promise<KnownUnit[]> => {
  const { lo, hi } = rangeOf(path)
  return db.rows<KnownUnit>({
    text: `select ${columns} from units where path >= $1 and path < $2 and closed_on is null order by path`,
    values: [lo, hi],
  })
}

/** An open unit by its id. */
export const openUnit = (db: Db, id: string): Promise<KnownUnit | undefined> =>
  db.first<KnownUnit>({ text: `select ${columns} from units where id = $1 and closed_on is null`, values: [id] })

const signs = '0123456789abcdefghijklmnopqrstuvwxyz'
const stepLength = 5
const draw = (): string => Array.from({ length: stepLength }, () => signs[randomInt(signs.length)]).join('')

/** Paths no new unit below may take: what is or was there, since old records still speak of it. */
export const usedPaths = async (db: Db, path: string): Promise<Set<string>> => {
  const { lo, hi } = rangeOf(path)
  const rows = await db.rows<{ path: string }>(sql`select path from units where path >= ${lo} and path < ${hi}
    union select path from unit_history where path >= ${lo} and path < ${hi}`)
  return new Set(rows.map((row) => row.path))
}

/** Hands out free paths below parents. */
export const pathGiver =
  (used: Set<string>) =>
  (parent: { readonly path: string }): string => {
    for (;;) {
      const path = `${parent.path}${draw()}.`
      if (used.has(path)) continue
      used.add(path)
      return path
    }
  }

/** A unit to be opened below a parent. */
export const freshUnit = (
  parent: { readonly id: string; readonly path: string; readonly schoolId: string | null },
  give: ReturnType<typeof pathGiver>,
  what: Pick<FreshUnit, 'kind' | 'name' | 'code' | 'stage' | 'grade' | 'openedOn'> & { readonly school: boolean },
): FreshUnit => {
  const id = uuidv7()
  const { school, ...rest } = what
  return { ...rest, id, parentId: parent.id, path: give(parent), schoolId: school ? id : parent.schoolId }
}

/** Opens units in one statement. */
export const openUnits = async (db: Db, units: readonly FreshUnit[]): Promise<void> => {
  if (units.length === 0) return
  await db.change(sql`insert into units (id, parent_id, path, kind, name, code, stage, grade, school_id, opened_on, sort)
    select id, "parentId", path, kind, name, code, stage, grade, "schoolId", "openedOn", position
    from jsonb_to_recordset(${JSON.stringify(units.map((unit, position) => ({ ...unit, position })))}::jsonb) as u(id uuid, "parentId" uuid,
      path text, kind text, name text, code text, stage smallint, grade smallint, "schoolId" uuid, "openedOn" date, position integer)`)
}
