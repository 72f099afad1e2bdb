import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { sealAudit } from '#server/people'
import { audit, openFileStore, secretsFrom } from '#server/platform'
import { migrationsFolder } from '../../server/platform/database/migrate.ts'
import { readMigrations } from '../../server/platform/database/read-migrations.ts'
import { openWorld } from '../../server/test-world.ts'
import { backUp } from './back-up.ts'
import type { BackupKeys } from './manifest.ts'

export const keys: BackupKeys = { encryptionKey: Buffer.alloc(32, 7), blindIndexKey: Buffer.alloc(32, 9) }
export const steps = readMigrations(migrationsFolder)
export const attachment = Buffer.from('%PDF-1.7 一份家访照片的替身')
const name = '张𠮷·\\N\t制表 "引号" 😀'

/** Asks a database something over a connection of its own. */
export const connected = async <T>(url: string, work: (client: Client) => Promise<T>): Promise<T> => {
  const client = new Client({ connectionString: url })
  await client.connect()
  return work(client).finally(() => client.end())
}

/** A small county with an attachment and a sealed audit log, and a whole backup of it. */
export const openInstallation = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tongxing-backup-'))
  const inFolder = (...parts: string[]) => join(folder, ...parts)
  const world = await openWorld()
  const { user, password, host, port, database } = world.owner
  const ownerUrl = `postgres://${user}:${encodeURIComponent(String(password))}@${host}:${port}/${database}`
  await world.child(world.units.classA1, name, { family: { hardship_level: 1 }, protection: { key_student: true } })
  await world.classify(world.units.schoolA, world.units.schoolB)
  const { door } = world.program.services
  const entry = { actorId: null, action: 'test.entry', outcome: 'done', scope: 'a.' } as const
  for (let n = 0; n < 20; n++) await door.asJob('importer', (db) => audit(db, { ...entry, detail: { n } }))
  await door.asJob('sealer', sealAudit)
  const filesFolder = inFolder('files')
  const sha256 = await openFileStore(filesFolder, secretsFrom(keys.encryptionKey, keys.blindIndexKey)).save(attachment)
  writeFileSync(join(filesFolder, readdirSync(filesFolder)[0] ?? '', 'draft.part'), 'half an upload')
  const whole = inFolder('whole')
  await backUp({ ownerUrl, keys, filesFolder, to: whole, version: '0.1.0' })
  return {
    world,
    ownerUrl,
    folder,
    inFolder,
    filesFolder,
    whole,
    sha256,
    close: async () => {
      await world.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export type Installation = Awaited<ReturnType<typeof openInstallation>>
