import { Refusal } from '#contract/platform'
import type { Actor, HeldPost } from './actor.ts'
import type { Db } from './database/statement.ts'
import { sql } from './database/statement.ts'

/** Asked to sign in (again). */
export const signInFirst = (): Refusal => new Refusal('people.sign-in-first', '请先登录。', 'unauthenticated')

/** Asked to replace a one-time password before anything else. */
export const changePasswordFirst = (): Refusal =>
  new Refusal('people.change-password-first', '您用的是一次性密码,请先改成自己的密码。', 'forbidden')

interface ActorRow {
  readonly person_id: string
  readonly name: string
  readonly version: number
  readonly settings: Record<string, string>
  readonly posts: HeldPost[]
  readonly must_change: boolean
}

/** Reads the person behind a session with what they may see now; undefined when the session is unknown or over. */
export const findActor = async (db: Db, sessionHash: string): Promise<Actor | undefined> => {
  const row =
    await db.first<ActorRow>(sql`select a.person_id, coalesce(p.name, f.name) as name, a.version, a.settings, a.posts,
      exists (select from accounts o where o.person_id = s.person_id and o.must_change) as must_change
    from sessions s join actor_settings a using (person_id)
      left join people p on p.id = a.person_id left join family_members f on f.id = a.person_id
    where s.token_hash = decode(${sessionHash}, 'hex') and s.expires_at > now()`)
  if (!row) return undefined
  return {
    personId: row.person_id,
    name: row.name,
    sessionHash,
    version: row.version,
    settings: row.settings,
    posts: row.posts,
    mustChange: row.must_change,
  }
}

/** Remembers actors of open sessions. Only a hint: every transaction checks that version and session still hold. */
export interface ActorMemory {
  readonly recall: (sessionHash: string) => Promise<Actor>
  readonly reload: (actor: Actor) => Promise<Actor>
  readonly forget: (sessionHash: string) => void
}

const capacity = 20_000

/** Builds the memory over the gate. */
export const rememberActors = (asGate: <T>(work: (db: Db) => Promise<T>) => Promise<T>): ActorMemory => {
  const known = new Map<string, Actor>()
  const read = async (sessionHash: string): Promise<Actor> => {
    const actor = await asGate((db) => findActor(db, sessionHash))
    if (!actor) {
      known.delete(sessionHash)
      throw signInFirst()
    }
    // Who must change the password does nothing else before; nothing is gained by remembering, and a dead session shows.
    if (actor.mustChange) return actor
    if (known.size >= capacity) known.delete(known.keys().next().value as string)
    known.set(sessionHash, actor)
    return actor
  }
  return {
    recall: async (sessionHash) => known.get(sessionHash) ?? read(sessionHash),
    reload: (actor) => read(actor.sessionHash),
    forget: (sessionHash) => known.delete(sessionHash),
  }
}
