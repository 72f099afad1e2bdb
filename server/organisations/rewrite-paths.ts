import { rangeOf } from '#contract/organisations'
import { type Db, raw, sql } from '#server/platform'

interface PathColumn {
  readonly table: string
  readonly column: string
  readonly about_students: boolean
}

// Whatever stores a path by these names follows, so that no table is forgotten when one is added. The audit log stays.
const pathColumns = (db: Db): Promise<PathColumn[]> =>
  db.rows<PathColumn>(sql`
    select c.table_name as table, c.column_name as column, exists (
      select from information_schema.columns s
      where s.table_schema = c.table_schema and s.table_name = c.table_name and s.column_name = 'school_id') as about_students
    from information_schema.columns c
    where c.table_schema = 'public' and c.column_name in ('scope', 'unit_path', 'region_path')
      and c.table_name <> 'audit_entries'
    order by c.table_name`)

// Table and column names come from the catalogue and are checked before they enter a statement.
const identifier = (name: string): unknown => {
  if (!/^[a-z_]+$/.test(name)) throw new Error(`unsafe name in the catalogue: ${name}`)
  return raw(name)
}

/**
 * Writes every path at `from` or below anew so that it begins with `to`, in every table that stores one; `done_in`,
 * history and the audit log keep what was. As the importer, inside one transaction: the deferred keys of rows about
 * students are checked at its end. `onlyStudents` leaves rows of the unit itself (posts, bodies, mappings) where they are.
 */
export const rewritePaths = async (
  db: Db,
  from: string,
  to: string,
  { onlyStudents = false }: { readonly onlyStudents?: boolean } = {},
): Promise<void> => {
  const { lo, hi } = rangeOf(from)
  for (const { table, column, about_students } of await pathColumns(db)) {
    if (onlyStudents && !about_students) continue
    const [at, path] = [identifier(table), identifier(column)]
    await db.change(sql`update ${at} set ${path} = ${to}::text || substr(${path}, ${lo.length + 1})
      where ${path} >= ${lo} and ${path} < ${hi}`)
  }
}

/** The same for the units themselves. */
export const rewriteUnitPaths = (db: Db, from: string, to: string): Promise<number> => {
  const { lo, hi } = rangeOf(from)
  return db.change(sql`update units set path = ${to}::text || substr(path, ${lo.length + 1})
    where path >= ${lo} and path < ${hi}`)
}
