import { rangeOf } from '#contract/organisations'
import { type Db, sql } from '#server/platform'

/** Where a letter is handled and who must not learn of it. */
export interface Handling {
  readonly place: string
  readonly excluded: readonly string[]
}

/** The place above a unit; the unit itself where nothing is above. */
export const placeAbove = async (db: Db, path: string): Promise<string> => {
  const row = await db.first<{ path: string }>(
    sql`select a.path from units u join units a on a.id = u.parent_id where u.path = ${path}`,
  )
  return row?.path ?? path
}

// Who leads or answers to whom at a unit is everybody appointed there or below; who once was may be again.
const readLine = async (db: Db, path: string): Promise<string[]> => {
  const { lo, hi } = rangeOf(path)
  const rows = await db.rows<{ id: string }>(
    sql`select distinct person_id as id from appointments where scope >= ${lo} and scope < ${hi} order by 1`,
  )
  return rows.map(({ id }) => id)
}

/** People of a name at a unit or below: where nothing is above the unit, they at least are shut out. */
const readNamed = async (db: Db, path: string, name: string): Promise<string[]> => {
  const { lo, hi } = rangeOf(path)
  const rows = await db.rows<{
    id: string
  }>(sql`select distinct p.id from people p join appointments a on a.person_id = p.id
    where a.scope >= ${lo} and a.scope < ${hi} and (p.name = ${name} or ${name} ^@ p.name)`)
  return rows.map(({ id }) => id)
}

/**
 * Handling of a letter that speaks of a person: at the unit above, out of sight of everybody appointed at the unit or below
 * but the writer. At a unit that stands at the top the person named is shut out. As the importer. [Z9 C19]
 */
export const handlingAbove = async (db: Db, path: string, person: string, writer: string): Promise<Handling> => {
  const place = await placeAbove(db, path)
  const line = place === path ? await readNamed(db, path, person) : await readLine(db, path)
  return { place, excluded: line.filter((id) => id !== writer) }
}
