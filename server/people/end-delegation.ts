import { notFound } from '#contract/platform'
import { type Actor, audit, type Services, sql } from '#server/platform'
import { rewriteActorSettings } from './rewrite-actor-settings.ts'
import type { SeesOf } from './sight.ts'

/** Takes a lent post back at once, by who lent it or who holds it. Refuses `platform.not-found`. [T7] */
export const endDelegation = async (
  services: Services,
  seesOf: SeesOf,
  actor: Actor,
  delegationId: string,
): Promise<Record<string, never>> => {
  const today = services.today()
  await services.door.asJob('importer', async (db) => {
    const lent = await db.first<{ personId: string; scope: string; post: string }>(sql`update appointments
        set until_date = greatest(from_date, ${today}::date)
      where id = ${delegationId} and acting_for is not null and (acting_for = ${actor.personId} or person_id = ${actor.personId})
        and (until_date is null or until_date > ${today}::date)
      returning person_id as "personId", scope, post`)
    if (!lent) throw notFound()
    await rewriteActorSettings(db, [lent.personId], seesOf, today)
    await audit(db, {
      actorId: actor.personId,
      action: 'people.end-delegation',
      outcome: 'done',
      scope: lent.scope,
      subject: lent.personId,
      detail: { appointment: delegationId, post: lent.post },
    })
  })
  return {}
}
