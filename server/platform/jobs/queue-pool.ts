import { randomUUID } from 'node:crypto'
import pg from 'pg'

/** What connections of all programs working on the queue begin their name with. */
export const queueNames = 'tongxing-jobs-'

/** The name of one program's connections, told apart from those of every other. */
export const ownQueueName = (): string => `${queueNames}${randomUUID()}`

/**
 * The queue library stops listening to a pool it opened itself before that pool is closed; a connection that ends with
 * its database just then would end the program. This pool is listened to until its last connection is gone.
 */
export const openQueuePool = (connectionString: string, name: string, onFault: (error: Error) => void): pg.Pool => {
  const pool = new pg.Pool({ connectionString, application_name: name })
  pool.on('error', onFault)
  pool.on('connect', (client) => client.on('error', onFault))
  return pool
}
