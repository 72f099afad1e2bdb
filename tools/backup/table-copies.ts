import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type ClientBase, escapeIdentifier } from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import type { BackupKeys, ManifestContent } from './manifest.ts'
import { readSealed, writeSealed } from './sealed-part.ts'

type TableCopy = ManifestContent['tables'][number]

// Text of values must not depend on how a server or its owner is set up.
const plainText = `set local datestyle = 'ISO, YMD'; set local intervalstyle = 'postgres'; set local timezone = 'UTC';
  set local bytea_output = 'hex'; set local extra_float_digits = 1; set local client_encoding = 'UTF8'`

/** Begins the one transaction a backup reads in: everything is as of this moment, whatever goes on beside it. */
export const beginReading = async (owner: ClientBase): Promise<void> => {
  await owner.query('begin isolation level repeatable read, read only')
  await owner.query(plainText)
}

/** Begins the one transaction a restore writes in; keys between tables are checked when it ends. */
export const beginWriting = async (owner: ClientBase): Promise<void> => {
  await owner.query('begin')
  await owner.query(plainText)
  await owner.query('set constraints all deferred')
}

/** Tables of the program with the columns that are written, in the order of their keys: what is pointed at comes first. */
export const listTables = async (
  owner: ClientBase,
): Promise<readonly { readonly name: string; readonly columns: readonly string[] }[]> => {
  const { rows } = await owner.query<{ name: string; columns: string[]; needs: string[] }>(`
    select c.relname as name,
      (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
      array(select distinct t.relname::text from pg_constraint k join pg_class t on t.oid = k.confrelid
        where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid) as needs
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and c.relname <> 'schema_migrations'
    order by c.relname`)
  const waiting = new Map(rows.map((row) => [row.name, row]))
  const ordered: typeof rows = []
  while (waiting.size > 0) {
    const ready = [...waiting.values()].filter(({ needs }) => !needs.some((need) => waiting.has(need)))
    // Tables that point at each other are held together by deferred keys only.
    for (const row of ready.length > 0 ? ready : [...waiting.values()]) {
      ordered.push(row)
      waiting.delete(row.name)
    }
  }
  return ordered
}

const columnsText = (columns: readonly string[]): string => columns.map(escapeIdentifier).join(', ')

/** Copies one table out of the open transaction into a sealed part. */
export const copyTableOut = async (
  owner: ClientBase,
  table: { readonly name: string; readonly columns: readonly string[] },
  to: string,
  keys: BackupKeys,
): Promise<TableCopy> => {
  const path = join('tables', `${table.name}.copy`)
  mkdirSync(join(to, 'tables'), { recursive: true, mode: 0o700 })
  const reading = owner.query(copyTo(`copy ${escapeIdentifier(table.name)} (${columnsText(table.columns)}) to stdout`))
  const told = await writeSealed(reading, join(to, path), table.name, keys)
  return { name: table.name, columns: [...table.columns], rows: reading.rowCount ?? 0, path, ...told }
}

/** Copies a sealed part into its table within the open transaction; answers the rows the server took. */
export const copyTableIn = async (
  owner: ClientBase,
  table: TableCopy,
  from: string,
  keys: BackupKeys,
): Promise<number> => {
  const text = `copy ${escapeIdentifier(table.name)} (${columnsText(table.columns)}) from stdin`
  const writing = owner.query(copyFrom(text))
  await readSealed(join(from, table.path), table.bytes, table.name, keys, writing)
  return writing.rowCount ?? 0
}

/** The first table that holds rows already, or undefined. */
export const findFilledTable = async (owner: ClientBase): Promise<string | undefined> => {
  for (const { name } of await listTables(owner)) {
    const { rows } = await owner.query<{ filled: boolean }>(
      `select exists (select from ${escapeIdentifier(name)}) as filled`,
    )
    if (rows[0]?.filled) return name
  }
  return undefined
}
