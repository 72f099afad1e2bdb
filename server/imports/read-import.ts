import { createHash } from 'node:crypto'
import {
  type Corrections,
  type FieldId,
  findRestriction,
  findSpokenTime,
  fullHeadings,
  headingKeys,
  isLongForm,
  kindOf,
  type ListKindId,
  mapColumns,
  missingFields,
  recogniseKind,
  type SpokenTime,
} from '#contract/imports'
import { Refusal } from '#contract/platform'
import { secrecyDomains } from '#contract/students'
import { type Db, sql } from '#server/platform'
import { type FoundTable, openTableSearch, type TableSearch } from './find-table.ts'
import { findImport } from './import-state.ts'
import type { Importing, ImportRow, KeptMapping, Statement } from './importing.ts'
import { loadFile } from './keep-file.ts'
import { whyNotImport } from './may-import.ts'

const samplesPerColumn = 3

const dayOf = (time: SpokenTime | undefined, today: string): string => {
  if (!time) return today
  return time.from <= today && today <= time.to ? today : time.to <= today ? time.to : time.from
}

/** What a list says of itself until its sender says otherwise. */
export const statementOf = (kind: ListKindId, time: SpokenTime | undefined, today: string): Statement => {
  const { population, mode } = kindOf(kind)
  return { kind, population, asOf: dayOf(time, today), replaces: mode === 'replaces' }
}

const signatureOf = (headings: readonly string[]): string =>
  createHash('sha256').update(headings.join('\n')).digest('base64url')

/** What people of this unit corrected before, for the same kind of list with the same headings. */
export const recallMapping = async (
  db: Db,
  scope: string,
  kind: ListKindId,
  signature: string,
): Promise<Corrections | undefined> => {
  const row = await db.first<{ mapping: [string, FieldId | 'score' | 'none'][] }>(
    sql`select mapping from import_mappings where scope = ${scope} and kind = ${kind} and signature = ${signature}`,
  )
  if (!row) return undefined
  const keys = headingKeys(row.mapping.map(([heading]) => heading))
  return new Map(row.mapping.map(([, meaning], at) => [keys[at] ?? '', meaning]))
}

const longResults = () =>
  new Refusal(
    'imports.long-results',
    '这张成绩表是一科一行。请改成一人一行、每科一列(姓名、学号、语文、数学……)后再交。',
    'invalid',
  )

/** Whether a unit is a school or within one. */
export const isOfSchool = async (db: Db, unitId: string): Promise<boolean> =>
  (await db.first<{ within: boolean }>(sql`select school_id is not null as within from units where id = ${unitId}`))
    ?.within ?? false

/** Judges the columns of a found table for a kind of list. */
export const mappingFor = (
  importing: Importing,
  kind: ListKindId,
  table: FoundTable,
  remembered: Corrections | undefined,
  schoolGiven: boolean,
): KeptMapping => {
  const headings = fullHeadings(table.heading)
  if (kind === 'exam-results' && isLongForm(table.heading)) throw longResults()
  const { columns } = mapColumns(kind, table.heading, table.samples, remembered)
  const samples = headings.map((_, column) =>
    table.samples
      .map((row) => row.cells[column] ?? '')
      .filter((text) => text !== '')
      .slice(0, samplesPerColumn)
      .map((text) => text.slice(0, 60)),
  )
  return {
    sheet: table.sheet,
    headingRow: table.headingRow,
    height: table.heading.height,
    headings,
    columns,
    missing: missingFields(kind, columns, schoolGiven),
    schoolGiven,
    signature: signatureOf(headings),
    remembered: remembered !== undefined,
    restriction: findRestriction(table.heading.titles),
    samples: importing.services.secrets.seal(JSON.stringify(samples)).toString('base64'),
    unmerged: table.unmerged,
  }
}

const settle = async (importing: Importing, row: ImportRow, table: FoundTable): Promise<void> => {
  const { services } = importing
  const { kind } = recogniseKind(table.heading, row.file_name)
  const restriction = findRestriction(table.heading.titles)
  const refusal = whyNotImport(importing, row.stated.sender ?? { posts: [] }, row.scope, kind, restriction)
  if (refusal) throw refusal
  const time = findSpokenTime(table.heading.titles, row.file_name)
  const statement = statementOf(kind, time, services.today())
  await services.door.asJob('importer', async (db) => {
    const headings = fullHeadings(table.heading)
    const remembered = await recallMapping(db, row.scope, kind, signatureOf(headings))
    const mapping = mappingFor(importing, kind, table, remembered, await isOfSchool(db, row.unit_id))
    await db.change(sql`update imports set state = 'mapped', kind = ${kind},
        secrecy = ${secrecyDomains[kindOf(kind).domain].code}, mapping = ${JSON.stringify(mapping)},
        stated = stated || ${JSON.stringify({ statement })}::jsonb, progress = '{}'
      where id = ${row.id} and state = 'reading'`)
  })
}

interface Opened {
  readonly row: ImportRow
  readonly search: TableSearch
  readonly content: Buffer
}

/** The import being read, with its file and the search that waits for it. */
const openFile = async ({ services }: Importing, importId: string): Promise<Opened | undefined> => {
  let search: TableSearch | undefined
  try {
    return await services.door.asJob('importer', async (db) => {
      const row = await findImport(db, importId)
      if (!row || (row.state !== 'received' && row.state !== 'reading')) return undefined
      await db.change(sql`update imports set state = 'reading' where id = ${importId}`)
      search = openTableSearch(row.file_name, row.byte_size)
      return { row, search, content: await loadFile(db, importId, services.secrets) }
    })
  } catch (error) {
    await search?.leave()
    throw error
  }
}

/** Reads what a handed-over file is: which list, which heading, which column means what, of which day it speaks. */
export const readImport = async (importing: Importing, importId: string): Promise<void> => {
  const opened = await openFile(importing, importId)
  if (opened) await settle(importing, opened.row, await opened.search.of(opened.content))
}
