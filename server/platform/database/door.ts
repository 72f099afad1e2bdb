import type { Pool, PoolClient } from 'pg'
import type { Actor } from '../actor.ts'
import { dbOn } from './db-on.ts'
import type { JobRole } from './job-role.ts'
import { placesByDomain } from './places-by-domain.ts'
import { type Beside, openBeside } from './prepared.ts'
import { send } from './send-in-one-message.ts'
import type { Db, Statement } from './statement.ts'
import { type Outcome, takeOver, wireOf } from './wire.ts'

export type { JobRole } from './job-role.ts'

/** The only ways into the database. */
export interface Door {
  /**
   * One transaction as a person: row policies decide which rows exist. The work may run twice when rights just changed;
   * it is given the actor whose rights hold now, whose posts it must ask, not those of the actor that came in. Work that
   * has sent its last statement may call `end` in the same turn: the transaction then ends with that message, and is one
   * message altogether when nothing was asked before. `plannedOnce`: its statements are few and always find the same few
   * rows, so that planning them anew would cost more than running them.
   */
  readonly asActor: <T>(
    actor: Actor,
    work: (db: Db, actor: Actor, end: () => void) => Promise<T>,
    plannedOnce?: boolean,
  ) => Promise<T>
  /** One statement as a person, everything in one flush. */
  readonly readAsActor: <Row extends object>(actor: Actor, statement: Statement) => Promise<Row[]>
  /** A few statements as a person, one after another in one flush; they are made for the actor whose rights hold now. */
  readonly readAllAsActor: (actor: Actor, statements: (actor: Actor) => readonly Statement[]) => Promise<object[][]>
  /** One transaction as a job. */
  readonly asJob: <T>(role: JobRole, work: (db: Db, client: PoolClient) => Promise<T>) => Promise<T>
  /** A second transaction beside a job's. */
  readonly beside: Beside
  /** One transaction before anyone is signed in: sessions and accounts only. */
  readonly asGate: <T>(work: (db: Db) => Promise<T>) => Promise<T>
}

/** Raised inside a transaction when the session ended or rights changed since the actor was read. */
export class StaleActor extends Error {}

