import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { columnOf, jsonRows, textsOf } from './json-rows.ts'
import { freshDatabase, type TestDatabase } from './test-database.ts'
import { takeOver, type Wire } from './wire.ts'

let database: TestDatabase
let client: pg.Client
let wire: Wire
let control: pg.Client

const connect = async (): Promise<pg.Client> => {
  const made = new pg.Client({ connectionString: database.ownerUrl })
  await made.connect()
  return made
}

beforeAll(async () => {
  database = await freshDatabase()
  control = await connect()
  await control.query(`create table pages (id int primary key, body text, check (body <> 'forbidden'))`)
  client = await connect()
  wire = takeOver(client)
})
beforeEach(() => control.query('delete from pages'))
afterAll(async () => {
  await Promise.all([client.end(), control.end()])
  await database.drop()
})

const put = (id: number, body: string) => ({ text: 'insert into pages values ($1, $2)', values: [id, body] })
const bodies = async () => (await control.query('select body from pages order by id')).rows.map(({ body }) => body)

test('statements of one message are kept together', async () => {
  const outcomes = await wire.send([put(1, 'one'), put(2, 'two'), { text: 'select body from pages order by id' }])
  expect(outcomes.map(({ rowCount }) => rowCount)).toEqual([1, 1, 2])
  expect(outcomes[2]?.rows).toEqual([{ body: 'one' }, { body: 'two' }])
  expect(await bodies()).toEqual(['one', 'two'])
})

test('when one statement of a message fails nothing of it is kept, and the error says what the server said', async () => {
  await expect(wire.send([put(1, 'one'), put(2, 'forbidden'), put(3, 'three')])).rejects.toMatchObject({
    code: '23514',
    table: 'pages',
    constraint: 'pages_body_check',
    message: expect.stringContaining('pages_body_check'),
  })
  expect(await bodies()).toEqual([])
})

test('a statement that was not reached is prepared the next time', async () => {
  const later = { text: 'select count(*)::int as many from pages' }
  await expect(wire.send([put(1, 'forbidden'), later])).rejects.toMatchObject({ code: '23514' })
  expect((await wire.send([later]))[0]?.rows).toEqual([{ many: 0 }])
  expect((await wire.send([later]))[0]?.rows).toEqual([{ many: 0 }])
})

test('messages sent before the first is answered are answered in their order', async () => {
  const answers = await Promise.all(
    [1, 2, 3, 4].map((n) => wire.send([{ text: 'select $1::int as n, pg_sleep($2)', values: [n, (5 - n) / 100] }])),
  )
  expect(answers.map(([outcome]) => outcome?.rows[0]?.n)).toEqual([1, 2, 3, 4])
})

test('values of every kind arrive as they are', async () => {
  const texts = ['', `'";--`, '\\n', '王·阿依古丽', '𠮷', 'line\nbreak\ttab', '{a,b}', 'NULL']
  const [outcome] = await wire.send([
    {
      text: `select $1::text[] as texts, $2::int[] as numbers, $3::bytea as bytes, $4::jsonb as json, $5::boolean as yes,
        $6::text as nothing, $7::date as day, $8::bigint as large, $9::text[] as holes`,
      values: [
        texts,
        [1, -2, 30_000],
        Buffer.from([0, 255, 39, 92]),
        { a: [1, null, '"\\'] },
        true,
        null,
        '2024-02-29',
        9_007_199_254_740_991,
        ['a', null],
      ],
    },
  ])
  expect(outcome?.rows).toEqual([
    {
      texts,
      numbers: [1, -2, 30_000],
      bytes: Buffer.from([0, 255, 39, 92]),
      json: { a: [1, null, '"\\'] },
      yes: true,
      nothing: null,
      day: expect.anything(),
      large: expect.anything(),
      holes: ['a', null],
    },
  ])
})

test('an answer and a question of millions of characters pass whole', async () => {
  const long = '学𠮷a'.repeat(700_000)
  const [outcome] = await wire.send([{ text: 'select $1::text as long, length($1::text) as many', values: [long] }])
  expect(outcome?.rows[0]?.many).toBe(2_100_000)
  expect(outcome?.rows[0]?.long === long).toBe(true)
})

test('columns asked for as bytes come as the server wrote them', async () => {
  const [outcome] = await wire.send([{ text: `select '{"名":"张"}' as json, null as none`, asBytes: true }])
  expect(outcome?.rows).toEqual([{ json: Buffer.from('{"名":"张"}'), none: null }])
})

test('rows written as JSON read back as what stands in them', async () => {
  const write = jsonRows([
    ['id', 'quoted'],
    ['body', 'text'],
    ['day', 'quoted'],
    ['level', 'number'],
    ['list', 'json'],
  ])
  const texts = [
    '张三',
    '',
    '"quoted"',
    'back\\slash',
    'new\nline',
    '\u0001\u001f',
    '\u007f',
    '𠮷',
    '长'.repeat(40_000),
    null,
  ]
  const rows = texts.map((body, id) => ({ id, body, day: id % 2 ? '2025-01-02' : null, level: id % 3 ? id : null }))
  const [outcome] = await wire.send([
    {
      text: `select p.*, '[1]'::text from jsonb_to_recordset($1::jsonb) as p(id text, body text, day date, level int)`,
      values: [JSON.stringify(rows)],
      asRow: true,
    },
  ])
  const read = JSON.parse(`[${write((outcome?.rows ?? []).map(({ row }) => row as Buffer))}]`)
  expect(read).toEqual(rows.map((row) => ({ ...row, id: String(row.id), list: [1] })))
})

test('a column may say several members, yes and no are written as such, and what stands behind is read by its place', async () => {
  const write = jsonRows([
    ['id', 'number'],
    (column) => Buffer.from(JSON.stringify({ kind: column, label: `「${column}」` }).slice(1, -1)),
    ['late', 'boolean'],
  ])
  const [outcome] = await wire.send([
    {
      text: `select * from (values (1, 'a"b', true, null, '末'), (2, '', false, 'x', null), (3, 'c', null, '', '')) v`,
      asRow: true,
    },
  ])
  const rows = (outcome?.rows ?? []).map(({ row }) => row as Buffer)
  expect(JSON.parse(`[${write(rows)}]`)).toEqual([
    { id: 1, kind: 'a"b', label: '「a"b」', late: true },
    { id: 2, kind: '', label: '「」', late: false },
    { id: 3, kind: 'c', label: '「c」', late: null },
  ])
  expect(rows.map((row) => [columnOf(row, 0), columnOf(row, 3), columnOf(row, 4)])).toEqual([
    ['1', null, '末'],
    ['2', 'x', null],
    ['3', '', ''],
  ])
  expect(rows.map(textsOf)).toEqual([
    ['1', 'a"b', 't', null, '末'],
    ['2', '', 'f', 'x', null],
    ['3', 'c', null, '', ''],
  ])
})

test('the driver may no longer be asked itself', () => {
  expect(() => client.query('select 1')).toThrow('over its wire')
})

test('what waits for a connection that ends is told, and so is what comes after', async () => {
  const doomed = await connect()
  doomed.on('error', () => {})
  const line = takeOver(doomed)
  const ended = new Promise((resolve) => doomed.once('end', resolve))
  const { rows } = await control.query(
    `select pid from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database() order by backend_start desc limit 1`,
  )
  const waiting = expect(line.send([{ text: 'select pg_sleep(20)' }])).rejects.toThrow()
  await control.query('select pg_terminate_backend($1)', [rows[0].pid])
  await waiting
  await ended
  await expect(line.send([{ text: 'select 1' }])).rejects.toThrow()
})
