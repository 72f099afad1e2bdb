import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { getImport, type importView, listImportRows, previewImport, uploadImport } from '#contract/imports'
import { addRecord } from '#contract/records'
import { makeZip, sheetXml, workbookParts, type ZipPart } from './platform/spreadsheets/zip.fixture.ts'
import { openWorld, type Someone, type World } from './test-world.ts'

// The whole way in, as a browser goes it: a real upload, the queue, and what is left behind. Readers have their own tests.
let world: World
let officer: Someone
let address: { port: number }
beforeAll(async () => {
  world = await openWorld(undefined, { jobs: true })
  officer = await world.someone('county-aid-officer', world.units.county)
  const listening = await world.program.app.listen({ port: 0, host: '127.0.0.1' })
  address = { port: Number(new URL(listening).port) }
})
afterAll(() => world?.close())

type View = z.infer<typeof importView>

const kept = async () => {
  const tables = ['students', 'import_files', 'import_rows', 'import_staged', 'fact_sources']
  const counts = await Promise.all(
    tables.map((table) => world.owner.query<{ many: number }>(`select count(*)::int as many from ${table}`)),
  )
  return Object.fromEntries(tables.map((table, index) => [table, counts[index]?.rows[0]?.many]))
}

const untilStill = async (importId: string): Promise<View> => {
  for (;;) {
    const { body } = await world.call(officer, getImport, { params: { importId } })
    if (!['received', 'reading', 'previewing'].includes(body.state)) return body
    await pause(50)
  }
}

const bring = async (content: Buffer, fileName = '名册.xlsx', unitId = world.units.county.id) => {
  const importId = uuidv7()
  const handed = await world.call(officer, uploadImport, {
    params: { unitId, importId },
    query: { fileName },
    body: content,
  })
  return { importId, handed }
}

const cell = (ref: string, text: string) => `<c r="${ref}" t="inlineStr"><is><t>${text}</t></is></c>`
const heads = ['学校名称', '年级', '班级', '学号', '姓名', '性别', '出生日期']
const letters = 'ABCDEFG'
const rowXml = (number: number, cells: readonly string[]) =>
  `<row r="${number}">${cells.map((text, index) => cell(`${letters[index]}${number}`, text)).join('')}</row>`
const roster = (rows: string) => sheetXml(`${rowXml(1, heads)}${rows}`)
const line = ['第一小学', '三年级', '2023级1班', 'X1', '新来的', '男', '2015-03-01']
const book = (xml: string): ZipPart[] => workbookParts([{ name: '名册', xml }])
const laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
const fixture = join(import.meta.dirname, '../tools/fixtures/linhu-county/02-民政局低保对象名单.xlsx')

const withSheet = (content: string, declared?: number): Buffer =>
  makeZip(
    book('').map((part) =>
      part.path.includes('worksheets') ? { ...part, content, ...(declared ? { declared } : {}) } : part,
    ),
  )

