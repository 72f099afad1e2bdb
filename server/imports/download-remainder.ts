import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { rangeOf } from '#contract/organisations'
import { type Actor, audit, type Db, type FileAnswer, type Secrets } from '#server/platform'
import { type WrittenSheet, writeWorkbook } from '../platform/spreadsheets/index.ts'
import { workbookType } from './download-refused.ts'
import { mustFind } from './get-import.ts'
import type { Importing, ImportRow } from './importing.ts'
import { maskNumbers } from './mask-numbers.ts'
import { rowPlace } from './row-place.ts'
import { openSealedRows } from './sealed-rows.ts'

const mostRows = 100_000

const listOnly = async (db: Db, row: ImportRow, secrets: Secrets): Promise<WrittenSheet> => {
  const kept = await db.rows<{ row: number; block: number }>({
    text: `select row, block from import_rows where import_id = $1 and outcome = 7 order by row limit ${mostRows}`,
    values: [row.id],
  })
  const columns = row.mapping?.columns ?? []
  const sealedOf = await openSealedRows(db, secrets, row.id, kept)
  return {
    name: '名单有学籍无',
    columns: [{ heading: '行号' }, ...columns.map(({ heading }) => ({ heading }))],
    rows: kept.map((one) => [
      rowPlace(row, one.row),
      ...sealedOf(one.row).cells.map((cell, index) => maskNumbers(cell.trim(), columns[index]?.field)),
    ]),
  }
}

// The rows the person may see decide; for a roster only the schools it speaks of are compared.
const rosterOnly = async (db: Db, row: ImportRow): Promise<WrittenSheet> => {
  const { lo, hi } = rangeOf(row.scope)
  const rows = await db.rows<{ school: string; class: string; number: string | null; name: string }>({
    text: `select school.name as school, class.name as class, st.number, st.name
      from students st join units school on school.id = st.school_id join units class on class.id = st.class_id
      where st.scope >= $2 and st.scope < $3 and st.status = 1
        and ($4 or st.school_id in (select r.school_id from import_rows r where r.import_id = $1))
        and not exists (select from import_rows r where r.import_id = $1 and r.student_id = st.id)
        and not exists (select from import_matches m where m.import_id = $1 and m.student_id = st.id and m.verdict <> 'rejected')
      order by st.scope, st.name_order limit ${mostRows}`,
    values: [row.id, lo, hi, row.kind !== 'roster'],
  })
  return {
    name: '学籍有名单无',
    columns: [{ heading: '学校', width: 24 }, { heading: '班级' }, { heading: '学号' }, { heading: '姓名' }],
    rows: rows.map((one) => [one.school, one.class, one.number, one.name]),
  }
}

/** Who stands on the list and in no roster, or in the roster and not on the list. On file as an export. [X7] */
export const downloadRemainder = async (
  importing: Importing,
  actor: Actor,
  importId: string,
  side: 'list-only' | 'roster-only',
): Promise<FileAnswer> => {
  const { services } = importing
  const row = await mustFind(importing, actor, importId)
  const sheet = await services.door.asActor(actor, async (db) => {
    await audit(db, {
      actorId: actor.personId,
      action: 'imports.download-remainder',
      outcome: 'exported',
      scope: row.scope,
      subject: importId,
      detail: { side },
    })
    return side === 'list-only' ? listOnly(db, row, services.secrets) : rosterOnly(db, row)
  })
  const target = new PassThrough()
  const written = buffer(target)
  await writeWorkbook(target, [sheet])
  return { fileName: `${sheet.name}.xlsx`, mediaType: workbookType, content: await written }
}
