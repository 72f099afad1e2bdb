import type { ListKindId } from '#contract/imports'
import { Refusal } from '#contract/platform'
import { type Db, type Secrets, sql } from '#server/platform'
import { fetchedFor } from '../platform/threads/index.ts'
import { findNewerSource } from './fact-source.ts'
import { cancelled, findImport, reportProgress } from './import-state.ts'
import { type Importing, type ImportRow, type Outcome, outcomeCodes, outcomeOf, type Statement } from './importing.ts'
import { judgeRows } from './judge-rows.ts'
import { loadFile } from './keep-file.ts'
import { keepRoster } from './roster/keep-roster.ts'
import { dropWaiting } from './roster/waiting-roster.ts'
import { openStaging } from './stage-rows.ts'
import { type StagedList, sealedOutcome } from './staged-lines.ts'
import { createWorkTable, stagedColumnsOf } from './staged-row.ts'

const olderList = (newer: string) =>
  new Refusal(
    'imports.older-list',
    `已有 ${newer} 的同一名单。这份名单更早,不能覆盖它;如果只是补充,请把“替换上次名单”改为“补充”。`,
  )

// Sealed blocks leave the work table before anything is judged.
const keepSealed = async (db: Db, row: ImportRow): Promise<void> => {
  await db.change(sql`with sealed as (delete from s where outcome = ${sealedOutcome} returning block, sealed)
    insert into import_values (import_id, block, scope, secrecy, created_by, content)
    select ${row.id}, block, ${row.scope}, ${row.secrecy}, ${row.created_by}, sealed from sealed`)
}

/** Keeps the judged rows of the work table: for the screen sealed, for the commit ready to write. */
const keepRows = async (db: Db, row: ImportRow, kind: ListKindId): Promise<void> => {
  if (kind === 'roster') return keepRoster(db, row)
  await db.change(sql`insert into import_rows (import_id, row, scope, secrecy, created_by, outcome, school_id, student_id, block, faults, changes)
    select ${row.id}, s.row, ${row.scope}, ${row.secrecy}, ${row.created_by}, s.outcome,
      case when s.student_id is not null and s.outcome <> 1 then s.school_id end, case when s.outcome <> 1 then s.student_id end, s.block,
      coalesce(s.faults, '[]'), coalesce(s.changes, '[]') from s`)
  const columns = stagedColumnsOf(kind).join(', ')
  await db.change({
    text: `insert into import_staged (import_id, ${columns}) select $1, ${columns} from s where outcome <> 4`,
    values: [row.id],
  })
}

/** How many rows came out as what; matched lists also count what would change and what would not. */
const countOutcomes = async (db: Db, importId: string): Promise<Record<Outcome | 'rows', number>> => {
  const rows = await db.rows<{ outcome: number; telling: boolean; many: number }>(
    sql`select outcome, jsonb_array_length(changes) > 0 as telling, sum(coalesce(cardinality(rows), 1))::int as many
      from import_rows where import_id = ${importId} group by 1, 2`,
  )
  const counts = { rows: 0, new: 0, changed: 0, unchanged: 0, refused: 0, matched: 0, doubtful: 0, unmatched: 0 }
  for (const { outcome, telling, many } of rows) {
    counts.rows += many
    counts[outcomeOf(outcome)] += many
    if (outcome === outcomeCodes.matched) counts[telling ? 'changed' : 'unchanged'] += many
  }
  return counts
}

const rememberMapping = async (db: Db, row: ImportRow, kind: ListKindId): Promise<void> => {
  const { mapping } = row
  if (!mapping || !row.stated.learn) return
  const meant = new Map(mapping.columns.map(({ column, field }) => [column, field]))
  const wishes = mapping.headings
    .map((heading, column) => [heading, meant.get(column) ?? 'none'])
    .filter(([heading]) => heading !== '')
  await db.change(sql`insert into import_mappings (id, scope, kind, signature, mapping, created_by)
    values (gen_random_uuid(), ${row.scope}, ${kind}, ${mapping.signature}, ${JSON.stringify(wishes)}, ${row.created_by})
    on conflict (scope, kind, signature) do update set mapping = excluded.mapping, used_at = now()`)
}

/**
 * Reads the whole list and says what it would change, row by row; writes nothing else. One transaction: killed or
 * cancelled half way, it leaves nothing. [X7]
 */
export const previewImport = async (importing: Importing, importId: string): Promise<void> => {
  const { services } = importing
  const report = reportProgress(services, importId)
  await services.door.asJob('importer', async (db, client) => {
    const row = await findImport(db, importId)
    if (row?.state !== 'previewing') return
    const { statement } = row.stated
    if (!statement || !row.mapping) return
    const newer = await findNewerSource(db, row, statement)
    if (newer) throw olderList(newer)
    const reading = { fileName: row.file_name, statement, mapping: row.mapping, today: services.today() }
    const staging = openStaging(reading, services.secrets, row.byte_size)
    const content = await fetchedFor(staging, () => fetchFile(db, row, statement.kind, services.secrets))
    const { rows, places, sheets } = await staging.stage({ client, content, report })
    await keepSealed(db, row)
    await report.at('judging', 0, rows)
    if (statement.kind !== 'roster') {
      await db.change(sql`create index on s (row)`)
      await db.change(sql`analyze s (row, outcome, place, school_id)`)
    }
    await judgeRows(db, client, row, statement, places)
    await keepPreview(db, row, statement, { places, sheets })
  })
}

/** What was previewed before goes; the file comes, and with it the work table. */
const fetchFile = async (db: Db, row: ImportRow, kind: ListKindId, secrets: Secrets): Promise<Buffer> => {
  await clearPreview(db, row.id)
  await db.change({ text: createWorkTable(kind) })
  return loadFile(db, row.id, secrets)
}

const clearPreview = async (db: Db, importId: string): Promise<void> => {
  await db.change(sql`delete from import_staged where import_id = ${importId}`)
  await db.change(sql`delete from import_matches where import_id = ${importId}`)
  await db.change(sql`delete from import_rows where import_id = ${importId}`)
  await db.change(sql`delete from import_values where import_id = ${importId}`)
  await dropWaiting(db, importId)
}

const keepPreview = async (
  db: Db,
  row: ImportRow,
  statement: Statement,
  kept: Pick<StagedList, 'places' | 'sheets'>,
): Promise<void> => {
  await keepRows(db, row, statement.kind)
  await rememberMapping(db, row, statement.kind)
  const counts = await countOutcomes(db, row.id)
  const touched = await db.change(sql`update imports set state = 'previewed', counts = ${JSON.stringify(counts)},
      stated = stated || ${JSON.stringify(kept)}::jsonb, progress = '{}', refusal = null
    where id = ${row.id} and state = 'previewing'`)
  if (touched === 0) throw cancelled()
}
