import { readFile } from 'node:fs/promises'
import { streamXlsxRows } from 'hucre/xlsx'
import pg from 'pg'
import pino from 'pino'
import { runImport } from '#server/imports'
import { secretsFrom } from '#server/platform'
import { compose } from '../../server/compose.ts'
import { copyLine, openCopy } from '../../server/platform/database/copy.ts'
import { readWorkbook } from '../../server/platform/spreadsheets/index.ts'

// One side of the figure, in a process of its own, so that its memory is its own.
const env = process.env
const path = env.WORKBOOK ?? ''
const columns = Array.from({ length: 20 }, (_, column) => `c${column} text`)
const bytesPerWrite = 64 * 1024
const clerk = { id: '00000000-0000-7000-8000-000000000001', name: '数据中心' }

/** What a side took: seconds by the clock, seconds of this process's processor time, peak of its memory in bytes. */
const measured = async (work: () => Promise<number>) => {
  const began = performance.now()
  const before = process.cpuUsage()
  const rows = await work()
  const { user, system } = process.cpuUsage(before)
  return {
    rows,
    clock: (performance.now() - began) / 1000,
    processor: (user + system) / 1e6,
    peak: process.resourceUsage().maxRSS * 1024,
  }
}

type Cells = readonly unknown[]

/** The rows as a bare program reads them: by the library, a row after the other, values as they are. */
async function* byLibrary(): AsyncGenerator<Cells> {
  for await (const { values } of streamXlsxRows(await readFile(path))) yield values
}

async function* byOwnReader(): AsyncGenerator<Cells> {
  for await (const { cells } of readWorkbook({ content: path, name: 'roster.xlsx' })) yield cells
}

const plain = (value: unknown): string => (value === null || value === undefined ? '' : String(value))

/** A floor: the same workbook, its rows copied as text into a plain table as they are read, committed. */
const bare = async (read: () => AsyncGenerator<Cells>) => {
  const client = new pg.Client({ connectionString: env.OWNER_URL })
  await client.connect()
  await client.query(`drop table if exists bare_rows`)
  await client.query(`create table bare_rows (${columns.join(', ')})`)
  const result = await measured(async () => {
    await client.query('begin')
    const copy = openCopy(client as never, 'copy bare_rows from stdin')
    let lines = ''
    let rows = 0
    for await (const cells of read()) {
      lines += copyLine(columns.map((_, column) => plain(cells[column])))
      rows++
      if (lines.length < bytesPerWrite) continue
      await copy.write(lines)
      lines = ''
    }
    await copy.write(lines)
    await copy.end()
    await client.query('commit')
    return rows
  })
  await client.query('drop table bare_rows')
  await client.end()
  return result
}

/** Ours: the file taken in, read, previewed and committed, by the steps of an upload. */
const ours = async () => {
  const program = await compose({
    appUrl: env.APP_URL ?? '',
    workerUrl: env.WORKER_URL ?? '',
    secrets: secretsFrom(Buffer.from(env.ENCRYPTION_KEY ?? '', 'hex'), Buffer.from(env.INDEX_KEY ?? '', 'hex')),
    filesFolder: env.FILES_FOLDER ?? '',
    log: pino({ level: 'error' }),
    demo: false,
    version: 'bench',
    secure: false,
  })
  const importing = { services: program.services, registry: program.registry }
  const wishes = { unitId: env.UNIT_ID ?? '', path, by: clerk, sender: { posts: null } }
  const result = await measured(async () => (await runImport(importing, wishes)).new)
  await program.close()
  return result
}

const sides = { library: () => bare(byLibrary), 'own-reader': () => bare(byOwnReader), ours } as const
process.send?.(await sides[env.SIDE as keyof typeof sides]())
process.disconnect?.()
