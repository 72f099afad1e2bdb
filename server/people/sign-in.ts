import { randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { type signIn as declared, mobileOf } from '#contract/people'
import type { BodyOf } from '#contract/platform'
import { Refusal } from '#contract/platform'
import { audit, type Db, type Services, type SessionAnswer, sql, tokenHash } from '#server/platform'
import { phoneDigest } from './phone-digest.ts'

const hoursOpen = 12
const failuresBeforeLock = 5
const minutesLocked = 15

// One sentence for a wrong password, an unknown, a stopped and a locked account: nobody learns which names exist.
const refused = (): Refusal =>
  new Refusal(
    'people.wrong-sign-in',
    `账号或密码不对。连续输错 ${failuresBeforeLock} 次后,账号锁定 ${minutesLocked} 分钟。`,
    'unauthenticated',
  )

export interface Account {
  readonly id: string
  readonly person_id: string
  readonly password_hash: string
  readonly name: string
  readonly scope: string
}

type NewSession = NonNullable<SessionAnswer<unknown>['session']>

/** Hashes a password as accounts store it (argon2id). */
export const hashPassword = (password: string): Promise<string> => hash(password)

let nobodysHash: Promise<string> | undefined
const costOfNobody = (): Promise<string> => {
  nobodysHash ??= hashPassword(randomBytes(16).toString('hex'))
  return nobodysHash
}

// The try is counted before the password is looked at, so that many tries at once cannot slip past the lock.
/** Takes one of the tries an account has left before it is locked; undefined when it is unknown, stopped or locked. */
export const takeTry = (db: Db, loginName: string, phone: Buffer | null = null): Promise<Account | undefined> =>
  db.first<Account>(sql`
    with tried as (
      update accounts set
        failed_count = case when locked_until is null then failed_count + 1 else 1 end,
        locked_until = case when locked_until is null and failed_count + 1 >= ${failuresBeforeLock}
          then now() + make_interval(mins => ${minutesLocked}) end
      where id = (select id from accounts where login_name = ${loginName} or phone_digest = ${phone}::bytea
          order by login_name = ${loginName} desc limit 1)
        and status = 'active' and (locked_until is null or locked_until <= now())
        and (not must_change or code_until is null or code_until > now())
      returning id, person_id, password_hash)
    select tried.*, coalesce(p.name, f.name) as name, coalesce(p.scope, f.scope) as scope
    from tried left join people p on p.id = tried.person_id left join family_members f on f.id = tried.person_id`)

/** Opens a session for whoever showed the right password, as the gate; failed tries are forgotten. */
export const openSession = async (db: Db, account: Account): Promise<NewSession> => {
  const token = randomBytes(32).toString('base64url')
  await db.change(sql`update accounts set failed_count = 0, locked_until = null where id = ${account.id}`)
  await db.change(sql`delete from sessions where person_id = ${account.person_id} and expires_at <= now()`)
  await db.change(sql`insert into sessions (token_hash, person_id, expires_at)
    values (decode(${tokenHash(token)}, 'hex'), ${account.person_id}, now() + make_interval(hours => ${hoursOpen}))`)
  return { token, maxAgeSeconds: hoursOpen * 3_600 }
}

// The password was checked outside the transaction: an account stopped or reset meanwhile must not be opened by it.
const openIfStillActive = async (db: Db, account: Account): Promise<NewSession> => {
  const still = await db.first(sql`update accounts set failed_count = 0
    where id = ${account.id} and status = 'active' and password_hash = ${account.password_hash} returning id`)
  if (!still) throw refused()
  const session = await openSession(db, account)
  await entry(db, account, 'done')
  return session
}

const entry = (db: Db, account: Account, outcome: 'done' | 'refused'): Promise<number> =>
  audit(db, { actorId: account.person_id, action: 'people.sign-in', outcome, scope: account.scope })

/**
 * Signs a person in for twelve hours. Refuses `people.wrong-sign-in` alike for an unknown account and a wrong password,
 * after the same work; five failures lock the account for fifteen minutes. [C13]
 */
export const signIn = async (
  services: Services,
  { loginName, password }: BodyOf<typeof declared>,
): Promise<SessionAnswer<{ name: string }>> => {
  const { door } = services
  const phone = mobileOf(loginName)
  const digest = phone ? phoneDigest(services, phone) : null
  const account = await door.asGate((db) => takeTry(db, loginName.toLowerCase(), digest))
  const right = await verify(account?.password_hash ?? (await costOfNobody()), password)
  if (!account || !right) {
    if (account) await door.asGate((db) => entry(db, account, 'refused'))
    throw refused()
  }
  const session = await door.asGate((db) => openIfStillActive(db, account))
  return { answer: { name: account.name }, session }
}
