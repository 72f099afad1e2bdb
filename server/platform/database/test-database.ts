import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { type TestCluster, testClusterVariable } from './test-cluster.ts'

/** A migrated, empty database of its own for one test file. `worker` runs jobs, `app` serves people. */
export type TestDatabase = {
  readonly ownerUrl: string
  readonly appUrl: string
  readonly workerUrl: string
  drop(): Promise<void>
}

/** Makes a fresh database from the run's migrated template; `drop()` it in `afterAll`. */
export async function freshDatabase(): Promise<TestDatabase> {
  const cluster = await findCluster()
  return databaseLike(cluster, new URL(cluster.ownerUrl).pathname.slice(1))
}

async function databaseLike(cluster: TestCluster, template: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`
  await runAsOwner(cluster, `create database ${name} template ${template} strategy file_copy`)
  return {
    ownerUrl: urlFor(cluster, name),
    appUrl: urlFor(cluster, name, 'app', cluster.app),
    workerUrl: urlFor(cluster, name, 'worker', cluster.worker),
    drop: () => dropDatabase(cluster, name),
  }
}

/**
 * A copy of a database that is dear to make: `fill` makes it once in a run, whoever asks first; the others wait and take
 * a copy of their own. `fill` must have closed its connections when it returns.
 */
export async function copiedDatabase(name: string, fill: (made: TestDatabase) => Promise<void>): Promise<TestDatabase> {
  const cluster = await findCluster()
  const kept = `kept_${name}`
  const keeper = new Client({ connectionString: urlFor(cluster, 'postgres') })
  await keeper.connect()
  try {
    await keeper.query('select pg_advisory_lock(hashtext($1))', [kept])
    const { rowCount } = await keeper.query('select 1 from pg_database where datname = $1', [kept])
    if (rowCount === 0) {
      const made = await freshDatabase()
      await fill(made)
      await keeper.query(`alter database ${new URL(made.ownerUrl).pathname.slice(1)} rename to ${kept}`)
    }
    return await databaseLike(cluster, kept)
  } finally {
    await keeper.end()
  }
}

// The owner may not end the server's own vacuum of a database; it ends by itself.
async function dropDatabase(cluster: TestCluster, name: string, tries = 20): Promise<void> {
  try {
    await runAsOwner(cluster, `drop database if exists ${name} with (force)`)
  } catch (error) {
    if ((error as { code?: string }).code !== '42501' || tries === 0) throw error
    await new Promise((resolve) => setTimeout(resolve, 250))
    await dropDatabase(cluster, name, tries - 1)
  }
}

async function findCluster(): Promise<TestCluster> {
  const desk = process.env[testClusterVariable]
  if (desk === undefined) throw new Error('no test cluster: run this under tools/vitest.config.ts')
  const answer = await fetch(desk)
  if (!answer.ok) throw new Error(`the test cluster did not start: ${await answer.text()}`)
  return (await answer.json()) as TestCluster
}

function urlFor(cluster: TestCluster, database: string, user?: string, password?: string): string {
  const url = new URL(cluster.ownerUrl)
  url.pathname = `/${database}`
  if (user !== undefined) url.username = user
  if (password !== undefined) url.password = password
  return url.href
}

/** Connects elsewhere than to the template: nobody may be connected to it while it is copied. */
async function runAsOwner(cluster: TestCluster, sql: string): Promise<void> {
  const owner = new Client({ connectionString: urlFor(cluster, 'postgres') })
  await owner.connect()
  try {
    await owner.query(sql)
  } finally {
    await owner.end()
  }
}
