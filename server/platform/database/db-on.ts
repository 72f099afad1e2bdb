import type { Client, PoolClient } from 'pg'
import { send } from './send-in-one-message.ts'
import type { Db, Statement } from './statement.ts'
import type { Outcome } from './wire.ts'

/** Wraps a client in an open transaction; once it has `ended` nothing more can be sent. */
export const dbOn = (client: PoolClient | Client, ended: () => boolean = () => false): Db => {
  const ask = async (statement: Statement): Promise<Outcome> => {
    if (ended()) throw new Error('the transaction has ended')
    return send(client, statement)
  }
  return {
    rows: async <Row extends object>(statement: Statement) => (await ask(statement)).rows as Row[],
    first: async <Row extends object>(statement: Statement) => (await ask(statement)).rows[0] as Row | undefined,
    change: async (statement) => (await ask(statement)).rowCount,
  }
}
