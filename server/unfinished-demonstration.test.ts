import pg from 'pg'
import pino from 'pino'
import { afterAll, expect, test } from 'vitest'
import { type OpenGround, openGround } from './ground.ts'
import { temporaryFolder } from './platform/database/embedded/test-program.ts'

const room = temporaryFolder()
afterAll(() => room.remove())

const open = () => openGround({ DATA_DIR: room.path }, pino({ level: 'silent' }))

const on = async <T>(url: string, work: (owner: pg.Client) => Promise<T>): Promise<T> => {
  const owner = new pg.Client({ connectionString: url })
  await owner.connect()
  try {
    return await work(owner)
  } finally {
    await owner.end()
  }
}

const layUnit = ({ urls }: OpenGround) =>
  on(urls.ownerUrl, (owner) =>
    owner.query(`insert into units (id, path, parent_id, kind, name, opened_on)
      values (gen_random_uuid(), '0001', null, 'county', '临湖县', '2024-09-01')`),
  )
const countUnits = ({ urls }: OpenGround) =>
  on(urls.ownerUrl, async (owner) => (await owner.query('select 1 from units')).rowCount)

test('a start that finds half a demonstration begins again from nothing; what was loaded whole stays', async () => {
  const first = await open()
  first.demonstration.begin()
  await layUnit(first)
  // Cut off where an import's second session had prepared its part.
  await on(first.urls.workerUrl, (worker) =>
    worker.query(
      `begin; set local role importer; select 1 from units for update; reset role; prepare transaction 'import cut off'`,
    ),
  )
  await first.stop()

  const second = await open()
  expect(await countUnits(second)).toBe(0)
  expect(second.demonstration.stands()).toBe(false)
  second.demonstration.begin()
  await layUnit(second)
  second.demonstration.end()
  await second.stop()

  const third = await open()
  expect(await countUnits(third)).toBe(1)
  // The same on a server that is not ours to empty: one sentence, and nothing is touched.
  third.demonstration.begin()
  const address = third.urls.ownerUrl
  const other = temporaryFolder()
  try {
    const outside = () => openGround({ DATA_DIR: other.path, DATABASE_URL: address }, pino({ level: 'silent' }))
    const beside = await outside()
    beside.demonstration.begin()
    await beside.stop()
    await expect(outside()).rejects.toThrow('外部数据库 tongxing 里只有一半')
    expect(await countUnits(third)).toBe(1)
  } finally {
    other.remove()
    third.demonstration.end()
    await third.stop()
  }
})

test.each([
  ['postgres://office:x@127.0.0.1:1/office', '连不上外部数据库 127.0.0.1:1,'],
  ['127.0.0.1/office', 'DATABASE_URL 不是数据库的地址'],
])('an outside address that leads nowhere is named without its password: %s', async (address, sentence) => {
  const other = temporaryFolder()
  try {
    const opened = openGround({ DATA_DIR: other.path, DATABASE_URL: address }, pino({ level: 'silent' }))
    await expect(opened).rejects.toThrow(sentence)
  } finally {
    other.remove()
  }
})
