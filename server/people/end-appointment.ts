import type { UnitKind } from '#contract/organisations'
import { type endAppointment as declared, whyNotAppoint } from '#contract/people'
import { type BodyOf, notFound, type PlainDate, Refusal } from '#contract/platform'
import { type Actor, audit, type Db, type Services, sql } from '#server/platform'
import { appointmentChanged } from './appointment-changed.ts'
import { rewriteActorSettings } from './rewrite-actor-settings.ts'
import type { SeesOf } from './sight.ts'

interface AppointmentRow {
  readonly id: string
  readonly person_id: string
  readonly unit_id: string
  readonly path: string
  readonly kind: UnitKind
  readonly post: string
  readonly from_date: string
  readonly until_date: string | null
}

const findAppointment = (db: Db, id: string) =>
  db.first<AppointmentRow>(sql`select a.id, a.person_id, a.unit_id, u.path, u.kind, a.post, a.from_date, a.until_date
    from appointments a join units u on u.id = a.unit_id where a.id = ${id}`)

const mayEnd = async (db: Db, { posts }: Actor, id: string): Promise<AppointmentRow> => {
  const found = await findAppointment(db, id)
  if (!found) throw notFound()
  const refusal = whyNotAppoint(found.post, found, posts)
  if (refusal) throw refusal
  return found
}

const whyNotEnd = ({ from_date, until_date }: AppointmentRow, until: PlainDate): Refusal | undefined => {
  if (until_date === until) return undefined
  if (until_date) return new Refusal('people.already-ended', '这个岗位已经免去。')
  if (until < from_date)
    return new Refusal('people.ends-before-start', '免去日期早于任命日期。', 'invalid', [
      { field: 'untilDate', reason: `不能早于 ${from_date}` },
    ])
  return undefined
}

/**
 * Takes a post back: `untilDate` is the first day it is no longer held, so a post ended today is gone on the next
 * request. [T7] Refuses `people.already-ended`, `people.ends-before-start`, `people.not-permitted`.
 */
export const endAppointment = async (
  services: Services,
  seesOf: SeesOf,
  actor: Actor,
  appointmentId: string,
  { untilDate }: BodyOf<typeof declared>,
): Promise<Record<string, never>> => {
  const known = await services.door.asActor(actor, (db, me) => mayEnd(db, me, appointmentId))
  await services.door.asJob('importer', async (db) => {
    await db.rows(sql`select id from people where id = ${known.person_id} for update`)
    const appointment = await findAppointment(db, appointmentId)
    const refusal = appointment ? whyNotEnd(appointment, untilDate) : notFound()
    if (refusal) throw refusal
    await db.change(sql`update appointments set until_date = ${untilDate} where id = ${appointmentId}`)
    await rewriteActorSettings(db, [known.person_id], seesOf, services.today())
    await audit(db, {
      actorId: actor.personId,
      action: 'people.end-appointment',
      outcome: 'done',
      scope: known.path,
      subject: known.person_id,
      detail: { appointment: appointmentId, post: known.post, until: untilDate },
    })
    await services.events.announce(db, appointmentChanged, {
      appointmentId,
      personId: known.person_id,
      unitId: known.unit_id,
      unitPath: known.path,
      post: known.post,
    })
  })
  return {}
}
