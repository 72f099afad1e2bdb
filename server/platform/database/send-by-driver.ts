import type { Writable } from 'node:stream'
import pg, { type Client, type PoolClient, type QueryResult } from 'pg'
import { nameOf, type Statement } from './statement.ts'

type AnyClient = PoolClient | Client

interface Waiting {
  readonly statement: Statement
  readonly resolve: (result: QueryResult) => void
  readonly reject: (error: unknown) => void
}

interface DriverConnection {
  readonly stream: Writable
  /** Named statements this connection has parsed, by name. */
  readonly parsedStatements: Readonly<Record<string, string>>
}

const connectionOf = (client: AnyClient): DriverConnection =>
  (client as unknown as { connection: DriverConnection }).connection

const bare = new Set(['begin', 'commit'])

const isPrepared = (client: AnyClient, { text }: Statement): boolean =>
  bare.has(text) || nameOf(text) in connectionOf(client).parsedStatements

const element = (value: unknown): string => {
  if (value === null || value === undefined) return 'NULL'
  return typeof value === 'number' ? String(value) : `"${String(value).replace(/["\\]/g, '\\$&')}"`
}

// Values as text that the server reads by each parameter's own type, as it does with parameters sent apart.
const literal = (value: unknown): string => {
  if (value === null || value === undefined) return 'null'
  if (Array.isArray(value)) return pg.escapeLiteral(`{${value.map(element).join(',')}}`)
  if (value instanceof Uint8Array) return pg.escapeLiteral(`\\x${Buffer.from(value).toString('hex')}`)
  return pg.escapeLiteral(typeof value === 'object' ? JSON.stringify(value) : String(value))
}

const written = ({ text, values = [] }: Statement): string => {
  if (bare.has(text)) return text
  return `execute "${nameOf(text)}"${values.length === 0 ? '' : `(${values.map(literal).join(',')})`}`
}

// One message, one answer: with a message a statement, waking the other side cost more than the statements.
const sendAsOne = (client: AnyClient, waiting: readonly Waiting[]): void => {
  const text = waiting.map(({ statement }) => written(statement)).join(';')
  client.query(text).then(
    (results) => {
      const each = results as unknown as QueryResult[]
      waiting.forEach(({ resolve, reject }, index) => {
        const result = each[index]
        if (result) resolve(result)
        else reject(new Error('the server answered fewer statements than were sent'))
      })
    },
    (error: unknown) => {
      for (const { reject } of waiting) reject(error)
    },
  )
}

const sendEach = (client: AnyClient, waiting: readonly Waiting[]): void => {
  const { stream } = connectionOf(client)
  stream.cork()
  for (const { statement, resolve, reject } of waiting) {
    const { text, values = [] } = statement
    client.query({ name: nameOf(text), text, values: [...values] }).then(resolve, reject)
  }
  process.nextTick(() => stream.uncork())
}

const outboxes = new WeakMap<AnyClient, Waiting[]>()

const empty = (client: AnyClient): void => {
  const waiting = outboxes.get(client) ?? []
  outboxes.delete(client)
  const together = waiting.length > 1 && waiting.every(({ statement }) => isPrepared(client, statement))
  if (together) sendAsOne(client, waiting)
  else sendEach(client, waiting)
}

/**
 * Sends a job's statement together with everything else this client is given in the same turn of the event loop. Jobs
 * speak through the driver, which streams to and fro for them. Once all statements are prepared on the connection they
 * leave as one message and are answered at once; when one fails, all sent with it are told its error.
 */
export const sendByDriver = (client: AnyClient, statement: Statement): Promise<QueryResult> =>
  new Promise((resolve, reject) => {
    const outbox = outboxes.get(client)
    if (outbox) {
      outbox.push({ statement, resolve, reject })
      return
    }
    outboxes.set(client, [{ statement, resolve, reject }])
    process.nextTick(() => empty(client))
  })
