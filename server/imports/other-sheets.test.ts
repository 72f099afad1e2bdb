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
  return { table, values, told, read: named(false), passed: named(true) }
}

describe('a workbook of several sheets', () => {
  test('[X7] of a sheet with other columns than the first it is told what is not read and what it lacks', async () => {
    const { told } = await readAll('dibao', {
      名单一: [
        ['序号', '姓名', '身份证号', '户主', '月保障金'],
        [1, '王芳', '11010519491231002X', '王大山', 400],
      ],
      名单二: [
        ['序号', '户主姓名', '姓名', '身份证号', '开户行'],
        [1, '李四', '李小', '440524188001010014', '农商行'],
      ],
    })
    expect(told).toEqual([
      { sheet: '名单一', headingStart: 1, headingEnd: 1 },
      {
        sheet: '名单二',
        headingStart: 1,
        headingEnd: 1,
        unread: [{ letter: 'E', heading: '开户行' }],
        lacking: ['月保障金'],
      },
    ])
  })

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

  const placesOf = (values: readonly unknown[]) =>
    (values as { name: string; school_name?: string; class_name?: { label: string; grade?: { year: number } } }[]).map(
      ({ name, school_name, class_name }) => [
        name,
        school_name,
        class_name && `${class_name.grade?.year ?? ''} ${class_name.label}`,
      ],
    )

  test('[X7] a list cut into classes by lines of one text: each line holds for those below it', async () => {
    const { table, values } = await readAll('roster', {
      Sheet1: [
        ['2025年秋学期学生名册'],
        ['东关小学'],
        ['序号', '姓名', '性别', '学籍号'],
        ['班级：三（1）班（共2人）'],
        [1, '王芳', '女', 'a1'],
        [2, '李强', '男', 'a2'],
        ['小计', 2],
        ['三（2）班花名册'],
        ['序号', '姓名', '性别', '学籍号'],
        [1, '赵六', '男', 'a3'],
        ['以上学生名单已公示'],
      ],
    })
    expect(table.heading.headings.slice(-2)).toEqual(['学校(分段标题)', '班级(分段标题)'])
    // A person who looks at the columns sees what holds for each row.
    expect(table.samples.slice(0, 2).map(({ cells }) => cells.slice(-2))).toEqual([
      ['东关小学', '三(1)班'],
      ['东关小学', '三(1)班'],
    ])
    expect(placesOf(values)).toEqual([
      ['王芳', '东关小学', '3 1班'],
      ['李强', '东关小学', '3 1班'],
      ['赵六', '东关小学', '3 2班'],
    ])
  })

  test('[X7] a new school begins without a class; the next sheet begins without either', async () => {
    const { values } = await readAll('roster', {
      一: [
        ['姓名', '学籍号'],
        ['东关小学', ''],
        ['三一班', ''],
        ['王芳', 'a1'],
        ['西关小学', ''],
        ['李强', 'a2'],
        ['四二班', ''],
        ['赵六', 'a3'],
      ],
      二: [
        ['学籍号', '姓名'],
        ['a4', '孙七'],
        ['', '南关小学'],
        ['a5', '周八'],
      ],
    })
    expect(placesOf(values)).toEqual([
      ['王芳', '东关小学', '3 1班'],
      ['李强', '西关小学', undefined],
      ['赵六', '西关小学', '4 2班'],
      ['孙七', undefined, undefined],
      ['周八', '南关小学', undefined],
    ])
  })

  test('a title is no line: it says a year, or what the list is', async () => {
    const { table } = await readAll('roster', {
      Sheet1: [
        ['东关小学学生花名册'],
        ['2025年秋学期东关小学'],
        ['2025年秋学期三(2)班学生名单'],
        ['向日葵班'],
        ['姓名', '学籍号'],
        ['王芳', 'a1'],
      ],
    })
    expect(table.heading.headings).toEqual(['姓名', '学籍号'])
  })

  test('lines are not asked for what a column says', async () => {
    const { table } = await readAll('roster', {
      Sheet1: [['东关小学'], ['姓名', '学校', '班级'], ['王芳', '西关小学', '四(2)班']],
    })
    expect(table.heading.headings).toEqual(['姓名', '学校', '班级'])
  })

  test('a heading with nobody below it is told as such', async () => {
    const content = await bytesOf({ 名单: [['姓名', '学校', '学号']] })
    await expect(findTable(content, 'a.xlsx')).rejects.toMatchObject({ code: 'imports.no-rows' })
  })
})
