import fc from 'fast-check'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CopyValue, openCopy } from './copy.ts'
import { openRowPacker, type PackedType } from './copy-binary.ts'
import { freshDatabase, type TestDatabase } from './test-database.ts'

let database: TestDatabase
let client: Client
beforeAll(async () => {
  database = await freshDatabase()
  client = new Client({ connectionString: database.ownerUrl })
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await database.drop()
})

const types = ['smallint', 'integer', 'bigint', 'boolean', 'uuid', 'text', 'date', 'bytea', 'jsonb'] as const

/** The rows as the server reads them, each value as its text. */
const through = async (rows: readonly (readonly CopyValue[])[]): Promise<(string | null)[][]> => {
  await client.query('begin')
  await client.query(
    `create temp table packed (n serial, ${types.map((type) => `"${type}" ${type}`).join(', ')}) on commit drop`,
  )
  const columns = types.map((type) => `"${type}"`).join(', ')
  const copy = openCopy(client as never, `copy packed (${columns}) from stdin (format binary)`)
  const packer = openRowPacker(types)
  for (const row of rows) {
    packer.add(row)
    if (packer.size() > 20_000) await copy.write(packer.take())
  }
  await copy.write(packer.end())
  await copy.end()
  const texts = types.map((type) => (type === 'bytea' ? `encode(bytea, 'hex') as bytea` : `"${type}"::text`))
  const { rows: read } = await client.query({
    text: `select ${texts.join(', ')} from packed order by n`,
    rowMode: 'array',
  })
  await client.query('rollback')
  return read
}

const whole = (most: number) => fc.integer({ min: -most, max: most })
const text = fc.string({ unit: 'grapheme', maxLength: 90 }).filter((value) => !value.includes('\0'))
const day = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2100-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const row = fc.tuple(
  ...[whole(0x7fff), whole(0x7fffffff), whole(Number.MAX_SAFE_INTEGER), fc.boolean(), fc.uuid(), text, day].map(
    (value) => fc.option(value as fc.Arbitrary<CopyValue>),
  ),
  fc.option(fc.uint8Array({ maxLength: 300 })),
)

test('whatever rows hold is read by the server as it was given', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 200 }), async (given) => {
      const read = await through(given.map((values) => [...values, null]))
      const wanted = given.map((values) => [
        ...values.map((value) =>
          value === null ? null : value instanceof Uint8Array ? Buffer.from(value).toString('hex') : String(value),
        ),
        null,
      ])
      expect(read).toEqual(wanted)
    }),
    { seed: 20261122, numRuns: 20 },
  )
})

test('lists and objects travel as they are, and a number may come as its sixteen bytes', async () => {
  const id = '018f0000-0000-7000-8000-0000000000ff'
  const bytes = Buffer.from(id.replaceAll('-', ''), 'hex')
  const [read] = await through([[null, null, null, null, bytes, null, null, null, [{ 一: '二𠮷' }]]])
  expect(read?.[4]).toBe(id)
  expect(JSON.parse(read?.[8] ?? '')).toEqual([{ 一: '二𠮷' }])
})

test.each<[PackedType, CopyValue]>([
  ['smallint', 0x8000],
  ['integer', 1.5],
  ['integer', 2 ** 31],
  ['integer', '7'],
  ['bigint', 2 ** 53],
  ['boolean', 1],
  ['uuid', 'ffff'],
  ['text', 7],
  ['date', '2025-02-30'],
  ['date', '2025-2-3'],
  ['bytea', 'ff'],
])('a column of %s refuses %s instead of writing another value', (type, value) => {
  expect(() => openRowPacker([type]).add([value])).toThrow(RangeError)
})
