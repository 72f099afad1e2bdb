import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { migrate, migrationsFolder, whatIsWaiting } from './migrate.ts'
import { type Migration, readMigrations, settingsOf } from './read-migrations.ts'
import { freshDatabase, type TestDatabase } from './test-database.ts'

let database: TestDatabase
let owner: Client
let passwords: { app: string; worker: string }
let before: number
beforeAll(async () => {
  database = await freshDatabase()
  owner = await connect(database.ownerUrl)
  passwords = { app: passwordOf(database.appUrl), worker: passwordOf(database.workerUrl) }
  before = Math.max(...readMigrations(migrationsFolder).map((found) => found.number))
})
afterAll(async () => {
  await owner.end()
  await database.drop()
})

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url })
  await client.connect()
  return client
}

function passwordOf(url: string): string {
  return decodeURIComponent(new URL(url).password)
}

function step(number: number, sql: string): Migration {
  return {
    number,
    capability: 'trial',
    name: `step-${number}`,
    sql,
    checksum: createHash('sha256').update(sql).digest('hex'),
  }
}

/** A step slow enough for two migrations to meet in it. */
function onceOnly(): Migration {
  return step(before + 1, 'create table once_only (n int); select pg_sleep(0.3); insert into once_only values (1)')
}

/** The program's own steps and some more. */
function withMore(...more: Migration[]): Migration[] {
  return [...readMigrations(migrationsFolder), ...more]
}

test('a fresh database takes every login, and a second migration finds nothing to do', async () => {
  for (const url of [database.ownerUrl, database.appUrl, database.workerUrl]) {
    const client = await connect(url)
    expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }])
    await client.end()
  }
  expect(await migrate(owner, withMore(), { passwords })).toEqual({ applied: [], version: before })
})

test('two databases of one run are apart from each other', async () => {
  const other = await freshDatabase()
  await owner.query('create table apart (n int)')
  const client = await connect(other.ownerUrl)
  expect((await client.query(`select to_regclass('apart') as found`)).rows).toEqual([{ found: null }])
  await client.end()
  await other.drop()
})

test('app passes no row policy, owns nothing, and takes gate but no job role', async () => {
  const roles =
    await owner.query(`select rolname from pg_roles where rolname in ('app', 'worker', 'gate', 'importer', 'classifier', 'sealer')
    and not rolsuper and not rolbypassrls and not rolinherit and not rolcreaterole and not rolcreatedb order by 1`)
  expect(roles.rows.map((row) => row.rolname)).toEqual(['app', 'classifier', 'gate', 'importer', 'sealer', 'worker'])
  const owned = await owner.query(`select relname from pg_class where relowner in ('app'::regrole, 'worker'::regrole)`)
  expect(owned.rows).toEqual([])
  const app = await connect(database.appUrl)
  await app.query('set role gate')
  await app.query('reset role')
  await expect(app.query('set role importer')).rejects.toMatchObject({ code: '42501' })
  await app.end()
  const worker = await connect(database.workerUrl)
  for (const role of ['importer', 'classifier', 'sealer', 'gate']) await worker.query(`set role ${role}`)
  await worker.end()
})

test('a failing step leaves nothing of itself and names its line', async () => {
  const failing = step(before + 1, 'create table half_done (n int);\n\nselect 1 / 0;\nselect nothing from nowhere;')
  await expect(migrate(owner, withMore(failing), { passwords })).rejects.toMatchObject({ code: 'migrations.failed' })
  expect((await owner.query(`select to_regclass('half_done') as found`)).rows).toEqual([{ found: null }])
  const wrong = step(before + 1, '-- 汉字𠮷\nselect 1;\nselect nothing from nowhere;')
  const sentence = expect.stringContaining(`trial/${String(before + 1).padStart(4, '0')}-step-${before + 1} 第 3 行`)
  await expect(migrate(owner, withMore(wrong), { passwords })).rejects.toMatchObject({ sentence })
})

test('two migrations at once apply a step once', async () => {
  const slow = onceOnly()
  const second = await connect(database.ownerUrl)
  const reports = await Promise.all([owner, second].map((client) => migrate(client, withMore(slow), { passwords })))
  expect(reports.map((report) => report.applied.length).sort()).toEqual([0, 1])
  expect((await owner.query('select count(*)::int as many from once_only')).rows).toEqual([{ many: 1 }])
  await second.end()
})