const bad: readonly (readonly [string, () => Buffer])[] = [
  [
    'a zip bomb',
    () => makeZip([...book(roster('')), { path: 'xl/media/a.bin', content: Buffer.alloc(120 * 2 ** 20) }]),
  ],
  ['a workbook that lies about its size', () => withSheet(roster(' '.repeat(3_000_000)), 100)],
  ['a million columns', () => Buffer.from(`${'姓名,'.repeat(1_000_000)}\n`)],
  ['XML entities', () => withSheet(laughs + roster(rowXml(2, line)))],
  ['an image renamed xlsx', () => Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
  ['half a workbook', () => readFileSync(fixture).subarray(0, 9_000)],
]

describe('a file that should not have come', () => {
  test('the control: an honest roster of one line is read and would be new', async () => {
    const { importId } = await bring(withSheet(roster(rowXml(2, line))))
    const view = await untilStill(importId)
    expect(view.refusal).toBeNull()
    await world.call(officer, previewImport, {
      params: { importId },
      body: { statement: view.statement, mapping: view.mapping } as never,
    })
    expect((await untilStill(importId)).counts).toMatchObject({ rows: 1, new: 1, refused: 0 })
  })

  test.each(bad)('%s ends with one clear sentence, and nothing of it is stored', async (_, content) => {
    const before = await kept()
    const { importId, handed } = await bring(content())
    const sentence =
      handed.status === 200 ? (await untilStill(importId)).refusal?.sentence : handed.body.refusal?.sentence
    expect(sentence).toMatch(/[\u4e00-\u9fff].*[。]$/)
    expect(await kept()).toEqual(before)
  })

  test('0 bytes are refused at once', async () => {
    const { handed } = await bring(Buffer.alloc(0))
    expect([handed.status, handed.body.refusal?.code]).toEqual([422, 'imports.empty-file'])
  })

  test('an upload cut half way leaves no import and no file, and may be sent again under its id', async () => {
    const content = readFileSync(fixture)
    const importId = uuidv7()
    const path = `/api/units/${world.units.county.id}/imports/${importId}?fileName=${encodeURIComponent('低保.xlsx')}`
    const before = await kept()
    const accepted = new Promise<Socket>((resolve) => world.program.app.server.once('connection', resolve))
    const socket = connect(address.port, '127.0.0.1')
    await new Promise<void>((resolve) => socket.once('connect', () => resolve()))
    socket.write(
      `POST ${path} HTTP/1.1\r\nHost: localhost\r\nCookie: ${officer.cookie}\r\nX-Tongxing: 1\r\n` +
        `Content-Type: application/octet-stream\r\nContent-Length: ${content.length}\r\n\r\n`,
    )
    socket.write(content.subarray(0, content.length / 2))
    const served = await accepted
    await expect.poll(() => served.bytesRead).toBeGreaterThan(content.length / 2)
    const gone = new Promise((resolve) => served.once('close', resolve))
    socket.destroy()
    await gone
    const status = async () => (await world.call(officer, getImport, { params: { importId } })).status
    await expect.poll(async () => [await status(), await kept()]).toEqual([404, before])
    const again = await world.call(officer, uploadImport, {
      params: { unitId: world.units.county.id, importId },
      query: { fileName: '低保.xlsx' },
      body: content,
    })
    expect(again.status).toBe(200)
    expect((await untilStill(importId)).refusal).toBeNull()
  })

  test('a formula in the place of a name is refused on its row, whatever it claims to have worked out', async () => {
    const cells = line.map((text, index) =>
      index === 4
        ? `<c r="E2" t="str"><f>HYPERLINK("http://example.org","王芳")</f><v>王芳</v></c>`
        : cell(`${letters[index]}2`, text),
    )
    const { importId } = await bring(withSheet(roster(`<row r="2">${cells.join('')}</row>`)))
    const view = await untilStill(importId)
    await world.call(officer, previewImport, {
      params: { importId },
      body: { statement: view.statement, mapping: view.mapping } as never,
    })
    expect((await untilStill(importId)).counts).toMatchObject({ rows: 1, new: 0, refused: 1 })
    const rows = await world.call(officer, listImportRows, { params: { importId }, query: { outcome: 'refused' } })
    expect(JSON.stringify(rows.body)).toContain('公式')
  })

  test('a unit that is not yours takes no list; a child’s id of another school takes no record', async () => {
    const elsewhere = uuidv7()
    await world.owner.query(
      `insert into units (id, parent_id, path, kind, name) select $1, parent_id, 'a.t.x.', 'county', '邻县' from units where id = $2`,
      [elsewhere, world.units.county.id],
    )
    const { handed } = await bring(withSheet(roster(rowXml(2, line))), '名册.xlsx', elsewhere)
    expect([handed.status, handed.body.refusal?.sentence]).toEqual([403, '这件事不由您的岗位办理。'])
    const [own, other] = [world.children.a1[0], world.children.b1[0]]
    if (!own || !other) throw new Error('no child')
    const record = (schoolId: string, studentId: string) =>
      world.call(officer, addRecord, {
        params: { schoolId },
        body: {
          id: uuidv7(),
          kind: 1,
          studentIds: [studentId],
          actDate: world.day,
          mode: 1,
          fields: {},
          supersedes: null,
        },
      })
    expect((await record(own.schoolId, other.id)).status).toBe(404)
    expect((await record(own.schoolId, own.id)).status).toBe(200)
  })
})
