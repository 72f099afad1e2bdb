import { spawnSync } from 'node:child_process'
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sealAudit, verifyAudit } from '#server/people'
import { audit, dbOn, openFileStore, secretsFrom } from '#server/platform'
import { migrate, migrationsFolder } from '../../server/platform/database/migrate.ts'
import { readMigrations } from '../../server/platform/database/read-migrations.ts'
import { freshDatabase, type TestDatabase } from '../../server/platform/database/test-database.ts'
import { openWorld, type World } from '../../server/test-world.ts'
import { backUp } from './back-up.ts'
import { type BackupKeys, type ManifestContent, openManifest, sealManifest } from './manifest.ts'
import { restoreDatabase, restoreFiles, takeEmptyFolder, verifyBackup } from './restore.ts'
import { beginReading, copyTableOut, listTables } from './table-copies.ts'

const keys: BackupKeys = { encryptionKey: Buffer.alloc(32, 7), blindIndexKey: Buffer.alloc(32, 9) }
const steps = readMigrations(migrationsFolder)
const attachment = Buffer.from('%PDF-1.7 一份家访照片的替身')
const name = '张𠮷·\\N\t制表 "引号" 😀'

let folder: string
let world: World
let ownerUrl: string
let other: TestDatabase
let whole: string
let sha256: Buffer

const inFolder = (...parts: string[]) => join(folder, ...parts)
const passwordsOf = ({ appUrl, workerUrl }: TestDatabase) => ({
  app: decodeURIComponent(new URL(appUrl).password),
  worker: decodeURIComponent(new URL(workerUrl).password),
})

const connected = async <T>(url: string, work: (client: Client) => Promise<T>): Promise<T> => {
  const client = new Client({ connectionString: url })
  await client.connect()
  return work(client).finally(() => client.end())
}

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

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tongxing-backup-'))
  world = await openWorld()
  other = await freshDatabase()
  const { user, password, host, port, database } = world.owner
  ownerUrl = `postgres://${user}:${encodeURIComponent(String(password))}@${host}:${port}/${database}`
  await world.child(world.units.classA1, name, { family: { hardship_level: 1 }, protection: { key_student: true } })
  await world.classify(world.units.schoolA, world.units.schoolB)
  const { door } = world.program.services
  const entry = { actorId: null, action: 'test.entry', outcome: 'done', scope: 'a.' } as const
  for (let n = 0; n < 20; n++) await door.asJob('importer', (db) => audit(db, { ...entry, detail: { n } }))
  await door.asJob('sealer', sealAudit)
  sha256 = await openFileStore(inFolder('files'), secretsFrom(keys.encryptionKey, keys.blindIndexKey)).save(attachment)
  writeFileSync(join(inFolder('files'), readdirSync(inFolder('files'))[0] ?? '', 'draft.part'), 'half an upload')
  whole = inFolder('whole')
  await backUp({ ownerUrl, keys, filesFolder: inFolder('files'), to: whole, version: '0.1.0' })
})
afterAll(async () => {
  await world.close()
  await other.drop()
  rmSync(folder, { recursive: true, force: true })
})

test('what is restored equals what was backed up: every table, every attachment, and the audit chain', async () => {
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
  const parts = readdirSync(join(whole, 'tables'))
  expect(parts).toContain('students.copy')
  for (const part of parts) {
    const bytes = readFileSync(join(whole, 'tables', part))
    expect(bytes.includes(Buffer.from('赵一'))).toBe(false)
    expect(bytes.indexOf(Buffer.from([0x1f, 0x8b, 0x08]))).not.toBe(0)
  }
  expect(readdirSync(whole)).not.toContain('keys.json')
})

const content = () => openManifest(whole, keys)
const rewrite = (at: string, change: (found: ManifestContent) => object) =>
  writeFileSync(join(at, 'manifest.json'), sealManifest(keys, change(content()) as ManifestContent))
