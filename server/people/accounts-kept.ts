import { randomInt } from 'node:crypto'
import type { UnitKind } from '#contract/organisations'
import { whyNotKeepAccount } from '#contract/people'
import { notFound, Refusal } from '#contract/platform'
import { type Actor, audit, type Db, type Services, sql } from '#server/platform'

export interface AccountRow {
  readonly id: string
  readonly login_name: string
  readonly status: 'active' | 'stopped'
  readonly must_change: boolean
  readonly resting: boolean
}

export interface KeptPerson {
  readonly id: string
  readonly scope: string
  readonly account: AccountRow | undefined
}

interface AppointmentRow {
  readonly post: string
  readonly kind: UnitKind
  readonly path: string
}

// No sign that is mistaken for another when read aloud or from paper: no 0 and o, no 1, i and l.
const signs = 'abcdefghjkmnpqrstuvwxyz23456789'
const signsInOneTime = 12

/** A password to be told once and replaced at the first sign-in; some 59 bits, in groups that can be read out. */
export const oneTimePassword = (): string =>
  Array.from({ length: signsInOneTime }, () => signs[randomInt(signs.length)] ?? '')
    .join('')
    .replace(/(.{4})(?=.)/g, '$1-')

const readAppointments = (db: Db, personId: string, today: string): Promise<AppointmentRow[]> =>
  db.rows<AppointmentRow>(sql`select a.post, u.kind, u.path from appointments a join units u on u.id = a.unit_id
    where a.person_id = ${personId} and (a.until_date is null or a.until_date > ${today}::date)`)

const readAccount = (db: Db, personId: string): Promise<AccountRow | undefined> =>
  db.first<AccountRow>(sql`select id, login_name, status, must_change, resting from accounts
    where person_id = ${personId} order by created_at, id limit 1`)

/**
 * Runs `work` on the account of a person whom the actor sees and may keep, one keeper at a time, as the importer and in
 * one transaction. Posts are asked there, because a keeper does not see those held above or elsewhere. [C13]
 * Refuses `people.own-account`, `people.not-permitted`.
 */
export const keepAccount = async <T>(
  services: Services,
  actor: Actor,
  personId: string,
  work: (db: Db, person: KeptPerson) => Promise<T>,
): Promise<T> => {
  const { scope, posts } = await services.door.asActor(actor, async (db, me) => {
    const person = await db.first<{ scope: string }>(sql`select scope from people where id = ${personId}`)
    if (!person) throw notFound()
    return { scope: person.scope, posts: me.posts }
  })
  return services.door.asJob('importer', async (db) => {
    await db.rows(sql`select id from people where id = ${personId} for update`)
    const held = await readAppointments(db, personId, services.today())
    const appointments = held.map(({ post, kind, path }) => ({ post, unit: { kind, path } }))
    const refusal = whyNotKeepAccount({ personId: actor.personId, posts }, { personId, scope, appointments })
    if (refusal) throw refusal
    return work(db, { id: personId, scope, account: await readAccount(db, personId) })
  })
}

/** The account that must be there. Refuses `people.no-account`. */
export const accountOf = ({ account }: KeptPerson): AccountRow => {
  if (!account) throw new Refusal('people.no-account', '这位同志还没有账号。')
  return account
}

/** Refuses `people.person-left` for whoever is no longer in service; `what` says what cannot be done. */
export const refuseLeft = async (db: Db, personId: string, what: string): Promise<void> => {
  const gone = await db.first(sql`select 1 as gone from people where id = ${personId} and left_on is not null`)
  if (gone) throw new Refusal('people.person-left', `这位同志已离职,${what}。`)
}

/** Ends every open session of a person at once: each transaction asks whether its session still stands. */
export const endSessions = (db: Db, personId: string): Promise<number> =>
  db.change(sql`delete from sessions where person_id = ${personId}`)

/** Puts on file what was done to an account; never the password. */
export const fileAccount = (db: Db, actor: Actor, action: string, person: KeptPerson): Promise<number> =>
  audit(db, { actorId: actor.personId, action, outcome: 'done', scope: person.scope, subject: person.id })
