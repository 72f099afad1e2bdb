import type { Pool, PoolClient } from 'pg'
import { Refusal } from '#contract/platform'
import type { Actor } from '../actor.ts'
import { dbOn } from './db-on.ts'
import { send } from './send-in-one-message.ts'
import type { Db, Statement } from './statement.ts'

/** The jobs that may speak to the database without a person, each with its own narrow grants. */
export type JobRole = 'importer' | 'classifier' | 'sealer'

/** The only ways into the database. */
export interface Door {
  /**
   * One transaction as a person: row policies decide which rows exist. The work may run twice when rights just changed;
   * it is given the actor whose rights hold now, whose posts it must ask, not those of the actor that came in.
   */
  readonly asActor: <T>(actor: Actor, work: (db: Db, actor: Actor) => Promise<T>) => Promise<T>
  /** One statement as a person, everything in one flush. */
  readonly readAsActor: <Row extends object>(actor: Actor, statement: Statement) => Promise<Row[]>
  /** One transaction as a job. */
  readonly asJob: <T>(role: JobRole, work: (db: Db, client: PoolClient) => Promise<T>) => Promise<T>
  /** One transaction before anyone is signed in: sessions and accounts only. */
  readonly asGate: <T>(work: (db: Db) => Promise<T>) => Promise<T>
}

/** Raised inside a transaction when the session ended or rights changed since the actor was read. */
export class StaleActor extends Error {}

const safeSetting = /^[A-Za-z0-9.,{}"\-_~]*$/

// Fails the whole transaction when nothing fresh is found; what it fails with is told apart from the work's own faults.
const freshness = `select (case count(*) when 1 then '1' else 'stale actor' end)::int as fresh
  from sessions s join actor_settings a using (person_id)
  where s.token_hash = decode(current_setting('app.session'), 'hex') and s.expires_at > now() and a.version = $1`

const settingsOf = (actor: Actor): [string, string][] => {
  const entries: [string, string][] = [
    ['actor', actor.personId],
    ['session', actor.sessionHash],
    ...Object.entries(actor.settings),
  ]
  for (const [name, value] of entries) {
    if (!safeSetting.test(value) || !/^[a-z_0-9]+$/.test(name)) throw new Error(`unsafe value for setting ${name}`)
  }
  return entries
}

const settingsStatement = (actor: Actor): Statement => {
  const entries = settingsOf(actor)
  const calls = entries.map(([name], index) => `set_config('app.${name}', $${index + 1}, true)`)
  return { text: `select length(${calls.join(' || ')})`, values: entries.map(([, value]) => value) }
}

// On one server a single named statement sets everything for the transaction. Citus carries only SET LOCAL to its
// workers, and re-sends a text with several of them, so there each goes alone.
const sendSettings = (client: PoolClient, actor: Actor, distributed: boolean): Promise<unknown>[] => {
  if (!distributed) return [send(client, settingsStatement(actor))]
  return settingsOf(actor).map(([name, value]) => client.query(`set local app.${name} = '${value}'`))
}

const staleOr = (error: unknown): unknown => {
  const { code, message } = error as { code?: string; message?: string }
  return code === '22P02' && message?.includes('"stale actor"') ? new StaleActor() : error
}

// Everything up to the first statement goes out without waiting and is awaited together with the work.
const beginAs = (client: PoolClient, actor: Actor, distributed: boolean): Promise<unknown> =>
  Promise.all([
    send(client, { text: 'begin' }),
    ...sendSettings(client, actor, distributed),
    send(client, { text: freshness, values: [actor.version] }),
  ])

const finish = async (client: PoolClient): Promise<void> => {
  const answer = await send(client, { text: 'commit' })
  if (answer.command !== 'COMMIT') throw new Error('the transaction was rolled back')
}

const abandon = async (client: PoolClient): Promise<void> => {
  try {
    await client.query('rollback')
    client.release()
  } catch {
    // A connection whose state is unknown must never be borrowed again: the next person would see these rows.
    client.release(true)
  }
}

const isUnavailable = (error: unknown): boolean => {
  const code = (error as { code?: string }).code
  return code === 'ECONNREFUSED' || code === '57P01' || code === '57P03' || code === 'ENOENT' || code === 'ECONNRESET'
}

const translated = (error: unknown): unknown =>
  isUnavailable(error)
    ? new Refusal('platform.database-away', '数据库正在恢复,您的内容没有丢失,请稍后再试。', 'unavailable')
    : error

const inTransaction = async <T>(
  pool: Pool,
  role: string,
  work: (db: Db, client: PoolClient) => Promise<T>,
): Promise<T> => {
  const client = await pool.connect()
  try {
    // The work's first statement follows at once; when the beginning fails, it is told why.
    const [begun, worked] = await Promise.allSettled([
      client.query(`begin; set local role ${role}`),
      work(dbOn(client), client),
    ])
    if (begun.status === 'rejected') throw begun.reason
    if (worked.status === 'rejected') throw worked.reason
    const result = worked.value
    await finish(client)
    client.release()
    return result
  } catch (error) {
    await abandon(client)
    throw error
  }
}

/** Builds the door from the people's pool and the jobs' pool. `reload` reads an actor anew or refuses; `distributed` on Citus. */
export const openDoor = (
  people: Pool,
  jobs: Pool,
  reload: (actor: Actor) => Promise<Actor>,
  distributed = false,
): Door => {
  // What the work waits for and the beginning fail together when the actor is stale; the beginning tells why.
  const together = async <T>(beginning: Promise<unknown>, work: Promise<T>): Promise<T> => {
    const [begun, outcome] = await Promise.allSettled([beginning, work])
    if (begun.status === 'rejected') throw staleOr(begun.reason)
    if (outcome.status === 'rejected') throw outcome.reason
    return outcome.value
  }
  const attempt = async <T>(actor: Actor, work: (db: Db, actor: Actor) => Promise<T>): Promise<T> => {
    const client = await people.connect()
    try {
      const result = await together(beginAs(client, actor, distributed), work(dbOn(client), actor))
      await finish(client)
      client.release()
      return result
    } catch (error) {
      await abandon(client)
      throw error
    }
  }
  const readOnce = async <Row extends object>(actor: Actor, statement: Statement): Promise<Row[]> => {
    const client = await people.connect()
    try {
      const beginning = beginAs(client, actor, distributed)
      const rows = dbOn(client).rows<Row>(statement)
      const read = Promise.all([rows, finish(client)]).then(([found]) => found)
      const found = await together(beginning, read)
      client.release()
      return found
    } catch (error) {
      await abandon(client)
      throw error
    }
  }
  const twice = async <T>(actor: Actor, once: (actor: Actor) => Promise<T>): Promise<T> => {
    try {
      return await once(actor)
    } catch (error) {
      if (!(error instanceof StaleActor)) throw translated(error)
    }
    return once(await reload(actor))
  }
  return {
    asActor: (actor, work) => twice(actor, (current) => attempt(current, work)),
    readAsActor: (actor, statement) => twice(actor, (current) => readOnce(current, statement)),
    asJob: (role, work) => inTransaction(jobs, role, work),
    asGate: (work) => inTransaction(people, 'gate', work),
  }
}
