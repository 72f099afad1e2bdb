import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../test-database.ts'
import { checkOutsideServer } from './check-outside-server.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.drop())

/** What the check says of a database made with these words. */
async function checkOf(words: string): Promise<unknown> {
  const name = `outside_${randomBytes(4).toString('hex')}`
  const owner = new Client({ connectionString: database.ownerUrl })
  await owner.connect()
  await owner.query(`create database ${name} template template0 ${words}`)
  const url = new URL(database.ownerUrl)
  url.pathname = `/${name}`
  const client = new Client({ connectionString: url.href })
  await client.connect()
  const said = await checkOutsideServer(client).catch((error: unknown) => error)
  await client.end()
  await owner.query(`drop database ${name}`)
  await owner.end()
  return said
}

test('a database in which Chinese characters are letters is accepted', async () => {
  const owner = new Client({ connectionString: database.ownerUrl })
  await owner.connect()
  const { rows } = await owner.query(`select current_setting('server_version_num')::int >= 170000 as builtin`)
  await owner.end()
  const locale = rows[0].builtin ? `locale_provider builtin builtin_locale 'C.UTF-8' locale 'C'` : `locale 'C.UTF-8'`
  expect(await checkOf(`encoding 'UTF8' ${locale}`)).toBeUndefined()
})

test('a database whose locale takes Chinese characters for signs is refused with the remedy', async () => {
  expect(await checkOf(`encoding 'UTF8' locale_provider libc locale 'C'`)).toMatchObject({
    code: 'database.ctype',
    sentence: expect.stringContaining(`locale 'C.UTF-8'`),
  })
})

test('a database that is not UTF-8 is refused', async () => {
  expect(await checkOf(`encoding 'SQL_ASCII' locale_provider libc locale 'C'`)).toMatchObject({
    code: 'database.encoding',
  })
})
