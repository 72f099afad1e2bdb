import { type delegatePost as declared, postLabel, whyNotDelegateOn } from '#contract/people'
import { addDays, type BodyOf, notFound, Refusal } from '#contract/platform'
import { type Actor, audit, type Db, type Services, sql } from '#server/platform'
import { appointmentChanged } from './appointment-changed.ts'
import { rewriteActorSettings } from './rewrite-actor-settings.ts'
import type { SeesOf } from './sight.ts'

type Wish = BodyOf<typeof declared>

interface Ground {
  readonly unitPath: string
  readonly until: string | null
}

// A lent post cannot be lent on, and only to somebody of the same school or office.
const mayDelegate = async (db: Db, me: Actor, wish: Wish): Promise<Ground> => {
  const own = await db.first<Ground>(sql`select u.path as "unitPath", a.until_date as until
    from appointments a join units u on u.id = a.unit_id
    where a.person_id = ${me.personId} and a.unit_id = ${wish.unitId} and a.post = ${wish.post} and a.acting_for is null
      and a.from_date <= ${wish.fromDate}::date and (a.until_date is null or a.until_date > ${wish.lastDate}::date)
    limit 1`)
  if (!own) throw notFound()
  const colleague = await db.first(sql`select 1 as known from people p
    where p.id = ${wish.toPersonId} and p.id <> ${me.personId} and p.left_on is null
      and p.scope >= ${me.settings.home_lo ?? '~'} and p.scope < ${me.settings.home_hi ?? ''}`)
  if (!colleague) throw notFound()
  return own
}

/**
 * Lends one's own post to a colleague of the same school or office for some days: they see and may do what the post sees
 * and may do, and every step says on whose behalf. It ends with the post it stands for. [T7]
 * Refuses `people.delegation-dates`, `people.already-delegated`, `platform.not-found`.
 */
export const delegatePost = async (
  services: Services,
  seesOf: SeesOf,
  actor: Actor,
  wish: Wish,
): Promise<{ id: string }> => {
  const dated = whyNotDelegateOn(wish.fromDate, wish.lastDate, services.today())
  if (dated) throw dated
  const ground = await services.door.asActor(actor, (db, me) => mayDelegate(db, me, wish))
  await services.door.asJob('importer', async (db) => {
    await db.rows(
      sql`select id from people where id = any(${[actor.personId, wish.toPersonId]}::uuid[]) order by id for update`,
    )
    const overlap = await db.first<{ id: string }>(sql`select id from appointments
      where unit_id = ${wish.unitId} and post = ${wish.post} and (acting_for = ${actor.personId} or person_id = ${wish.toPersonId})
        and from_date <= ${wish.lastDate}::date and (until_date is null or until_date > ${wish.fromDate}::date) limit 1`)
    if (overlap?.id === wish.id) return
    if (overlap) throw new Refusal('people.already-delegated', `这几天${postLabel(wish.post)}已有人代办或任职。`)
    await db.change(sql`insert into appointments (id, person_id, unit_id, scope, post, from_date, until_date, acting_for)
      values (${wish.id}, ${wish.toPersonId}, ${wish.unitId}, ${ground.unitPath}, ${wish.post}, ${wish.fromDate},
        ${addDays(wish.lastDate, 1)}, ${actor.personId})`)
    await rewriteActorSettings(db, [wish.toPersonId], seesOf, services.today())
    await audit(db, {
      actorId: actor.personId,
      action: 'people.delegate-post',
      outcome: 'done',
      scope: ground.unitPath,
      subject: wish.toPersonId,
      detail: { appointment: wish.id, post: wish.post, from: wish.fromDate, last: wish.lastDate },
    })
    await services.events.announce(db, appointmentChanged, {
      appointmentId: wish.id,
      personId: wish.toPersonId,
      unitId: wish.unitId,
      unitPath: ground.unitPath,
      post: wish.post,
    })
  })
  return { id: wish.id }
}
