import {
  type FieldId,
  isFieldId,
  isListKindId,
  kindOf,
  type ListKindId,
  type MappedColumn,
  mappedColumn,
  missingFields,
} from '#contract/imports'
import { notFound, Refusal } from '#contract/platform'
import { type Actor, type Db, sql } from '#server/platform'
import { mustFind } from './get-import.ts'
import type { Importing, KeptMapping, Statement } from './importing.ts'
import { whyNotImport } from './may-import.ts'
import { secrecyOf } from './view-import.ts'

export interface AskedPreview {
  readonly statement: Omit<Statement, 'kind'> & { readonly kind: string }
  readonly mapping: readonly { readonly column: number; readonly field: string | null }[]
}

const invalid = (field: string, reason: string) =>
  new Refusal('imports.invalid-mapping', '列的含义有误,请看各项提示。', 'invalid', [{ field, reason }])

const mayMean = (kind: ListKindId, field: string): field is FieldId | 'score' =>
  field === 'score' ? kindOf(kind).scores === true : isFieldId(field) && kindOf(kind).fields.includes(field)

const columnOf = (kept: KeptMapping, kind: ListKindId, column: number, field: string): MappedColumn => {
  const heading = kept.headings[column]
  if (heading === undefined) throw invalid(String(column), '表里没有这一列')
  const known = kept.columns.find((one) => one.column === column && one.field === field)
  if (known) return known
  if (!mayMean(kind, field)) throw invalid(String(column), '这种名单没有这一项')
  return mappedColumn({ column, field, confidence: 1 }, { heading, word: heading, samples: [] })
}

/** Columns as a person confirmed them: each field once, only fields this kind of list has. Refuses what is missing. */
export const confirmMapping = (
  kept: KeptMapping,
  kind: ListKindId,
  asked: AskedPreview['mapping'],
): { mapping: KeptMapping; corrected: boolean } => {
  const wanted = asked.filter((one): one is { column: number; field: string } => one.field !== null)
  const columns = wanted
    .map(({ column, field }) => columnOf(kept, kind, column, field))
    .sort((a, b) => a.column - b.column)
  const fields = columns.map(({ field }) => field).filter((field): field is FieldId => field !== 'score')
  const doubled = fields.find((field, index) => fields.indexOf(field) !== index)
  if (doubled) throw invalid(doubled, '有两列选了同一项,请只留一列')
  if (new Set(columns.map(({ column }) => column)).size < columns.length) throw invalid('mapping', '一列只能选一项')
  const missing = missingFields(kind, columns, kept.schoolGiven)
  if (missing.length > 0) throw invalid('mapping', `还没有指明哪一列是${missing.join('、')}`)
  const before = kept.columns.map(({ column, field }) => `${column} ${field}`).join()
  const corrected = columns.map(({ column, field }) => `${column} ${field}`).join() !== before
  return { mapping: { ...kept, columns, missing }, corrected }
}

const previewable = ['mapped', 'previewed']

/**
 * Asks for a preview with the confirmed columns and statement. The sender's right to this kind of list is asked again:
 * changing the kind must not open a door. [X7]
 */
export const requestPreview = async (
  importing: Importing,
  actor: Actor,
  importId: string,
  asked: AskedPreview,
): Promise<Record<string, never>> => {
  const { services } = importing
  const row = await mustFind(importing, actor, importId)
  const { kind } = asked.statement
  if (!isListKindId(kind)) throw invalid('statement.kind', '没有这种名单')
  const refusal = whyNotImport(importing, { posts: actor.posts }, row.scope, kind, row.mapping?.restriction ?? [])
  if (refusal) throw refusal
  if (!previewable.includes(row.state) || !row.mapping)
    throw new Refusal('imports.not-now', '这次导入现在不能核对,请刷新后再看。')
  if (asked.statement.asOf > services.today()) throw invalid('statement.asOf', '名单日期不能晚于今天')
  const { mapping, corrected } = confirmMapping(row.mapping, kind, asked.mapping)
  const statement: Statement = { ...asked.statement, kind }
  await services.door.asActor(actor, (db) => start(db, importId, { statement, mapping, corrected }))
  await services.enqueue('preview-import', { importId }, `preview-import ${importId}`)
  return {}
}

const start = async (
  db: Db,
  importId: string,
  { statement, mapping, corrected }: { statement: Statement; mapping: KeptMapping; corrected: boolean },
): Promise<void> => {
  const touched = await db.change(sql`update imports set state = 'previewing', kind = ${statement.kind},
      secrecy = ${secrecyOf(statement.kind)}, mapping = ${JSON.stringify(mapping)},
      stated = stated || ${JSON.stringify({ statement, learn: corrected })}::jsonb
    where id = ${importId} and state = any(${previewable}::text[])`)
  if (touched === 0) throw notFound()
}
