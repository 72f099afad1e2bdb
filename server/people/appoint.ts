import type { UnitKind } from '#contract/organisations'
import { type appoint as declared, postLabel, whyNotAppoint } from '#contract/people'
import { type BodyOf, notFound, Refusal } from '#contract/platform'
import { type Actor, audit, type Db, type Services, sql } from '#server/platform'
import { appointmentChanged } from './appointment-changed.ts'
import { rewriteActorSettings } from './rewrite-actor-settings.ts'
import type { SeesOf } from './sight.ts'

type Wish = BodyOf<typeof declared>

interface UnitRow {
  readonly id: string
  readonly path: string
  readonly kind: UnitKind
  readonly name: string
  readonly closed_on: string | null
}

const mayAppoint = async (db: Db, { posts }: Actor, wish: Wish): Promise<UnitRow> => {
  const unit = await db.first<UnitRow>(sql`select id, path, kind, name, closed_on from units where id = ${wish.unitId}`)
  const person = await db.first(sql`select 1 as known from people where id = ${wish.personId} and left_on is null`)
  if (!unit || !person) throw notFound()
  const refusal = whyNotAppoint(wish.post, unit, posts)
  if (refusal) throw refusal
  if (unit.closed_on) throw new Refusal('people.unit-closed', `${unit.name}已撤销,不能再任命岗位。`)
  return unit
}

const findOverlap = (db: Db, wish: Wish) =>
  db.first<{ id: string }>(sql`select id from appointments
    where person_id = ${wish.personId} and unit_id = ${wish.unitId} and post = ${wish.post}
      and (until_date is null or until_date > ${wish.fromDate}::date)`)

/**
 * Gives a person a post at a unit from a day on; what they see follows on their next request. [T7]
 * The same id twice appoints once. Refuses `people.post-not-here`, `people.not-permitted`, `people.unit-closed`,
 * `people.already-appointed`.
 */
export const appoint = async (
  services: Services,
  seesOf: SeesOf,
  actor: Actor,
  wish: Wish,
): Promise<{ id: string }> => {
  const unit = await services.door.asActor(actor, (db, me) => mayAppoint(db, me, wish))
  await services.door.asJob('importer', async (db) => {
    // One person's posts change one at a time.
    await db.rows(sql`select id from people where id = ${wish.personId} for update`)
    const overlap = await findOverlap(db, wish)
    if (overlap?.id === wish.id) return
    if (overlap) throw new Refusal('people.already-appointed', `这位同志已在${unit.name}担任${postLabel(wish.post)}。`)
    await db.change(sql`insert into appointments (id, person_id, unit_id, scope, post, from_date, document)
      values (${wish.id}, ${wish.personId}, ${unit.id}, ${unit.path}, ${wish.post}, ${wish.fromDate}, ${wish.document})`)
    await rewriteActorSettings(db, [wish.personId], seesOf, services.today())
    await audit(db, {
      actorId: actor.personId,
      action: 'people.appoint',
      outcome: 'done',
      scope: unit.path,
      subject: wish.personId,
      detail: { appointment: wish.id, post: wish.post, from: wish.fromDate },
    })
    await services.events.announce(db, appointmentChanged, {
      appointmentId: wish.id,
      personId: wish.personId,
      unitId: unit.id,
      unitPath: unit.path,
      post: wish.post,
    })
  })
  return { id: wish.id }
}
