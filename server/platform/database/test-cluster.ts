import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { openDataFolder } from '../data-folder/open-data-folder.ts'
import { startEmbeddedDatabase } from './embedded/start-embedded-database.ts'
import { migrate, migrationsFolder } from './migrate.ts'
import { type Migration, readMigrations, settingsOf } from './read-migrations.ts'

/** What a test needs to make its own database: the server's owner, and the passwords of the two logins. */
export type TestCluster = { readonly ownerUrl: string; readonly app: string; readonly worker: string }

/** The variable by which test processes find the run's cluster. */
export const testClusterVariable = 'TONGXING_TEST_CLUSTER'

/**
 * Global setup of the tests: one embedded server for the whole run, in a temporary folder, started and migrated when
 * the first test asks for it, so that runs of pure tests do not pay for it. When the run is killed, the server ends by
 * itself.
 */
export default async function setUpTestCluster(): Promise<() => Promise<void>> {
  let running: Promise<{ cluster: TestCluster; stop: () => Promise<void> }> | undefined
  const desk = createServer((_request, response) => {
    running ??= startCluster()
    running.then(
      ({ cluster }) => response.end(JSON.stringify(cluster)),
      (error: unknown) => {
        response.statusCode = 500
        response.end(error instanceof Error ? `${error.stack}\n${String(error.cause ?? '')}` : String(error))
      },
    )
  })
  await new Promise<void>((resolve) => desk.listen(0, '127.0.0.1', resolve))
  process.env[testClusterVariable] = `http://127.0.0.1:${(desk.address() as AddressInfo).port}/`
  return async () => {
    desk.close()
    desk.closeAllConnections()
    const stop = await running?.then(
      (started) => started.stop,
      () => undefined,
    )
    await stop?.()
  }
}

/** An office's own server (`TEST_DATABASE_URL`, its owner with createdb too): the template is a new database on it. */
async function openOnOutsideServer(serverUrl: string) {
  const template = `template_${randomBytes(6).toString('hex')}`
  const [app, worker] = [randomBytes(16).toString('hex'), randomBytes(16).toString('hex')]
  const ask = async (statement: string) => {
    const owner = new Client({ connectionString: serverUrl })
    await owner.connect()
    await owner.query(statement).finally(() => owner.end())
  }
  await ask(`create database ${template} template template0 encoding 'UTF8' locale 'C.UTF-8'`)
  const ownerUrl = Object.assign(new URL(serverUrl), { pathname: `/${template}` }).href
  const stop = () => ask(`drop database ${template} with (force)`)
  try {
    await migrateTemplate(ownerUrl, readMigrations(migrationsFolder), { app, worker })
    return { cluster: { ownerUrl, app, worker }, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function startCluster() {
  const outside = process.env.TEST_DATABASE_URL
  if (outside) return openOnOutsideServer(outside)
  const path = mkdtempSync(join(tmpdir(), 'tongxing-test-'))
  const remove = () => rmSync(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  try {
    const folder = await openDataFolder(path)
    const { app, worker } = folder.keys.passwords
    const steps = readMigrations(migrationsFolder)
    const settings = settingsOf(steps)
    const server = await startEmbeddedDatabase({ dataFolder: path, keys: folder.keys, durable: false, settings })
    const stop = async () => {
      await server.stop()
      remove()
    }
    try {
      await migrateTemplate(server.ownerUrl, steps, { app, worker })
      return { cluster: { ownerUrl: server.ownerUrl, app, worker }, stop }
    } catch (error) {
      await stop()
      throw error
    }
  } catch (error) {
    remove()
    throw error
  }
}

async function migrateTemplate(
  ownerUrl: string,
  steps: readonly Migration[],
  passwords: { app: string; worker: string },
): Promise<void> {
  const owner = new Client({ connectionString: ownerUrl })
  await owner.connect()
  try {
    await migrate(owner, steps, { passwords })
  } finally {
    await owner.end()
  }
}
