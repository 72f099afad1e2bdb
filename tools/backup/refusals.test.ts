import { spawnSync } from 'node:child_process'
import { cpSync, readdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../server/platform/database/test-database.ts'
import { backUp } from './back-up.ts'
import { connected, type Installation, keys, openInstallation, steps } from './installation.fixture.ts'
import { type ManifestContent, openManifest, sealManifest } from './manifest.ts'
import { restoreDatabase, takeEmptyFolder, verifyBackup } from './restore.ts'
import { findFilledTable } from './table-copies.ts'

let installation: Installation
let whole: string
beforeAll(async () => {
  installation = await openInstallation()
  whole = installation.whole
})
afterAll(() => installation.close())

const passwordsOf = ({ appUrl, workerUrl }: TestDatabase) => ({
  app: decodeURIComponent(new URL(appUrl).password),
  worker: decodeURIComponent(new URL(workerUrl).password),
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
const stored = (at: string) => {
  const hex = installation.sha256.toString('hex')
  return join(at, 'files', hex.slice(0, 2), hex.slice(2, 4), hex)
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
  const at = installation.inFolder(`spoilt-${uuidv7()}`)
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
  const { inFolder } = installation
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
  expect(await connected(fresh.ownerUrl, findFilledTable)).toBe(undefined)
  await fresh.drop()
})

test('other keys are told from damage', async () => {
  const strange = { encryptionKey: Buffer.alloc(32, 8), blindIndexKey: keys.blindIndexKey }
  await expect(verifyBackup(whole, strange, steps)).rejects.toMatchObject({ code: 'backup.other-keys' })
  const half = { encryptionKey: keys.encryptionKey, blindIndexKey: Buffer.alloc(32, 8) }
  await expect(verifyBackup(whole, half, steps)).rejects.toMatchObject({ code: 'backup.other-keys' })
})

test('neither a backup nor a restore writes into a folder that holds something', async () => {
  const { ownerUrl, filesFolder } = installation
  const files = { filesFolder, version: '0.1.0' }
  await expect(backUp({ ownerUrl, keys, to: whole, ...files })).rejects.toMatchObject({ code: 'backup.not-empty' })
  expect(() => takeEmptyFolder(whole)).toThrow(expect.objectContaining({ code: 'backup.not-empty' }))
  await verifyBackup(whole, keys, steps)
})

test('the two commands carry an installation to an empty folder and say what to keep', async () => {
  const { inFolder, folder } = installation
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
