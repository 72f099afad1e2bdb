import Fastify from 'fastify'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sendFailure } from '../http/failures.ts'
import { openDoor } from './door.ts'
import { freshDatabase, type TestDatabase } from './test-database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.drop())

const answerTo = async (work: () => Promise<unknown>) => {
  const app = Fastify()
  app.setErrorHandler(sendFailure)
  app.get('/', async () => ({ done: await work() }))
  const { statusCode, body } = await app.inject('/')
  await app.close()
  const { refusal, fault } = JSON.parse(body)
  return [statusCode, refusal?.code ?? (fault ? 'fault' : 'done')]
}

test('who finds no connection, is cut off by a limit or meets a database that stops is told to come again; our own mistake is a fault', async () => {
  const pool = new pg.Pool({ connectionString: database.appUrl, max: 1, connectionTimeoutMillis: 50 })
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  const colleague = new pg.Client({ connectionString: database.appUrl })
  await colleague.connect()
  const door = openDoor(pool, pool, async (actor) => actor)
  const ask = (text: string) => answerTo(() => door.asGate((db) => db.rows({ text })))
  try {
    expect(await ask('select 1 as one')).toEqual([200, 'done'])
    const held = await pool.connect()
    expect(await ask('select 1 as one')).toEqual([503, 'platform.busy'])
    held.release()
    const slow = `select set_config('statement_timeout', '20', true)`
    expect(
      await answerTo(() =>
        door.asGate(async (db) => {
          await db.rows({ text: slow })
          return db.rows({ text: 'select pg_sleep(20)' })
        }),
      ),
    ).toEqual([503, 'platform.busy'])
    const cutOff = answerTo(() =>
      door.asGate(async (db) => {
        const self = await db.first<{ pid: number }>({ text: 'select pg_backend_pid() as pid' })
        await colleague.query('select pg_terminate_backend($1)', [self?.pid])
        return db.rows({ text: 'select pg_sleep(1)' })
      }),
    )
    expect(await cutOff).toEqual([503, 'platform.database-away'])
    expect(await ask('select nothing from nowhere')).toEqual([500, 'fault'])
    expect(await ask('select 1 as one')).toEqual([200, 'done'])
  } finally {
    await Promise.all([pool.end(), colleague.end()])
  }
})
