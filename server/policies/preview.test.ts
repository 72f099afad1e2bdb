import ExcelJS from 'exceljs'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { adoptPack, exportPreview, listPreviewNames, previewAdoption, uploadPack } from '#contract/policies'
import { openWorld, type Someone, type World } from '../test-world.ts'
import { countyPack } from './county-pack.fixture.ts'
import { previewFromShell } from './preview-as-office.ts'

let world: World
let officer: Someone
const wish = { issuer: 'linhu', version: '1.0.0', from: '2025-11-20' }
const params = () => ({ unitId: world.units.county.id })

// Psychology is not the county officer's to see; the class that rests on it shows them no figure.
const hidden = `- id: red
  label: 需要转介的学生
  cite: [{ requirement: [T1], document: letter, at: 第五条 }]
  secrecy: psychology
  when: { fact: 心理普测等级, is: 红 }
  examples:
    in: [{ facts: { 心理普测等级: 红 } }]
    out: [{ facts: { 心理普测等级: 正常 } }]
    unknown: [{ facts: {} }]
`

beforeAll(async () => {
  world = await openWorld()
  officer = await world.someone('county-aid-officer', world.units.county)
  await world.child(world.units.classA1, '何六', { family: { hardship_level: 21 }, psychology: { screening_level: 4 } })
  await world.child(world.units.classB1, '吕七', { family: { hardship_level: 21 } })
  await world.child(world.units.classB1, '施八', { family: { hardship_level: 3 } })
  await world.classify(world.units.schoolA, world.units.schoolB)
  await world.call(officer, uploadPack, { params: params(), body: { files: countyPack({ more: hidden }) } })
})
afterAll(() => world.close())

const everything = async () =>
  (
    await world.owner.query(`select (select count(*) from class_spells) as spells, (select count(*) from classified) as arrays,
      (select count(*) from pack_adoptions) as adoptions, (select count(*) from duty_progress) as progress`)
  ).rows[0]

test('a preview says who would enter and become unknown, what load falls on whom, and writes nothing', async () => {
  const before = await everything()
  const { status, body } = await world.call(officer, previewAdoption, { params: params(), query: wish })
  expect(status).toBe(200)
  const watched = body.classes.find(({ label }) => label === '需要多走动的学生')
  expect(watched).toMatchObject({ change: 'added', moves: { enter: 2, leave: 0, unknown: 15 }, membersNow: 0 })
  expect(watched?.schools.map(({ name, enter }) => [name, enter])).toEqual([
    ['第一小学', 1],
    ['柳堡初级中学', 1],
  ])
  expect(body.load).toMatchObject([{ post: '班主任', duty: '每月谈心', change: 'added', before: 0, after: 2 }])
  expect(await everything()).toEqual(before)
})

test('the preview of the command line gives the same figures in words, names nobody and writes nothing', async () => {
  const before = await everything()
  const { services, registry } = world.program
  const found = await previewFromShell(services, registry, '临湖县', wish)
  expect(found).toMatchObject({ unit: '临湖县', schools: 2 })
  expect(found.lines.map(({ label, figures }) => `${label}:${figures}`)).toEqual([
    '类别“需要多走动的学生”:进入 2,离开 0,变为情况不明 15',
    '类别“需要转介的学生”:进入 1,离开 0,变为情况不明 17',
    '班主任新增任务“每月谈心”:2 名学生',
  ])
  expect(await everything()).toEqual(before)
  await expect(previewFromShell(services, registry, '没有的县', wish)).rejects.toMatchObject({
    sentence: '没有找到单位“没有的县”。',
  })
})

test('a preview is taken along as a workbook with the same figures, by school, and no name; only the taking is on file', async () => {
  const before = await everything()
  const file = await world.call(officer, exportPreview, { params: params(), query: wish })
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(file.bytes as unknown as ArrayBuffer)
  const rowsOf = (sheet: string) =>
    (book.getWorksheet(sheet)?.getSheetValues() ?? []).map((row) => (Array.isArray(row) ? row.slice(1) : []))
  expect(rowsOf('对象类别')).toContainEqual(['需要多走动的学生', '合计', 0, 2, 0, 15])
  expect(rowsOf('对象类别')).toContainEqual(expect.arrayContaining(['需要多走动的学生', '柳堡初级中学', 1]))
  expect(rowsOf('岗位任务')).toContainEqual(['班主任', '每月谈心', '合计', 0, 2])
  expect(rowsOf('岗位任务')).toContainEqual(['班主任', '每月谈心', '第一小学', 0, 1])
  expect(JSON.stringify([...book.worksheets].map((one) => one.getSheetValues()))).not.toMatch(/何六|吕七/)
  expect(await everything()).toEqual(before)
  const { rows } = await world.owner.query(`select outcome from audit_entries where action = 'policies.export-preview'`)
  expect(rows).toEqual([{ outcome: 'exported' }])
})