test('a database of a newer program, a changed step and a late number are refused, and nothing is applied', async () => {
  const known = withMore(onceOnly())
  await expect(migrate(owner, withMore(), { passwords })).rejects.toMatchObject({
    code: 'migrations.newer',
    sentence: expect.stringContaining('请用新版本启动'),
  })
  const changed = known.map((found, index) => (index === 0 ? { ...found, checksum: 'other' } : found))
  const later = step(before + 2, 'create table never_made (n int)')
  await expect(migrate(owner, [...changed, later], { passwords })).rejects.toMatchObject({ code: 'migrations.changed' })
  expect((await owner.query(`select to_regclass('never_made') as found`)).rows).toEqual([{ found: null }])
  const applied = { number: 5, capability: 'a', name: 'b', checksum: 'c' }
  const late = { ...step(3, ''), number: 3 }
  expect(() => whatIsWaiting([late, { ...applied, sql: '' }], [applied])).toThrow(/编号小于已经执行过的 5/)
})

test('an owner who may not set the session defaults is told the one statement to ask for', async () => {
  const asking = step(before + 2, `alter role app set app.never_granted = ''`)
  const known = onceOnly()
  expect(settingsOf([asking])).toEqual(['app.never_granted'])
  await expect(migrate(owner, withMore(known, asking), { passwords })).rejects.toMatchObject({
    code: 'database.role',
    sentence: expect.stringContaining('grant set on parameter app.never_granted to tongxing;'),
  })
})

test('an owner without CREATEROLE is told so when roles must be changed', async () => {
  const plain = `plain_${Math.floor(process.hrtime()[1])}`
  await owner.query(`create role ${plain} login password 'x'`)
  const url = new URL(database.ownerUrl)
  url.username = plain
  url.password = 'x'
  const client = await connect(url.href)
  await expect(migrate(client, withMore(), { passwords })).rejects.toMatchObject({ code: 'database.role' })
  await client.end()
  await owner.query(`drop role ${plain}`)
})

test('passwords reach the server only in their stored form', async () => {
  const told: string[] = []
  const listening = Object.create(owner, {
    query: {
      value: (sql: string, values?: unknown[]) => {
        told.push(sql, JSON.stringify(values))
        return owner.query(sql, values)
      },
    },
  }) as Client
  await migrate(listening, withMore(onceOnly()), {
    passwords,
  })
  expect(told.join()).toContain('alter role')
  expect(told.join()).not.toContain(passwords.app)
})

describe('reading the steps', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tongxing-steps-'))
    for (const capability of ['people', 'students']) mkdirSync(join(folder, capability))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))
  const write = (path: string, sql: string) => writeFileSync(join(folder, path), sql)

  test('numbers order the steps across capabilities, and line ends change no checksum', () => {
    write('students/0002-b.sql', 'select 1;\r\nselect 2;')
    write('people/0003-c.sql', 'select 1;\nselect 2;')
    write('people/0001-a.sql', 'select 1')
    write('people/notes.md', 'no step')
    const found = readMigrations(folder)
    expect(found.map((one) => `${one.capability} ${one.number} ${one.name}`)).toEqual([
      'people 1 a',
      'students 2 b',
      'people 3 c',
    ])
    expect(found[1]?.checksum).toBe(found[2]?.checksum)
  })

  test('a number used twice, a name without number and a step that ends its transaction are refused', () => {
    write('students/0001-b.sql', '')
    write('people/0001-a.sql', '')
    expect(() => readMigrations(folder)).toThrow(/编号重复：people\/0001-a 与 students\/0001-b/)
    rmSync(join(folder, 'students/0001-b.sql'))
    write('students/first.sql', '')
    expect(() => readMigrations(folder)).toThrow(/四位编号/)
    rmSync(join(folder, 'students/first.sql'))
    write('students/0002-b.sql', 'select 1;\ncommit;')
    expect(() => readMigrations(folder)).toThrow(/不得自行开始或结束事务/)
  })

  test('a function body may begin and end', () => {
    write('people/0001-a.sql', 'create function f() returns int language plpgsql as $$\nbegin\n  return 1;\nend;\n$$;')
    expect(readMigrations(folder)).toHaveLength(1)
  })
})
