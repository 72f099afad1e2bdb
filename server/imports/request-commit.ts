import { isListKindId } from '#contract/imports'
import { Refusal } from '#contract/platform'
import { type Actor, sql } from '#server/platform'
import { mustFind } from './get-import.ts'
import type { Importing } from './importing.ts'
import { whyNotImport } from './may-import.ts'

/** Asks that the previewed set be written. Only for those who may import this kind of list here. [X7] */
export const requestCommit = async (
  importing: Importing,
  actor: Actor,
  importId: string,
): Promise<Record<string, never>> => {
  const { services } = importing
  const row = await mustFind(importing, actor, importId)
  if (row.state === 'committing' || row.state === 'committed') return {}
  if (row.state !== 'previewed' || !row.kind || !isListKindId(row.kind))
    throw new Refusal('imports.not-previewed', '请先核对,再写入。')
  const refusal = whyNotImport(importing, { posts: actor.posts }, row.scope, row.kind, row.mapping?.restriction ?? [])
  if (refusal) throw refusal
  const touched = await services.door.asActor(actor, (db) =>
    db.change(sql`update imports set state = 'committing' where id = ${importId} and state = 'previewed'`),
  )
  if (touched === 0) throw new Refusal('imports.not-previewed', '请先核对,再写入。')
  await services.enqueue('commit-import', { importId }, `commit-import ${importId}`)
  return {}
}
