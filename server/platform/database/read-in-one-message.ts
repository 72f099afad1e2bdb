import pg, { type PoolClient } from 'pg'
import { nameOf, type Statement } from './statement.ts'

// The driver remembers which named statements a connection has parsed; SQL's EXECUTE runs the same plans.
const isPrepared = (client: PoolClient, name: string): boolean =>
  name in
  (client as unknown as { connection: { parsedStatements: Record<string, string> } }).connection.parsedStatements

const element = (value: unknown): string =>
  typeof value === 'number' ? String(value) : `"${String(value).replace(/["\\]/g, '\\$&')}"`

// Values as text the server reads by the parameter's own type.
const literal = (value: unknown): string => {
  if (value === null || value === undefined) return 'null'
  if (Array.isArray(value)) return pg.escapeLiteral(`{${value.map(element).join(',')}}`)
  if (Buffer.isBuffer(value)) return pg.escapeLiteral(`\\x${value.toString('hex')}`)
  return pg.escapeLiteral(String(value))
}

const execution = (statement: Statement): string => {
  const values = (statement.values ?? []).map(literal).join(',')
  return `execute "${nameOf(statement.text)}"${values === '' ? '' : `(${values})`}`
}

/**
 * A whole read as one message: begin, the settings, the freshness check, the statement, commit. The server answers once
 * instead of five times, which is what a short read costs most. Undefined when a statement is not prepared on this
 * connection yet; the ordinary way then prepares it. Not for Citus, which would send the whole text to its workers.
 */
export const readInOneMessage = async <Row extends object>(
  client: PoolClient,
  settings: Statement,
  freshness: Statement,
  statement: Statement,
): Promise<Row[] | undefined> => {
  const steps = [settings, freshness, statement]
  if (!steps.every((step) => isPrepared(client, nameOf(step.text)))) return undefined
  const text = ['begin', ...steps.map(execution), 'commit'].join(';')
  const results = (await client.query(text)) as unknown as { command: string; rows: Row[] }[]
  if (results.at(-1)?.command !== 'COMMIT') throw new Error('the transaction was rolled back')
  return results.at(-2)?.rows ?? []
}