test('[G3] a class whose secrecy a person does not see keeps its figures and names to itself', async () => {
  const { body } = await world.call(officer, previewAdoption, { params: params(), query: wish })
  const red = body.classes.find(({ label }) => label === '需要转介的学生')
  expect(red).toMatchObject({ moves: null, membersNow: null, schools: [] })
  const asked = { ...wish, number: red?.number ?? 0, side: 'enter' }
  expect((await world.call(officer, listPreviewNames, { params: params(), query: asked })).status).toBe(404)
  const watched = body.classes.find(({ label }) => label === '需要多走动的学生')
  const control = await world.call(officer, listPreviewNames, {
    params: params(),
    query: { ...wish, number: watched?.number ?? 0, side: 'enter' },
  })
  expect(control.body.students.map(({ name }) => name)).toEqual(['何六', '吕七'])
  const { rows } = await world.owner.query(
    `select outcome from audit_entries where action = 'policies.list-preview-names'`,
  )
  expect(rows.map(({ outcome }) => outcome).sort()).toEqual(['read', 'refused'])
})

test('a preview is not for posts that do not decide on policies', async () => {
  const principal = await world.someone('principal', world.units.schoolA)
  expect((await world.call(principal, previewAdoption, { params: params(), query: wish })).status).toBe(403)
})

test('what a preview foretold is what the adoption brings', async () => {
  const foretold = await world.call(officer, previewAdoption, { params: params(), query: wish })
  const id = uuidv7()
  expect((await world.call(officer, adoptPack, { params: params(), body: { id, ...wish } })).status).toBe(200)
  const { rows } = await world.owner.query<{ number: number; many: number }>(
    `select rule as number, count(*)::int as many from class_spells where until is null group by 1`,
  )
  for (const { number, moves, membersNow } of foretold.body.classes) {
    if (!moves) continue
    expect(rows.find((row) => row.number === number)?.many ?? 0).toBe((membersNow ?? 0) + moves.enter - moves.leave)
  }
  const again = await world.call(officer, previewAdoption, { params: params(), query: wish })
  expect(again.body).toMatchObject({ classes: [], load: [], indicators: [], obstacle: '那一天执行的就是这一版。' })
})

test('a pack that moves the base of a coverage moves its figure as foretold [C12]', async () => {
  const more = `- id: hardship
  replaces: national/hardship
  label: 家庭经济困难学生
  cite: [{ requirement: [T1], document: letter, at: 第六条 }]
  secrecy: family
  when: { fact: 家庭经济困难等级, is: 特别困难 }
  examples:
    in: [{ facts: { 家庭经济困难等级: 特别困难 } }]
    out: [{ facts: { 家庭经济困难等级: 未认定 } }]
    unknown: [{ facts: {} }]
`
  const files = countyPack({ version: '2.0.0', more: hidden + more })
  const sent = await world.call(officer, uploadPack, { params: params(), body: { files } })
  expect(sent.body.refusal?.sentence ?? '').toContain('1.1.0')
  const right = countyPack({ version: '1.1.0', more: hidden + more })
  expect((await world.call(officer, uploadPack, { params: params(), body: { files: right } })).status).toBe(200)
  const next = { ...wish, version: '1.1.0' }
  const { body } = await world.call(officer, previewAdoption, { params: params(), query: next })
  const second = body.indicators.find(({ number }) => number === 2)
  expect(second).toMatchObject({ needBefore: 2, needAfter: 0, metBefore: 0 })
  const book = await world.call(officer, exportPreview, { params: params(), query: next })
  expect([book.status, book.bytes.subarray(0, 2).toString()]).toEqual([200, 'PK'])
})