const flip = (path: string) => {
  const bytes = readFileSync(path)
  const middle = Math.floor(bytes.length / 2)
  bytes[middle] = (bytes[middle] ?? 0) ^ 1
  writeFileSync(path, bytes)
}
const students = (at: string) => join(at, 'tables', 'students.copy')
const stored = (at: string) => join(at, content().files.count === 1 ? storedPath() : '')
const storedPath = () => {
  const hex = sha256.toString('hex')
  return join('files', hex.slice(0, 2), hex.slice(2, 4), hex)
}

test.each<[string, string, RegExp, (at: string) => void]>([
  ['a table with one bit changed', 'damaged', /students\.copy 已损坏/, (at) => flip(students(at))],
  ['a table cut short', 'damaged', /students\.copy 已损坏/, (at) => truncateSync(students(at), 40)],
  ['a missing table', 'damaged', /缺少文件 .*students\.copy/, (at) => rmSync(students(at))],
  ['an attachment with one bit changed', 'damaged', /已损坏/, (at) => flip(stored(at))],
  ['a missing attachment', 'damaged', /缺少文件/, (at) => rmSync(stored(at))],
  ['a changed list of attachments', 'damaged', /files\.list 已损坏/, (at) => flip(join(at, 'files.list'))],
  [
    'a manifest changed by hand',
    'damaged',
    /被改动过/,
    (at) => {
      const path = join(at, 'manifest.json')
      writeFileSync(path, readFileSync(path, 'utf8').replace('"version": "0.1.0"', '"version": "0.2.0"'))
    },
  ],
  ['a manifest cut short', 'damaged', /已损坏/, (at) => truncateSync(join(at, 'manifest.json'), 100)],
  ['a backup that was not finished', 'unfinished', /没有做完/, (at) => rmSync(join(at, 'manifest.json'))],
  ['another programme’s folder', 'foreign', /不是同行做的备份/, (at) => writeFileSync(join(at, 'manifest.json'), '{}')],
  ['a newer format', 'newer', /更新版本/, (at) => rewrite(at, (found) => ({ ...found, format: 2 }))],
  [
    'a schema this program does not know',
    'newer',
    /更新版本.*future/,
    (at) =>
      rewrite(at, (found) => ({
        ...found,
        steps: [...found.steps, { number: 9999, label: 'future/9999-step', checksum: 'a'.repeat(64) }],
      })),
  ],
  [
    'a schema of a changed program',
    'foreign',
    /改动过的程序/,
    (at) =>
      rewrite(at, (found) => ({
        ...found,
        steps: found.steps.map((step, index) => (index === 0 ? { ...step, checksum: 'b'.repeat(64) } : step)),
      })),
  ],
])('%s is refused in one sentence', async (_what, code, sentence, spoil) => {
  const at = inFolder(`spoilt-${uuidv7()}`)
  cpSync(whole, at, { recursive: true })
  // The control: what is spoilt below is whole before.
  await verifyBackup(at, keys, steps)
  spoil(at)
  await expect(verifyBackup(at, keys, steps)).rejects.toMatchObject({
    code: `backup.${code}`,
    sentence: expect.stringMatching(sentence),
  })
})

test('two tables exchanged under valid hashes are found when they are opened, and nothing stays written', async () => {
  const at = inFolder('exchanged')
  cpSync(whole, at, { recursive: true })
  const [one, two] = content().tables.filter(({ rows }) => rows > 0) as [
    ManifestContent['tables'][0],
    ManifestContent['tables'][0],
  ]
  renameSync(join(at, one.path), join(at, 'aside'))
  renameSync(join(at, two.path), join(at, one.path))
  renameSync(join(at, 'aside'), join(at, two.path))
  rewrite(at, (found) => ({
    ...found,
    tables: found.tables.map((table) => {
      const from = table.name === one.name ? two : table.name === two.name ? one : table
      return { ...table, bytes: from.bytes, sha256: from.sha256 }
    }),
  }))
  const fresh = await freshDatabase()
  const backup = await verifyBackup(at, keys, steps)
  await expect(restoreDatabase(fresh.ownerUrl, backup, passwordsOf(fresh))).rejects.toThrow()
  const sums = Object.values(await sumsOf(fresh.ownerUrl)) as { rows: number }[]
  expect(sums.every(({ rows }) => rows === 0)).toBe(true)
  await fresh.drop()
})

