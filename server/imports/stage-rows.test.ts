import { expect, test } from 'vitest'
import { secretsFrom } from '#server/platform'
import type { KeptMapping } from './importing.ts'
import { openStaging } from './stage-rows.ts'

const mapping: KeptMapping = {
  sheet: '',
  headingRow: 1,
  height: 1,
  headings: [],
  columns: [],
  missing: [],
  signature: '',
  remembered: false,
  restriction: [],
  samples: '',
}
const statement = { kind: 'roster', population: 'enrolled', asOf: '2026-09-01', replaces: false } as const
const secrets = secretsFrom(Buffer.alloc(32, 1), Buffer.alloc(32, 2))

test('a reading whose bytes never come ends, and its threads with it', async () => {
  const reading = { fileName: 'roster.xlsx', statement, mapping, today: '2026-11-22' }
  const threads = () => process.getActiveResourcesInfo().filter((one) => one === 'MessagePort').length
  const before = threads()
  const staging = openStaging(reading, secrets, 2 ** 20)
  expect(threads()).toBeGreaterThan(before)
  await staging.leave()
  expect(threads()).toBe(before)
})
