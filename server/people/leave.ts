import { type leaveStaff as declared, whyNotLeave } from '#contract/people'
import { type AnswerOf, type BodyOf, type PlainDate, Refusal } from '#contract/platform'
import { type Actor, type Db, eventKind, type Services, sql } from '#server/platform'
import { endSessions, fileAccount, keepAccount } from './accounts-kept.ts'
import { type AppointmentChanged, appointmentChanged } from './appointment-changed.ts'
import { rewriteActorSettings } from './rewrite-actor-settings.ts'
import type { SeesOf } from './sight.ts'

/** A member of staff is gone: whatever else hangs on the person ends in the same transaction. */
export interface PersonLeft {
  readonly personId: string
  readonly on: PlainDate
  /** Filled by listeners: how many students lost their mentor. */
  readonly ended: { students: number }
}

export const personLeft = eventKind<PersonLeft>('person.left')

const endPosts = (db: Db, personId: string, on: PlainDate): Promise<AppointmentChanged[]> =>
  db.rows<AppointmentChanged>(sql`update appointments set until_date = greatest(from_date, ${on}::date)
    where person_id = ${personId} and (until_date is null or until_date > greatest(from_date, ${on}::date))
    returning id as "appointmentId", person_id as "personId", unit_id as "unitId", scope as "unitPath", post`)

const shut = async (db: Db, personId: string): Promise<void> => {
  await db.change(sql`update accounts set status = 'stopped', resting = false where person_id = ${personId}`)
  await endSessions(db, personId)
}

/**
 * Puts a departure on file: every post ends and becomes vacant, so that its duties pass to the next one up; students
 * lose the mentor; the account and its sessions are shut at once. Put on file twice is put on file. [T7 C13]
 * Refuses `people.already-left`, `people.leaves-later`, `people.own-departure`, and as `keepAccount`.
 */
export const leave = (
  services: Services,
  seesOf: SeesOf,
  actor: Actor,
  personId: string,
  { on }: BodyOf<typeof declared>,
): Promise<AnswerOf<typeof declared>> => {
  if (actor.personId === personId)
    throw new Refusal('people.own-departure', '自己的离职请由上级单位办理。', 'forbidden')
  return keepAccount(services, actor, personId, async (db, person) => {
    const today = services.today()
    const found = await db.first<{ leftOn: PlainDate | null }>(
      sql`select left_on as "leftOn" from people where id = ${personId}`,
    )
    const refusal = whyNotLeave({ leftOn: found?.leftOn ?? null }, on, today)
    if (refusal) throw refusal
    await db.change(sql`update people set left_on = ${on} where id = ${personId}`)
    const posts = await endPosts(db, personId, on)
    const left: PersonLeft = { personId, on, ended: { students: 0 } }
    await services.events.announce(db, personLeft, left)
    await rewriteActorSettings(db, [personId], seesOf, today)
    await shut(db, personId)
    await fileAccount(db, actor, 'people.leave', person)
    for (const post of posts) await services.events.announce(db, appointmentChanged, post)
    return { posts: posts.length, students: left.ended.students }
  })
}
