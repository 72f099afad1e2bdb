import { afterAll, beforeAll, expect, test } from 'vitest'
import { cancelImport } from './cancel-import.ts'
import { getImport } from './get-import.ts'
import { requestCommit } from './request-commit.ts'
import { waitingTable } from './roster/waiting-roster.ts'
import {
  bytesOf,
  closeDesk,
  county,
  importing,
  officer,
  openDesk,
  preview,
  students,
  upload,
  work,
} from './test-desk.ts'

beforeAll(openDesk, 120_000)
afterAll(() => closeDesk())

const waits = async (importId: string): Promise<boolean> => {
  const [row] = await county.rows<{ there: boolean }>('select to_regclass($1) is not null as there', [
    waitingTable(importId),
  ])
  return row?.there ?? false
}

const previewed = async (): Promise<string> => {
  const actor = await officer.actor()
  const importId = await upload(actor, bytesOf('01-学生基本信息表.xlsx'), '01.xlsx')
  await work()
  await preview(actor, importId)
  return importId
}

const commit = async (importId: string) => {
  await requestCommit(importing, await officer.actor(), importId)
  await work()
  return getImport(importing, await officer.actor(), importId)
}

test('[C13] a previewed roster lies where only the importing job reads', async () => {
  const importId = await previewed()
  expect(await waits(importId)).toBe(true)
  const readers = await county.rows<{ role: string; reads: boolean }>(
    `select r as role, has_schema_privilege(r, 'working', 'usage') and has_any_column_privilege(r, $1, 'select') as reads
     from unnest(array['app', 'importer', 'classifier', 'sealer', 'gate', 'counter', 'overlooker']) r`,
    [waitingTable(importId)],
  )
  expect(readers.filter(({ reads }) => reads).map(({ role }) => role)).toEqual(['importer'])
  await cancelImport(importing, await officer.actor(), importId)
  await work()
  expect(await waits(importId)).toBe(false)
})

test.each([
  ['emptied by a crash of the server', (table: string) => `truncate ${table}`],
  ['cut short', (table: string) => `delete from ${table} where row % 100 = 7`],
  ['left out of a backup', (table: string) => `drop table ${table}`],
])(
  '[X7] a previewed roster %s is not written but asked to be previewed again, and then written whole',
  async (_, harm) => {
    const before = await students()
    const importId = await previewed()
    await importing.services.door.asJob('importer', (db) => db.change({ text: harm(waitingTable(importId)) }))
    const sent = await commit(importId)
    expect(sent.state).toBe('mapped')
    expect(sent.refusal?.code).toBe('imports.preview-lost')
    expect(await students()).toBe(before)
    await preview(await officer.actor(), importId)
    expect((await commit(importId)).state).toBe('committed')
    expect(await students()).toBe(2274)
    expect(await waits(importId)).toBe(false)
  },
)
