import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import type { AnswerOf, BodyInputOf, Endpoint, ParamsOf } from '#contract/platform'
import { type Actor, findActor, type Served, type Services, sql, tokenHash } from '#server/platform'

interface Asked<E> {
  readonly params: ParamsOf<E>
  readonly query?: Record<string, string | number>
  readonly body?: BodyInputOf<E>
  /** A file sent with it. */
  readonly upload?: Buffer
}

/** Calls operations the way a request does, as one person. */
export type ActAs = <E extends Endpoint>(endpoint: E, asked: Asked<E>) => Promise<AnswerOf<E>>

/**
 * Opens a session for a person of the demonstration and lets work be done in their name, through the operations that
 * serve requests; the session is closed afterwards.
 */
export const actAs = async <T>(
  { door }: Services,
  served: readonly Served[],
  personId: string,
  work: (act: ActAs, actor: Actor) => Promise<T>,
): Promise<T> => {
  const hash = tokenHash(randomBytes(32).toString('base64url'))
  await door.asGate((db) =>
    db.change(sql`insert into sessions (token_hash, person_id, expires_at)
      values (decode(${hash}, 'hex'), ${personId}, now() + interval '10 minutes')`),
  )
  try {
    const actor = await door.asGate((db) => findActor(db, hash))
    if (!actor) throw new Error('a person of the demonstration has no rights')
    const act: ActAs = async (endpoint, { params, query, body, upload }) => {
      const found = served.find((one) => one.endpoint.name === endpoint.name)
      if (!found) throw new Error(`${endpoint.name} is not served`)
      const input = {
        params,
        query: endpoint.query.parse(query ?? {}),
        body: endpoint.body === undefined || endpoint.body === 'upload' ? undefined : endpoint.body.parse(body ?? {}),
        actor,
        upload: Readable.from(upload ? [upload] : []),
      }
      const answer = (await found.handle(input as Parameters<Served['handle']>[0])) as object
      // What is JSON already is read as whoever asked would.
      const read = 'rawJson' in answer ? JSON.parse(String(answer.rawJson)) : answer
      return read as AnswerOf<typeof endpoint>
    }
    return await work(act, actor)
  } finally {
    await door.asGate((db) => db.change(sql`delete from sessions where token_hash = decode(${hash}, 'hex')`))
  }
}
