import { describe, expect, test } from 'vitest'
import { fields, isFieldId } from './fields.ts'
import { duplicateFinder } from './find-duplicates.ts'
import { cleanHeading, findHeader } from './headers.ts'
import { inspectSheet } from './inspect-sheet.ts'
import { kindOf, listKindIds } from './kinds.ts'
import { rowReader } from './read-row.ts'
import { tableReader } from './read-table.ts'
import { readTableRows } from './reading.fixture.ts'
import { findRestriction, findSpokenTime } from './recognise-kind.ts'
import { rowRole } from './row-role.ts'
import type { CellMark } from './rows.ts'
import { importReport, importRowFault, noCounts } from './shapes.ts'

describe('headings', () => {
  test.each([
    ['身份证件号*', '身份证件号'],
    ['身份证件\n号码 *(18位)', '身份证件号码'],
    ['★姓 名', '姓名'],
    ['1.姓名', '姓名'],
    ['月保障金（元）', '月保障金'],
    ['乡镇(街道)', '乡镇'],
    ['(备注)', '备注'],
  ])('%j is %s', (text, expected) => {
    expect(cleanHeading(text)).toBe(expected)
  })

  test('no heading row is invented where there is none', () => {
    expect(findHeader([{ sheet: '', row: 1, cells: ['王芳', '20150617', '13800138000'] }])).toBeUndefined()
    expect(findHeader([])).toBeUndefined()
    expect(inspectSheet([{ sheet: '', row: 1, cells: ['标题'] }], 'a')).toBeUndefined()
  })

  test.each([
    [['合 计', '12人'], 'total'],
    [['某小学小计', '2人'], 'total'],
    [['共 12 户 30 人'], 'total'],
    [['注：以上数据截至8月'], 'note'],
    [['填表人：王芳', '', '审核人：李四'], 'note'],
    [['', ' ', ''], 'empty'],
    [['姓名', '学号', '学校'], 'heading'],
    [['合小计', '2025', '东关小学'], 'data'],
    [['王芳', '', ''], 'data'],
  ])('%j is %s', (cells, role) => {
    expect(rowRole({ sheet: '', row: 9, cells }, [0, 1, 2], ['姓名', '学号', '学校'])).toBe(role)
  })
})

describe('kinds and fields', () => {
  test.each(listKindIds)('%s asks only for fields it may have', (id) => {
    const kind = kindOf(id)
    const has = new Set(kind.fields)
    for (const field of [...kind.required.flat(), ...kind.expected, ...kind.keys, ...kind.signature])
      expect([field, has.has(field)]).toEqual([field, true])
    expect(new Set(kind.fields).size).toBe(kind.fields.length)
  })

  test('only fields are fields', () => {
    expect(Object.keys(fields).every(isFieldId)).toBe(true)
    expect(['__proto__', 'constructor', 'toString', ''].some(isFieldId)).toBe(false)
  })
})

describe('what a title says', () => {
  test.each([
    ['名单(2025年8月)', '2025-08', '2025-08-01', '2025-08-31'],
    ['2025年秋季学期成绩', '2025-autumn', '2025-09-01', '2026-01-31'],
    ['2024—2025学年家访', '2024-2025', '2024-09-01', '2025-08-31'],
    ['2025-2026学年第二学期', '2026-spring', '2026-02-01', '2026-08-31'],
    ['截至2025年8月31日', '2025-08-31', '2025-08-31', '2025-08-31'],
    ['2024年度名单', '2024', '2024-01-01', '2024-12-31'],
    ['二月', undefined, undefined, undefined],
  ])('%s speaks of %s', (title, value, from, to) => {
    const time = findSpokenTime([title], 'x')
    expect([time?.value, time?.from, time?.to]).toEqual([value, from, to])
  })

  test('the file name is asked when the titles are silent', () => {
    expect(findSpokenTime(['名单'], '10-2024-2025学年家访汇总.xlsx')?.value).toBe('2024-2025')
  })

  test.each([
    ['保密：仅限心理教师和分管领导查看', ['心理教师', '分管领导']],
    ['仅供校长、资助专干使用', ['校长', '资助专干']],
    ['缺考填“缺”', []],
  ])('%s', (title, posts) => {
    expect(findRestriction([title])).toEqual(posts)
  })
})