const safeSetting = /^[A-Za-z0-9.,{}"\-_~]*$/

// Fails the whole transaction when nothing fresh is found; what it fails with is told apart from the work's own faults.
const freshness = (
  version: string,
): string => `(case when exists (select from sessions s join actor_settings a using (person_id)
    where s.token_hash = decode(current_setting('app.session'), 'hex') and s.expires_at > now() and a.version = ${version})
  then '1' else 'stale actor' end)::int`

const settingsOf = (actor: Actor): [string, string][] => {
  const entries: [string, string][] = [
    ['actor', actor.personId],
    ['session', actor.sessionHash],
    ...Object.entries(actor.settings),
    ...placesByDomain(actor),
  ]
  for (const [name, value] of entries) {
    if (!safeSetting.test(value) || !/^[a-z_0-9]+$/.test(name)) throw new Error(`unsafe value for setting ${name}`)
  }
  return entries
}

/**
 * What precedes a person's statements: the settings that row policies read, and the check that they still hold. On one
 * server a single statement does it all; were it to check before it has set, it would find nobody and fail. Citus carries
 * only SET LOCAL to its workers, and re-sends a text with several of them, so there each goes alone.
 */
const openingOf = (
  actor: Actor,
  distributed: boolean,
  { plannedOnce, asOverlooker }: Pick<Statement, 'plannedOnce' | 'asOverlooker'>,
): readonly Statement[] => {
  const entries = settingsOf(actor)
  if (distributed)
    return [
      ...entries.map(([name, value]) => ({ text: `set local app.${name} = '${value}'` })),
      ...(plannedOnce ? [{ text: 'set local plan_cache_mode = force_generic_plan' }] : []),
      { text: `select ${freshness('$1')} as fresh`, values: [actor.version] },
      ...(asOverlooker ? [{ text: 'set local role overlooker' }] : []),
    ]
  const calls = [
    ...entries.map(([name], index) => `set_config('app.${name}', $${index + 2}, true)`),
    ...(plannedOnce ? [`set_config('plan_cache_mode', 'force_generic_plan', true)`] : []),
    // This statement itself is asked under the role it began with; the next one is not.
    ...(asOverlooker ? [`set_config('role', 'overlooker', true)`] : []),
  ]
  return [
    {
      text: `select case when length(${calls.join(' || ')}) >= 0 then ${freshness('$1')} end as fresh`,
      values: [actor.version, ...entries.map(([, value]) => value)],
    },
  ]
}

const staleOr = (error: unknown): unknown => {
  const { code, message } = error as { code?: string; message?: string }
  return code === '22P02' && message?.includes('"stale actor"') ? new StaleActor() : error
}

const begin: Statement = { text: 'begin' }
const commit: Statement = { text: 'commit' }

const check = (answer: Outcome | undefined): void => {
  if (answer?.command !== 'COMMIT') throw new Error('the transaction was rolled back')
}

const finish = async (client: PoolClient): Promise<void> => check(await send(client, commit))

const abandon = async (client: PoolClient): Promise<void> => {
  try {
    await (wireOf(client) ? send(client, { text: 'rollback' }) : client.query('rollback'))
    client.release()
  } catch {
    // A connection whose state is unknown must never be borrowed again: the next person would see these rows.
    client.release(true)
  }
}

const wireOver = (client: PoolClient) => wireOf(client) ?? takeOver(client)

const beginAsJob = (client: PoolClient, role: string): Promise<unknown> => client.query(`begin; set local role ${role}`)

const beginAsGate = (client: PoolClient, role: string): Promise<unknown> => {
  wireOver(client)
  return Promise.all([begin, { text: `set local role ${role}` }].map((statement) => send(client, statement)))
}

const inTransaction = async <T>(
  pool: Pool,
  role: string,
  beginIn: (client: PoolClient, role: string) => Promise<unknown>,
  work: (db: Db, client: PoolClient) => Promise<T>,
): Promise<T> => {
  const client = await pool.connect()
  try {
    // The work's first statement follows at once; when the beginning fails, it is told why.
    const [begun, worked] = await Promise.allSettled([beginIn(client, role), work(dbOn(client), client)])
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

/** Whether the database is a Citus cluster, whose workers a setting reaches by SET LOCAL only. */
export const isCluster = async (door: Pick<Door, 'asGate'>): Promise<boolean> =>
  (await door.asGate((db) => db.first({ text: `select 1 from pg_extension where extname = 'citus'` }))) !== undefined

/** Builds the door from the people's pool and the jobs' pool. `reload` reads an actor anew or refuses; `distributed` on Citus. */
export const openDoor = (
  people: Pool,
  jobs: Pool,
  reload: (actor: Actor) => Promise<Actor>,
  distributed = false,
): Door => {
  // The same for each of an actor's requests, so it is made once.
  const openings = {
    usual: new WeakMap<Actor, readonly Statement[]>(),
    once: new WeakMap<Actor, readonly Statement[]>(),
    overlooking: new WeakMap<Actor, readonly Statement[]>(),
  }
  const opening = (actor: Actor, how: Pick<Statement, 'plannedOnce' | 'asOverlooker'> = {}): readonly Statement[] => {
    const plannedOnce = how.plannedOnce || how.asOverlooker || false
    const known = how.asOverlooker ? openings.overlooking : plannedOnce ? openings.once : openings.usual
    const made = known.get(actor) ?? openingOf(actor, distributed, { ...how, plannedOnce })
    known.set(actor, made)
    return made
  }
  // What the work waits for and the beginning fail together when the actor is stale; the beginning tells why.
  const together = async <T>(beginning: Promise<unknown>, work: Promise<T>): Promise<T> => {
    const [begun, outcome] = await Promise.allSettled([beginning, work])
    if (begun.status === 'rejected') throw staleOr(begun.reason)
    if (outcome.status === 'rejected') throw outcome.reason
    return outcome.value
  }
  const attempt = async <T>(actor: Actor, work: Parameters<Door['asActor']>[1], plannedOnce: boolean): Promise<T> => {
    const client = await people.connect()
    wireOver(client)
    let ending: Promise<void> | undefined
    const end = () => {
      ending = finish(client)
      // Its failure is told to the work's statements too; it is looked at when they are done.
      ending.catch(() => {})
    }
    try {
      // Everything up to the first statement goes out without waiting and is awaited together with the work.
      const beginning = Promise.all(
        [begin, ...opening(actor, { plannedOnce })].map((statement) => send(client, statement)),
      )
      const result = await together(
        beginning,
        work(
          dbOn(client, () => ending !== undefined),
          actor,
          end,
        ),
      )
      await (ending ?? finish(client))
      client.release()
      return result as T
    } catch (error) {
      await abandon(client)
      throw error
    }
  }
  const readAll = async (actor: Actor, statements: readonly Statement[]): Promise<object[][]> => {
    const client = await people.connect()
    try {
      // One message without a beginning is one transaction; only a cluster needs to be told where it begins and ends.
      const asked = [...opening(actor, statements[0]), ...statements]
      const outcomes = await wireOver(client).send(distributed ? [begin, ...asked, commit] : asked)
      if (distributed) check(outcomes.at(-1))
      client.release()
      const first = asked.length - statements.length + (distributed ? 1 : 0)
      return statements.map((_, index) => outcomes[first + index]?.rows ?? [])
    } catch (error) {
      await abandon(client)
      throw staleOr(error)
    }
  }
  const twice = async <T>(actor: Actor, once: (actor: Actor) => Promise<T>): Promise<T> => {
    try {
      return await once(actor)
    } catch (error) {
      if (!(error instanceof StaleActor)) throw error
    }
    return once(await reload(actor))
  }
  return {
    asActor: (actor, work, plannedOnce = false) => twice(actor, (current) => attempt(current, work, plannedOnce)),
    readAsActor: async <Row extends object>(actor: Actor, statement: Statement) => {
      const [rows = []] = await twice(actor, (current) => readAll(current, [statement]))
      return rows as Row[]
    },
    readAllAsActor: (actor, statements) => twice(actor, (current) => readAll(current, statements(current))),
    asJob: (role, work) => inTransaction(jobs, role, beginAsJob, work),
    beside: openBeside(jobs, distributed),
    asGate: (work) => inTransaction(people, 'gate', beginAsGate, work),
  }
}
