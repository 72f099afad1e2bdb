import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { verifyAudit } from '#server/people'
import { dbOn, openFileStore, secretsFrom } from '#server/platform'
import { migrate } from '../../server/platform/database/migrate.ts'
import { freshDatabase, type TestDatabase } from '../../server/platform/database/test-database.ts'
import { backUp } from './back-up.ts'
import { attachment, connected, type Installation, keys, openInstallation, steps } from './installation.fixture.ts'
import { restoreDatabase, restoreFiles, verifyBackup } from './restore.ts'
import { beginReading, copyTableOut, listTables } from './table-copies.ts'

let installation: Installation
let other: TestDatabase
beforeAll(async () => {
  installation = await openInstallation()
  other = await freshDatabase()
})
afterAll(async () => {
  await installation.close()
  await other.drop()
})

const passwordsOf = ({ appUrl, workerUrl }: TestDatabase) => ({
  app: decodeURIComponent(new URL(appUrl).password),
  worker: decodeURIComponent(new URL(workerUrl).password),
})

/** Rows and a checksum of every table. */
const sumsOf = (url: string) =>
  connected(url, async (client) => {
    const sums: Record<string, unknown> = {}
    for (const { name: table } of await listTables(client)) {
      const { rows } = await client.query(
        `select count(*)::int as rows, md5(string_agg(t::text, E'\\n' order by t::text)) as sum from ${table} t`,
      )
      sums[table] = rows[0]
    }
    return sums
  })

test('what is restored equals what was backed up: every table, every attachment, and the audit chain', async () => {
  const { world, ownerUrl, whole, inFolder, sha256 } = installation
  const backup = await verifyBackup(whole, keys, steps)
  const rows = await restoreDatabase(other.ownerUrl, backup, passwordsOf(other))
  const sums = await sumsOf(ownerUrl)
  expect(await sumsOf(other.ownerUrl)).toEqual(sums)
  expect(rows).toBe(Object.values(sums).reduce((sum: number, one) => sum + (one as { rows: number }).rows, 0))
  expect(Object.values(sums).filter((one) => (one as { rows: number }).rows > 0).length).toBeGreaterThan(10)

  expect(await restoreFiles(backup, inFolder('restored'))).toBe(1)
  const store = openFileStore(inFolder('restored', 'files'), secretsFrom(keys.encryptionKey, keys.blindIndexKey))
  expect(await store.find(sha256)).toEqual(attachment)

  const before = await world.program.services.door.asJob('sealer', verifyAudit)
  const after = await connected(other.ownerUrl, (client) => verifyAudit(dbOn(client)))
  expect(after).toEqual(before)
  expect(after).toMatchObject({ damaged: [], broken: [] })
  expect(after.sealedEntries).toBeGreaterThanOrEqual(20)

  // The restored database is under the same row policies: whoever is nobody sees nothing.
  const seen = await connected(other.appUrl, (client) => client.query('select count(*)::int as count from students'))
  expect(seen.rows).toEqual([{ count: 0 }])
  await expect(restoreDatabase(other.ownerUrl, backup, passwordsOf(other))).rejects.toMatchObject({
    code: 'backup.not-empty',
  })
  expect(await sumsOf(other.ownerUrl)).toEqual(sums)
})

test('a table is copied as of the moment the backup began, whatever is written beside it', async () => {
  const { world, ownerUrl, inFolder } = installation
  const table = { name: 'people', columns: ['id', 'home_unit_id', 'scope', 'name', 'name_key', 'initials'] }
  const { county } = world.units
  await connected(ownerUrl, async (reader) => {
    await beginReading(reader)
    const count = (await reader.query('select count(*)::int as count from people')).rows[0].count
    await world.owner.query(
      `insert into people (id, home_unit_id, scope, name, name_key, initials) values ($1, $2, $3, '后来人', '后来人', 'hlr')`,
      [uuidv7(), county.id, county.path],
    )
    expect((await copyTableOut(reader, table, inFolder('moment'), keys)).rows).toBe(count)
    expect((await world.owner.query('select count(*)::int as count from people')).rows[0].count).toBe(count + 1)
    await reader.query('rollback')
  })
})

test('without the keys a backup tells no name and cannot even be unpacked', () => {
  const { whole } = installation
  const parts = readdirSync(join(whole, 'tables'))
  expect(parts).toContain('students.copy')
  for (const part of parts) {
    const bytes = readFileSync(join(whole, 'tables', part))
    expect(bytes.includes(Buffer.from('赵一'))).toBe(false)
    expect(bytes.indexOf(Buffer.from([0x1f, 0x8b, 0x08]))).not.toBe(0)
  }
  expect(readdirSync(whole)).not.toContain('keys.json')
})

test('a backup of an older version is brought to the present one', async () => {
  const { inFolder } = installation
  const database = `old_${uuidv7().slice(-12)}`
  const oldUrl = new URL(other.ownerUrl)
  oldUrl.pathname = `/${database}`
  await connected(other.ownerUrl, (client) => client.query(`create database ${database} template template0`))
  try {
    const older = steps.slice(0, -2)
    await connected(oldUrl.href, async (client) => {
      await migrate(client, older, { passwords: passwordsOf(other) })
      await client.query(`insert into units (id, path, kind, name) values ($1, 'z.', 'province', '旧省')`, [uuidv7()])
    })
    const to = inFolder('older')
    await backUp({ ownerUrl: oldUrl.href, keys, filesFolder: inFolder('none'), to, version: '0.0.9' })
    await connected(other.ownerUrl, (client) => client.query(`drop database ${database}`))
    await connected(other.ownerUrl, (client) => client.query(`create database ${database} template template0`))

    const backup = await verifyBackup(to, keys, steps)
    expect(backup.after).toEqual(steps.slice(-2))
    await restoreDatabase(oldUrl.href, backup, passwordsOf(other))
    await connected(oldUrl.href, async (client) => {
      expect((await client.query('select name from units')).rows).toEqual([{ name: '旧省' }])
      const done = await client.query('select max(number) as last, count(*)::int as count from schema_migrations')
      expect(done.rows).toEqual([{ last: steps.at(-1)?.number, count: steps.length }])
    })
  } finally {
    await connected(other.ownerUrl, (client) => client.query(`drop database if exists ${database} with (force)`))
  }
})

test('no table counts by a sequence, which a copy of rows would forget', async () => {
  const { world } = installation
  const { rows } = await world.owner.query(
    `select relname from pg_class where relkind = 'S' and relnamespace = 'public'::regnamespace`,
  )
  expect(rows).toEqual([])
})