describe('faults of a row', () => {
  const headings = ['学校', '姓名', '性别', '出生日期', '身份证号', '学号', '班级']
  const good = ['东关小学', '王芳', '女', '1949-12-31', '11010519491231002X', '1', '1班']
  const reading = (...rows: string[][]) => readTableRows(['学生名册'], headings, rows)
  const withCell = (column: number, text: string) => good.map((cell, c) => (c === column ? text : cell))

  test('a good row has none', () => {
    const [row] = reading(good)
    expect(row?.faults).toEqual([])
    expect(row?.refused).toBe(false)
  })

  test.each([
    [4, '', 'missing-id-number', 'cell'],
    [4, '110105194912310021', 'id-number.check-digit', 'cell'],
    [3, '1949-12-32', 'date.impossible', 'cell'],
    [3, '9999-12-31', 'date.out-of-range', 'cell'],
    [3, '1949-12-30', 'birth-date.contradicts-id', 'cell'],
    [2, '男', 'sex.contradicts-id', 'cell'],
    [2, '雄', 'code.unknown', 'cell'],
    [1, '', 'missing', 'row'],
    [1, '王芳😀', 'name.characters', 'row'],
    [1, '王'.repeat(300), 'name.too-long', 'row'],
    [0, '/', 'missing', 'row'],
  ])('column %d with %j is exactly one fault, %s of the %s', (column, text, code, scope) => {
    const [row] = reading(withCell(column, text))
    expect(row?.faults.map((fault) => [fault.column, fault.code, fault.scope])).toEqual([
      [headings[column], code, scope],
    ])
    expect(row?.refused).toBe(scope === 'row')
    for (const fault of row?.faults ?? []) {
      expect(importRowFault.parse(fault)).toEqual(fault)
      expect(fault.reason).toMatch(/[\u4e00-\u9fff]{3}/)
      expect(fault.value.length).toBeLessThanOrEqual(200)
    }
  })

  test('what contradicts is kept as written and never corrected from the number', () => {
    const [row] = reading(withCell(2, '男'))
    expect(row?.values.sex).toBe(1)
    expect(row?.values.id_number).toBe(good[4])
    expect(row?.doubtful).toEqual(['sex'])
    const [impossible] = reading(withCell(3, '1949-02-30'))
    expect(impossible?.values.birth_date).toBeUndefined()
  })

  test.each<[CellMark, string]>([
    ['formula', 'cell.formula'],
    ['error', 'cell.error'],
    ['lossy-number', 'id-number.lost-digits'],
    ['too-long', 'cell.too-long'],
  ])('a cell marked %s is not taken', (mark, code) => {
    const rows = [
      { sheet: '', row: 1, cells: headings },
      { sheet: '', row: 2, cells: good },
    ]
    const inspection = inspectSheet(rows, '学生名册')
    if (!inspection) throw new Error('no headings')
    const row = rowReader('roster', inspection.mapping)({ sheet: '', row: 2, cells: good, marks: new Map([[4, mark]]) })
    expect(row.values.id_number).toBeUndefined()
    expect(row.faults.map((fault) => fault.code)).toEqual([code])
  })

  test('repeated rows, shared numbers and one person twice are told apart and name the first row', () => {
    const rows = reading(good, good, withCell(1, '李四'), withCell(6, '2班'), [
      '西关小学',
      '赵六',
      '',
      '',
      '',
      '1',
      '1班',
    ])
    expect(
      rows.map((row) => row.faults.filter((f) => f.scope === 'row').map((fault) => [fault.code, fault.column])),
    ).toEqual([
      [],
      [['duplicate.exact', '学号']],
      [['duplicate.other-name', '学号']],
      [['duplicate.same-person', '学号']],
      [],
    ])
    for (const row of rows.slice(1, 4)) expect(row.faults[0]?.reason).toContain('第 3 行')
  })

  test('one person on two sheets of a workbook is found, and the sheet is named', () => {
    const findDuplicate = duplicateFinder('roster')
    const sheets = ['一班', '二班'].map((sheet) => {
      const rows = [headings, good].map((cells, i) => ({ sheet, row: i + 1, cells }))
      const inspection = inspectSheet(rows, '学生名册')
      if (!inspection) throw new Error('no headings')
      const read = tableReader(inspection, { findDuplicate })
      return rows.map(read).flatMap((result) => (result.role === 'data' ? result.reading.faults : []))
    })
    expect(sheets[0]).toEqual([])
    expect(sheets[1]?.map((fault) => fault.code)).toEqual(['duplicate.exact'])
    expect(sheets[1]?.[0]?.reason).toContain('“一班”第 2 行')
  })

  test('nobody is born after today', () => {
    const rows = [headings, good].map((cells, i) => ({ sheet: '', row: i + 1, cells }))
    const inspection = inspectSheet(rows, '学生名册')
    if (!inspection) throw new Error('no headings')
    const born = (today: string) =>
      rowReader('roster', inspection.mapping, { today })({ sheet: '', row: 2, cells: good })
    expect(born('1949-12-31').faults).toEqual([])
    const early = born('1949-12-30')
    expect(early.faults.map((fault) => fault.code)).toEqual(['date.out-of-range', 'id-number.date'])
    expect([early.values.birth_date, early.values.id_number]).toEqual([undefined, undefined])
  })

  test('several visits to one child are no repeats, the same visit twice is', () => {
    const visit = ['王芳', '2025-03-01', '入户', '贾俊']
    const rows = readTableRows(
      ['家访登记'],
      ['姓名', '家访时间', '方式', '家访教师'],
      [visit, ['王芳', '2025-04-01', '电话', '贾俊'], visit],
    )
    expect(rows.map((row) => row.refused)).toEqual([false, false, true])
  })
})

test('a report counts whole rows and names every fault', () => {
  const report = { ...noCounts, file: 'a.xlsx', kind: 'roster', refused: [] }
  expect(importReport.safeParse(report).success).toBe(true)
  expect(importReport.safeParse({ ...report, rows: 0.5 }).success).toBe(false)
})
