import type { Client, PoolClient } from 'pg'
import { send } from './send-in-one-message.ts'
import type { Db } from './statement.ts'

/** Wraps a client in an open transaction. */
export const dbOn = (client: PoolClient | Client): Db => ({
  rows: async <Row extends object>(statement: Parameters<Db['rows']>[0]) =>
    (await send(client, statement)).rows as Row[],
  first: async <Row extends object>(statement: Parameters<Db['first']>[0]) =>
    (await send(client, statement)).rows[0] as Row | undefined,
  change: async (statement) => (await send(client, statement)).rowCount ?? 0,
})
