import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { Refusal } from '#contract/platform'
import { type Actor, audit, type FileAnswer } from '#server/platform'
import { type AnnotatedSheet, annotateWorkbook } from '../platform/spreadsheets/index.ts'
import { mustFind } from './get-import.ts'
import { type Importing, type ImportRow, rowsPerSheet, type SealedRow } from './importing.ts'
import { loadFile } from './keep-file.ts'
import { rowFaults } from './row-faults.ts'
import { openSealedRows } from './sealed-rows.ts'

export const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const mostRows = 100_000

interface FaultyRow {
  readonly row: number
  readonly block: number
  readonly faults: Parameters<typeof rowFaults>[3]
}

const reasonsOf = (
  row: ImportRow,
  faulty: readonly FaultyRow[],
  sealedOf: (row: number) => SealedRow,
): AnnotatedSheet[] => {
  const sheets = (row.stated.sheets ?? []).filter(({ passed }) => !passed)
  const reasons = sheets.map(() => new Map<number, string>())
  for (const one of faulty) {
    const words = rowFaults(row, one.row, sealedOf(one.row), one.faults).map(
      ({ column, reason }) => `${column}:${reason}`,
    )
    reasons[Math.floor(one.row / rowsPerSheet)]?.set(one.row % rowsPerSheet, words.join(';'))
  }
  return sheets.map(({ sheet, headingStart = 1, headingEnd }, index) => ({
    sheet,
    headingStart,
    headingEnd,
    reasons: reasons[index] ?? new Map(),
  }))
}

/** The refused rows as they were sent, with one more column 错误原因; rows corrected there can be sent again. [X7] */
export const downloadRefused = async (importing: Importing, actor: Actor, importId: string): Promise<FileAnswer> => {
  const { services } = importing
  const row = await mustFind(importing, actor, importId)
  const { faulty, sealedOf } = await services.door.asActor(actor, async (db) => {
    const found = await db.rows<FaultyRow>({
      text: `select row, block, faults from import_rows where import_id = $1 and outcome = 4 order by row limit ${mostRows}`,
      values: [importId],
    })
    await audit(db, {
      actorId: actor.personId,
      action: 'imports.download-refused',
      outcome: 'exported',
      scope: row.scope,
      subject: importId,
      detail: { rows: found.length },
    })
    return { faulty: found, sealedOf: await openSealedRows(db, services.secrets, importId, found) }
  })
  const content = await services.door.asJob('importer', (db) => loadFile(db, importId, services.secrets))
  if (content.length === 0) throw new Refusal('imports.file-gone', '原文件已清理,请重新导入后再下载。')
  const target = new PassThrough()
  const written = buffer(target)
  await annotateWorkbook({ content, name: row.file_name }, target, reasonsOf(row, faulty, sealedOf))
  return { fileName: '退回的行.xlsx', mediaType: workbookType, content: await written }
}
