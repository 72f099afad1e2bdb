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
  const name = `test_${randomBytes(6).toString('hex')}`
  const template = new URL(cluster.ownerUrl).pathname.slice(1)
  await runAsOwner(cluster, `create database ${name} template ${template} strategy file_copy`)
  return {
    ownerUrl: urlFor(cluster, name),
    appUrl: urlFor(cluster, name, 'app', cluster.app),
    workerUrl: urlFor(cluster, name, 'worker', cluster.worker),
    drop: () => runAsOwner(cluster, `drop database if exists ${name} with (force)`),
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
