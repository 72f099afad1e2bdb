import { outOfReach, rangeOf } from '#contract/organisations'
import { type Db, raw, sql } from '#server/platform'

interface PathColumn {
  readonly table: string
  readonly column: string
  readonly about_students: boolean
  readonly many: boolean
}

// Whatever stores a path by these names follows, so that no table is forgotten when one is added. The audit log stays.
const pathColumns = (db: Db): Promise<PathColumn[]> =>
  db.rows<PathColumn>(sql`
    select c.table_name as table, c.column_name as column, c.data_type = 'ARRAY' as many, exists (
      select from information_schema.columns s
      where s.table_schema = c.table_schema and s.table_name = c.table_name and s.column_name = 'school_id') as about_students
    from information_schema.columns c
    where c.table_schema = 'public' and c.table_name <> 'audit_entries'
      and (c.column_name in ('scope', 'unit_path', 'region_path', 'desks')
        or (c.column_name in ('place', 'desk') and c.collation_name = 'C'))
    order by c.table_name, c.column_name`)

// Table and column names come from the catalogue and are checked before they enter a statement.
const identifier = (name: string): unknown => {
  if (!/^[a-z_]+$/.test(name)) throw new Error(`unsafe name in the catalogue: ${name}`)
  return raw(name)
}

// Everything that begins with a path: what stands below it, and desks (`path~post`) there.
const beginning = (path: string): { readonly lo: string; readonly hi: string } => ({
  lo: path,
  hi: `${path.slice(0, -1)}/`,
})

const rewriteOne = async (db: Db, at: unknown, column: unknown, from: string, to: string): Promise<void> => {
  const { lo, hi } = beginning(from)
  await db.change(sql`update ${at} set ${column} = ${to}::text || substr(${column}, ${lo.length + 1})
    where ${column} >= ${lo} and ${column} < ${hi}`)
}

const rewriteMany = (db: Db, at: unknown, column: unknown, from: string, to: string): Promise<number> =>
  db.change(sql`update ${at} set ${column} = array(
      select case when starts_with(d, ${from}) then ${to}::text || substr(d, ${from.length + 1}) else d end
      from unnest(${column}) with ordinality as u (d, n) order by n)
    where exists (select from unnest(${column}) d where starts_with(d, ${from}))`)

/**
 * Writes every path at `from` or below anew so that it begins with `to`, in every table that stores one, desks and paths
 * kept out of everybody's reach (`outOfReach`) too; `done_in`, history and the audit log keep what was. As the importer,
 * inside one transaction: the deferred keys of rows about students are checked at its end. `onlyStudents` leaves rows of
 * the unit itself (posts, bodies, mappings) where they are.
 */
export const rewritePaths = async (
  db: Db,
  from: string,
  to: string,
  { onlyStudents = false }: { readonly onlyStudents?: boolean } = {},
): Promise<void> => {
  for (const { table, column, about_students, many } of await pathColumns(db)) {
    if (onlyStudents && !about_students) continue
    const [at, path] = [identifier(table), identifier(column)]
    if (many) await rewriteMany(db, at, path, from, to)
    else {
      await rewriteOne(db, at, path, from, to)
      await rewriteOne(db, at, path, outOfReach(from), outOfReach(to))
    }
  }
}

/** The same for the units themselves. */
export const rewriteUnitPaths = (db: Db, from: string, to: string): Promise<number> => {
  const { lo, hi } = rangeOf(from)
  return db.change(sql`update units set path = ${to}::text || substr(path, ${lo.length + 1})
    where path >= ${lo} and path < ${hi}`)
}
