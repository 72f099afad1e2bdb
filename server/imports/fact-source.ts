import { uuidv7 } from 'uuidv7'
import { kindOf } from '#contract/imports'
import { secrecyDomains } from '#contract/students'
import { type Db, sql } from '#server/platform'
import type { ImportRow, Statement } from './importing.ts'

/** How a source is called where a reason is given: 民政局低保对象名单 2025-08. */
export const sourceLabel = ({ kind, asOf }: Statement): string => {
  const { issuer, label } = kindOf(kind)
  return `${issuer}${label} ${asOf.slice(0, 7)}`
}

/**
 * The source under which a list's facts stand: which list, of whom, of which day, replacing the last one or adding.
 * The same list handed over again is the same source.
 */
export const findOrAddSource = async (db: Db, row: ImportRow, statement: Statement): Promise<string> => {
  const { kind, population, asOf, replaces } = statement
  const label = sourceLabel(statement)
  const known = await db.first<{ id: string }>(sql`select id from fact_sources
    where unit_id = ${row.unit_id} and kind = ${kind} and as_of = ${asOf}::date and population = ${population}
      and replaces = ${replaces} and label = ${label} order by id limit 1`)
  if (known) return known.id
  const id = uuidv7()
  const { domain, facts } = kindOf(kind)
  await db.change(sql`insert into fact_sources (id, label, kind, unit_id, unit_path, facts, secrecy, population, replaces, as_of, import_id, recorded_by)
    values (${id}, ${label}, ${kind}, ${row.unit_id}, ${row.scope}, ${facts}, ${secrecyDomains[domain].code}, ${population},
      ${replaces}, ${asOf}, ${row.id}, ${row.created_by})`)
  return id
}

/** The day of a newer list of the same kind for the same unit, if one was taken already. */
export const findNewerSource = async (
  db: Db,
  row: ImportRow,
  { kind, asOf, replaces }: Statement,
): Promise<string | undefined> => {
  if (!replaces) return undefined
  const newer = await db.first<{ as_of: string }>(sql`select as_of from fact_sources
    where unit_id = ${row.unit_id} and kind = ${kind} and replaces and as_of > ${asOf}::date order by as_of desc limit 1`)
  return newer?.as_of
}
