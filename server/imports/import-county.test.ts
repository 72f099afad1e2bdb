import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noCounts } from '#contract/imports'
import { openCounty, type TestCounty, workbooks } from './test-county.ts'

const folder = join(import.meta.dirname, '../../tools/fixtures/linhu-county')
const truth = JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8'))

let county: TestCounty
const reports = new Map<string, Awaited<ReturnType<TestCounty['bring']>>>()

beforeAll(async () => {
  county = await openCounty()
  for (const file of workbooks) reports.set(file, await county.bring(file))
}, 240_000)
afterAll(() => county?.close())

const report = (start: string) => {
  const found = [...reports].find(([file]) => file.startsWith(start))?.[1]
  if (!found) throw new Error(start)
  return found
}

test('[T2] the ten workbooks hold as many rows as they should', () => {
  const rows = [...reports].map(([file, { rows, refused, ...rest }]) => [
    file.slice(0, 2),
    rows,
    refused.length,
    JSON.stringify({ ...noCounts, ...rest, file: undefined, importId: undefined }),
  ])
  console.log(rows.map((row) => row.join(' ')).join('\n'))
  expect(report('01').rows).toBe(truth.rows.roster)
})
