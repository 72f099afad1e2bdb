import ExcelJS from 'exceljs'
import { describe, expect, test } from 'vitest'
import { type ListKindId, mapColumns, rowReader } from '#contract/imports'
import { readRows } from '../platform/spreadsheets/index.ts'
import { findTable } from './find-table.ts'
import type { FormSheet } from './form-sheet.ts'
import type { KeptMapping } from './importing.ts'
import { dataRows } from './open-table.ts'

type Sheets = Readonly<Record<string, readonly (readonly (string | number)[])[]>>

const bytesOf = async (sheets: Sheets): Promise<Uint8Array> => {
  const book = new ExcelJS.Workbook()
  for (const [name, rows] of Object.entries(sheets)) book.addWorksheet(name).addRows(rows as unknown[][])
  return new Uint8Array(await book.xlsx.writeBuffer())
}

async function* packsOf(content: Uint8Array) {
  for await (const { rows } of readRows({ content, name: 'a.xlsx' })) yield rows
}

const readAll = async (kind: ListKindId, sheets: Sheets) => {
  const content = await bytesOf(sheets)
  const table = await findTable(content, 'a.xlsx')
  const { columns } = mapColumns(kind, table.heading, table.samples)
  const mapping = { columns, headings: table.heading.headings } as unknown as KeptMapping
  const read = rowReader(kind, mapping)
  const told: FormSheet[] = []
  const values: unknown[] = []
  for await (const some of dataRows(packsOf(content), mapping, (sheet) => told.push(sheet)))
    for (const { row } of some) values.push(read(row).values)
  const named = (passed: boolean) =>
    told.filter((sheet) => (sheet.passed ?? false) === passed).map(({ sheet }) => sheet)
  return { table, values, read: named(false), passed: named(true) }
}

describe('a workbook of several sheets', () => {
  test('[X7] a summary before the lists is passed over and named, sheets in another order or with other words are read', async () => {
    const { table, values, read, passed } = await readAll('dibao', {
      汇总: [
        ['乡镇', '户数', '人数'],
        ['石桥镇', 2, 3],
      ],
      名单一: [
        ['姓名', '身份证号', '户主', '月保障金'],
        ['王芳', '11010519491231002X', '王大山', 400],
      ],
      名单二: [
        ['身份证号码', '户主姓名', '姓 名', '月保障金', '开户行'],
        ['440524188001010014', '李四', '李小', 500, '农商行'],
      ],
      代码: [
        ['类别', '代码'],
        ['农村低保', 1],
      ],
    })
    expect(table.sheet).toBe('名单一')
    expect(values).toEqual([
      { name: '王芳', id_number: '11010519491231002X', household_head: '王大山', monthly_amount: 40_000 },
      { name: '李小', id_number: '440524188001010014', household_head: '李四', monthly_amount: 50_000 },
    ])
    expect([read, passed]).toEqual([
      ['名单一', '名单二'],
      ['汇总', '代码'],
    ])
  })

  test('[X7] one sheet a class: its name is the class, shown as a column of its own', async () => {
    const { table, values } = await readAll('roster', {
      '三(1)班': [
        ['姓名', '学校', '学号'],
        ['王芳', '东关小学', 'a1'],
      ],
      '三(2)班': [
        ['学号', '姓名', '学校'],
        ['a2', '李四', '东关小学'],
      ],
      转出: [
        ['姓名', '学校', '学号'],
        ['赵六', '东关小学', 'a3'],
      ],
    })
    expect(table.heading.headings.at(-1)).toBe('班级(工作表名称)')
    expect(values.map((row) => (row as { class_name?: unknown }).class_name)).toEqual([
      { label: '1班', number: 1, grade: { year: 3 } },
      { label: '2班', number: 2, grade: { year: 3 } },
      undefined,
    ])
  })

  test('the name of a sheet is not asked where a column says the class', async () => {
    const { table } = await readAll('roster', {
      '三(1)班': [
        ['姓名', '学校', '班级'],
        ['王芳', '东关小学', '四(2)班'],
      ],
    })
    expect(table.heading.headings).toEqual(['姓名', '学校', '班级'])
  })

  test('a heading with nobody below it is told as such', async () => {
    const content = await bytesOf({ 名单: [['姓名', '学校', '学号']] })
    await expect(findTable(content, 'a.xlsx')).rejects.toMatchObject({ code: 'imports.no-rows' })
  })
})
