import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { uuidv7 } from 'uuidv7'
import { type ImportFault, type ImportReport, kindOf, type ListKindId, noCounts } from '#contract/imports'
import { Refusal } from '#contract/platform'
import { type Db, type Services, sql } from '#server/platform'
import { commitImport } from './commit-import.ts'
import { findTableApart } from './find-table.ts'
import { clearImport, failImport, findImport } from './import-state.ts'
import type { Importing, ImportRow, Sender, Statement } from './importing.ts'
import { unitOf } from './judge-rows.ts'
import { loadFile, receiveFile } from './keep-file.ts'
import { previewImport } from './preview-import.ts'
import { isOfSchool, mappingFor, readImport, recallMapping } from './read-import.ts'
import { rowFaults } from './row-faults.ts'
import { sheetOf } from './row-place.ts'
import { openSealedRows } from './sealed-rows.ts'
import { type ColumnWish, settleColumns } from './settle-columns.ts'
import { findUnsureColumns, type UnsureColumns } from './unsure-columns.ts'
import { fileImport } from './upload-import.ts'
import { differingSheetsOf, passedSheetsOf, secrecyOf } from './view-import.ts'

export interface RunWishes {
  readonly unitId: string
  readonly path: string
  /** Who it is on file as. */
  readonly by: { readonly id: string; readonly name: string }
  readonly sender: Sender
  readonly kind?: ListKindId
  readonly asOf?: string
  /** Only preview: nothing stays, also not what was said of columns. */
  readonly dry?: boolean
  /** What columns mean, said beforehand; remembered for the unit like a correction on the screen. */
  readonly columns?: readonly ColumnWish[]
  /** Told once the columns are settled and before a row is read, also when the list then cannot be read. */
  readonly onColumns?: (columns: UnsureColumns) => void
}

const state = async ({ door }: Services, importId: string): Promise<ImportRow> => {
  const row = await door.asJob('importer', (db) => findImport(db, importId))
  if (!row) throw new Error('the import is gone')
  return row
}

const missingColumns = (labels: readonly string[]) =>
  new Refusal(
    'imports.missing-columns',
    `没有找到“${labels.join('、')}”这一列。请用 --column "列名=含义" 指明,或在网页上交表时指明。`,
    'invalid',
  )

const restate = async (importing: Importing, row: ImportRow, wishes: RunWishes): Promise<void> => {
  const { services } = importing
  const recognised = row.stated.statement
  if (!recognised) return
  const kind = wishes.kind ?? recognised.kind
  const own = kindOf(kind)
  const statement: Statement = {
    kind,
    population: kind === recognised.kind ? recognised.population : own.population,
    replaces: kind === recognised.kind ? recognised.replaces : own.mode === 'replaces',
    asOf: wishes.asOf ?? recognised.asOf,
  }
  await services.door.asJob('importer', async (db) => {
    let { mapping } = row
    if (kind !== recognised.kind && mapping) {
      const table = await findTableApart(await loadFile(db, row.id, services.secrets), row.file_name)
      const remembered = await recallMapping(db, row.scope, kind, mapping.signature)
      mapping = mappingFor(importing, kind, table, remembered, await isOfSchool(db, row.unit_id))
    }
    if (!mapping) return
    const settled = settleColumns(mapping, kind, wishes.columns ?? [])
    mapping = settled.mapping
    wishes.onColumns?.(findUnsureColumns(mapping))
    if (mapping.missing.length > 0) throw missingColumns(mapping.missing)
    const learn = settled.corrected && wishes.dry !== true
    await db.change(sql`update imports set state = 'previewing', kind = ${kind}, secrecy = ${secrecyOf(kind)},
        mapping = ${JSON.stringify(mapping)}, stated = stated || ${JSON.stringify({ statement, learn })}::jsonb
      where id = ${row.id} and state = 'mapped'`)
  })
}

const faultsOf = async (db: Db, services: Services, list: ImportRow): Promise<ImportFault[]> => {
  const { id: importId } = list
  const rows = await db.rows<{ row: number; block: number; faults: Parameters<typeof rowFaults>[3] }>(
    sql`select row, block, faults from import_rows where import_id = ${importId} and faults <> '[]' order by row`,
  )
  const sealedOf = await openSealedRows(db, services.secrets, importId, rows)
  return rows.flatMap((one) => {
    const sheet = sheetOf(list, one.row)
    const faults = rowFaults(list, one.row, sealedOf(one.row), one.faults)
    return sheet === undefined
      ? faults
      : faults.map((fault) => ({ ...fault, reason: `${fault.reason}(工作表“${sheet}”)` }))
  })
}

const reportOf = async (importing: Importing, importId: string, path: string): Promise<ImportReport> => {
  const { services } = importing
  const row = await state(services, importId)
  const faults = await services.door.asJob('importer', (db) => faultsOf(db, services, row))
  const passed = passedSheetsOf(row)
  const differing = differingSheetsOf(row)
  return {
    ...noCounts,
    ...row.counts,
    file: basename(path),
    kind: row.kind ?? '',
    refused: faults,
    ...(passed.length > 0 ? { passedSheets: passed } : {}),
    ...(differing.length > 0 ? { differingSheets: differing } : {}),
  }
}

/**
 * Imports a file from this machine through the very same steps as an upload: taken in, read, previewed, committed; or
 * only previewed. Refuses with the sentence a person at the screen would read; then nothing of the list is kept.
 */
export const runImport = async (
  importing: Importing,
  wishes: RunWishes,
): Promise<ImportReport & { importId: string }> => {
  const { services } = importing
  const importId = uuidv7()
  const file = await receiveFile(createReadStream(wishes.path), services.secrets)
  try {
    if (file.bytes === 0) throw new Refusal('imports.empty-file', '文件是空的(0 字节)。', 'invalid')
    await services.door.asJob('importer', async (db) => {
      const unit = await unitOf(db, wishes.unitId)
      const { by, sender } = wishes
      await fileImport(db, { importId, unit, fileName: basename(wishes.path), file, by, sender })
    })
  } finally {
    await file.discard()
  }
  try {
    await readImport(importing, importId)
    await restate(importing, await state(services, importId), wishes)
    await previewImport(importing, importId)
    if (!wishes.dry) await commit(importing, importId)
  } catch (error) {
    if (wishes.dry) await forget(services, importId)
    else if (error instanceof Refusal) await failImport(services, importId, error)
    throw error
  }
  const report = await reportOf(importing, importId, wishes.path)
  if (wishes.dry) await forget(services, importId)
  return { ...report, importId }
}

const commit = async (importing: Importing, importId: string): Promise<void> => {
  const { services } = importing
  await services.door.asJob('importer', (db) =>
    db.change(sql`update imports set state = 'committing' where id = ${importId} and state = 'previewed'`),
  )
  await commitImport(importing, importId)
}

const forget = ({ door }: Services, importId: string): Promise<void> =>
  door.asJob('importer', async (db) => {
    await clearImport(db, importId)
    await db.change(sql`delete from imports where id = ${importId}`)
  })
