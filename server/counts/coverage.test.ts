import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exportCoverage, exportMissing, getCoverage, getCoverageSplits, listMissing } from '#contract/counts'
import { findLabellingWord } from '#contract/platform'
import { addRecord } from '#contract/records'
import { type Child, openWorld, type Someone, type World } from '../test-world.ts'

let world: World
let officer: Someone
let principal: Someone
let teacher: Someone
const hard: Child[] = []
beforeAll(async () => {
  world = await openWorld()
  const facts = { family: { hardship_level: 1, left_behind: 1 }, protection: { key_student: true } }
  for (const [unit, name] of [
    [world.units.classA1, '甲一'],
    [world.units.classA1, '甲二'],
    [world.units.classA2, '乙一'],
    [world.units.classB1, '丙一'],
  ] as const)
    hard.push(await world.child(unit, name, facts))
  await world.classify(world.units.schoolA, world.units.schoolB)
  officer = await world.someone('county-aid-officer', world.units.county)
  principal = await world.someone('principal', world.units.schoolA)
  teacher = await world.someone('class-teacher', world.units.classA1)
  const [child] = hard as [Child]
  await world.call(teacher, addRecord, {
    params: { schoolId: child.schoolId },
    body: { id: uuidv7(), kind: 1, studentIds: [child.id], actDate: '2025-11-10', mode: 1, fields: {} },
  })
})
afterAll(() => world.close())

const at = (unit: { id: string }) => ({ params: { unitId: unit.id } })
const of = (unit: { id: string }, coverage: number) => ({ params: { unitId: unit.id, coverage } })

test('a county reads its schools and they read their classes, and the figures agree [C12]', async () => {
  const county = (await world.call(officer, getCoverage, at(world.units.county))).body
  expect(county.coverages.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6])
  expect(county.total['2']).toEqual({ need: 4, met: 1, reviewed: 0 })
  expect(county.total['1']).toEqual({ need: 3, met: 0, reviewed: null })
  const row = (name: string) => county.rows.find((one) => one.name === name)?.figures['2']
  expect(row('第一小学')).toEqual({ need: 3, met: 1, reviewed: 0 })
  expect(row('柳堡初级中学')).toEqual({ need: 1, met: 0, reviewed: 0 })
  const school = (await world.call(principal, getCoverage, at(world.units.schoolA))).body
  expect(school.total['2']).toEqual(row('第一小学'))
  expect(school.rows.map(({ name, figures }) => [name, figures['2']?.need, figures['2']?.met])).toEqual([
    ['2023级1班', 2, 1],
    ['2023级2班', 1, 0],
  ])
  expect(school.coverages[1]).toMatchObject({ id: 2, namesOpen: true, standpoint: expect.any(Boolean) })
})

test('a class teacher sees the own class and the own school as a whole, nothing of other classes or guarded coverages', async () => {
  const own = (await world.call(teacher, getCoverage, at(world.units.classA1))).body
  expect(own.total['2']).toMatchObject({ need: 2, met: 1 })
  expect(own.coverages.map(({ id }) => id)).not.toContain(5)
  const school = (await world.call(teacher, getCoverage, at(world.units.schoolA))).body
  expect(school.total['2']).toMatchObject({ need: 3, met: 1 })
  expect(school.rows.map(({ name, figures }) => [name, figures['2']?.need])).toEqual([
    ['2023级1班', 2],
    ['2023级2班', undefined],
  ])
  expect(school.total).not.toHaveProperty('5')
})

test('a unit where one sees nothing is not found, whoever asks and by whatever list', async () => {
  const stranger = await world.someone('class-teacher', world.units.classB1, '外校')
  for (const unit of [world.units.schoolA, world.units.classA1, world.units.county]) {
    const answers = [
      await world.call(stranger, getCoverage, at(unit)),
      await world.call(stranger, getCoverageSplits, of(unit, 2)),
      await world.call(stranger, listMissing, of(unit, 2)),
      await world.call(stranger, exportMissing, of(unit, 2)),
      await world.call(stranger, exportCoverage, at(unit)),
    ]
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404])
  }
  // Control: the same addresses answer the one they belong to.
  expect((await world.call(principal, listMissing, of(world.units.schoolA, 2))).status).toBe(200)
})

