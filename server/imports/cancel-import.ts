import { Refusal } from '#contract/platform'
import { type Actor, audit, sql } from '#server/platform'
import { mustFind } from './get-import.ts'
import type { Importing } from './importing.ts'

/** Gives up an import that is not written yet; whatever a job is doing for it is undone. What is committed stays. */
export const cancelImport = async (
  { services, registry }: Importing,
  actor: Actor,
  importId: string,
): Promise<Record<string, never>> => {
  const row = await mustFind({ services, registry }, actor, importId)
  if (row.state === 'cancelled') return {}
  await services.door.asActor(actor, async (db) => {
    const touched = await db.change(sql`update imports set state = 'cancelled', mapping = null
      where id = ${importId} and state <> 'committed'`)
    if (touched === 0) throw new Refusal('imports.already-written', '已经写入,不能取消。')
    await audit(db, {
      actorId: actor.personId,
      action: 'imports.cancel',
      outcome: 'done',
      scope: row.scope,
      subject: importId,
    })
  })
  await services.enqueue('clear-import', { importId }, `clear-import ${importId}`)
  return {}
}