test('other keys are told from damage', async () => {
  const strange = { encryptionKey: Buffer.alloc(32, 8), blindIndexKey: keys.blindIndexKey }
  await expect(verifyBackup(whole, strange, steps)).rejects.toMatchObject({ code: 'backup.other-keys' })
  const half = { encryptionKey: keys.encryptionKey, blindIndexKey: Buffer.alloc(32, 8) }
  await expect(verifyBackup(whole, half, steps)).rejects.toMatchObject({ code: 'backup.other-keys' })
})

test('neither a backup nor a restore writes into a folder that holds something', async () => {
  const files = { filesFolder: inFolder('files'), version: '0.1.0' }
  await expect(backUp({ ownerUrl, keys, to: whole, ...files })).rejects.toMatchObject({ code: 'backup.not-empty' })
  expect(() => takeEmptyFolder(whole)).toThrow(expect.objectContaining({ code: 'backup.not-empty' }))
  await verifyBackup(whole, keys, steps)
})

test('a backup of an older version is brought to the present one', async () => {
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
  const { rows } = await world.owner.query(
    `select relname from pg_class where relkind = 'S' and relnamespace = 'public'::regnamespace`,
  )
  expect(rows).toEqual([])
})

test('the two commands carry an installation to an empty folder and say what to keep', async () => {
  const root = join(import.meta.dirname, '../..')
  const command = (tool: string, words: string[], dataFolder: string) => {
    const env = { ...process.env, DATA_DIR: dataFolder, DATABASE_URL: '' }
    return spawnSync(process.execPath, [join(root, 'tools', tool), ...words], { encoding: 'utf8', env, cwd: root })
  }
  const text = (key: Uint8Array) => Buffer.from(key).toString('base64url')
  const secret = (letter: string) => letter.repeat(43)
  const keyFile = inFolder('keys-of-the-world.json')
  const passwords = { superuser: secret('s'), owner: secret('o'), app: secret('a'), worker: secret('w') }
  writeFileSync(
    keyFile,
    JSON.stringify({ encryptionKey: text(keys.encryptionKey), blindIndexKey: text(keys.blindIndexKey), ...passwords }),
  )
  const target = inFolder('installation')

  const locked = command('restore.ts', ['--from', whole], target)
  expect(locked).toMatchObject({ status: 1, stderr: expect.stringContaining('--keys') })
  const restored = command('restore.ts', ['--from', whole, '--keys', keyFile], target)
  expect(restored).toMatchObject({ status: 0, stdout: expect.stringContaining('恢复完成'), stderr: '' })
  const again = command('restore.ts', ['--from', whole, '--keys', keyFile], target)
  expect(again).toMatchObject({ status: 1, stderr: expect.stringContaining('已有内容') })

  const copy = inFolder('copy-of-it')
  const made = command('backup.ts', ['--to', copy, '--with-keys'], target)
  expect(made).toMatchObject({ status: 0, stdout: expect.stringContaining('备份完成'), stderr: '' })
  expect(readFileSync(join(copy, 'keys.json'), 'utf8')).toBe(readFileSync(keyFile, 'utf8'))
  const counts = ({ tables }: ManifestContent) => tables.map(({ name: table, rows }) => `${table} ${rows}`)
  expect(counts(openManifest(copy, keys))).toEqual(counts(content()))
  expect(openManifest(copy, keys).files.count).toBe(1)

  // A restore that fails gives the folder back as it was.
  const spoilt = inFolder('spoilt-at-the-end')
  cpSync(whole, spoilt, { recursive: true })
  flip(students(spoilt))
  const refused = command('restore.ts', ['--from', spoilt, '--keys', keyFile], inFolder('untouched'))
  expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining('已损坏') })
  expect(readdirSync(folder)).not.toContain('untouched')
})