test('a coverage opens into the names of who is missing, page by page, and the opening is on file [C12 C13]', async () => {
  const first = await world.call(principal, listMissing, { ...of(world.units.schoolA, 2), query: { limit: 1 } })
  expect(first.body).toMatchObject({
    total: 2,
    students: [{ name: '甲二', className: '2023级1班', ownerName: 'class-teacher甲' }],
  })
  const second = await world.call(principal, listMissing, {
    ...of(world.units.schoolA, 2),
    query: { limit: 1, after: first.body.after ?? '' },
  })
  expect(second.body).toMatchObject({ students: [{ name: '乙一', ownerName: null }], after: null })
  const { rows } = await world.owner.query(
    `select count(*)::int as n from audit_entries where action = 'counts.list-missing' and outcome = 'read' and actor_id = $1`,
    [principal.personId],
  )
  expect(rows[0].n).toBeGreaterThan(1)
})

test('names of coverages five and six open to the posts the pack names, never to a class teacher [G3]', async () => {
  for (const coverage of [5, 6]) {
    const refused = await world.call(teacher, listMissing, of(world.units.classA1, coverage))
    expect(refused.status).toBe(403)
    const names = await world.call(principal, listMissing, of(world.units.schoolA, coverage))
    expect(names.body.students.map(({ name }) => name)).toEqual(['甲二', '甲一', '乙一'])
  }
})

test('units without a centre are listed with what they lack [C1]', async () => {
  const missing = await world.call(officer, listMissing, of(world.units.county, 1))
  expect(missing.body).toMatchObject({ total: 3, students: [] })
  expect(missing.body.units[0]).toMatchObject({ name: '临湖县', missing: '固定场所、负责人、工作人员' })
})

test('splits add up to the whole, and a class kind above one’s level is absent [C12]', async () => {
  const splits = (await world.call(principal, getCoverageSplits, of(world.units.schoolA, 2))).body.groups
  const by = (group: string) => splits.find((one) => one.by === group)?.rows ?? []
  expect(by('stage')).toEqual([{ label: '小学', need: 3, met: 1, reviewed: 0 }])
  expect(by('urban')).toEqual([{ label: '镇区', need: 3, met: 1, reviewed: 0 }])
  expect(by('class').map(({ label }) => label)).toContain('重点帮扶对象')
  const asTeacher = (await world.call(teacher, getCoverageSplits, of(world.units.classA1, 2))).body.groups
  const labels = asTeacher.find((one) => one.by === 'class')?.rows.map(({ label }) => label) ?? []
  expect(labels).toContain('家庭经济困难学生')
  expect(labels).not.toContain('重点帮扶对象')
})

test('exports carry neutral names and headings, guard their texts and are on file [C13 C24]', async () => {
  const file = await world.call(principal, exportMissing, of(world.units.schoolA, 2))
  expect(file.status).toBe(200)
  expect(file.bytes.subarray(0, 2).toString()).toBe('PK')
  const table = await world.call(officer, exportCoverage, at(world.units.county))
  expect(table.bytes.length).toBeGreaterThan(1_000)
  const { rows } = await world.owner.query(
    `select action, detail from audit_entries where outcome = 'exported' order by action`,
  )
  expect(rows.map(({ action }) => action)).toEqual(['counts.export-coverage', 'counts.export-missing'])
  expect(rows[1].detail).toEqual({ coverage: 2, total: 2 })
  const { default: ExcelJS } = await import('exceljs')
  for (const { bytes } of [file, table]) {
    const book = new ExcelJS.Workbook()
    await book.xlsx.load(bytes as unknown as ArrayBuffer)
    const texts: string[] = []
    book.eachSheet((sheet) => sheet.eachRow((row) => row.eachCell((cell) => texts.push(String(cell.value)))))
    expect(texts.length).toBeGreaterThan(10)
    expect(texts.flatMap((text) => findLabellingWord(text) ?? [])).toEqual([])
  }
})
