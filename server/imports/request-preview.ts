import { isListKindId } from '#contract/imports'
import { notFound, Refusal } from '#contract/platform'
import { type Actor, type Db, sql } from '#server/platform'
import { type AskedMapping, confirmMapping, invalidMapping } from './confirm-mapping.ts'
import { mustFind } from './get-import.ts'
import type { Importing, KeptMapping, Statement } from './importing.ts'
import { whyNotImport } from './may-import.ts'
import { secrecyOf } from './view-import.ts'

export interface AskedPreview {
  readonly statement: Omit<Statement, 'kind'> & { readonly kind: string }
  readonly mapping: AskedMapping
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
  if (!isListKindId(kind)) throw invalidMapping('statement.kind', '没有这种名单')
  const refusal = whyNotImport(importing, { posts: actor.posts }, row.scope, kind, row.mapping?.restriction ?? [])
  if (refusal) throw refusal
  if (!previewable.includes(row.state) || !row.mapping)
    throw new Refusal('imports.not-now', '这次导入现在不能核对,请刷新后再看。')
  if (asked.statement.asOf > services.today()) throw invalidMapping('statement.asOf', '名单日期不能晚于今天')
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
