import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import ExcelJS from 'exceljs'
import { describe, expect, test } from 'vitest'
import { annotateWorkbook } from './annotate-workbook.ts'
import { bookOf, cellsOf, readAll, written } from './workbook.fixture.ts'
import { guardFormula, type WrittenSheet } from './write-workbook.ts'

describe('writing', () => {
  const rows = [
    ['32990120181109002X', 12, '=1+1'],
    ['2025010001', null, '@x'],
    ['𠮷田', 0.5, '-5\u0001\ud800'],
  ]
  const sheet: WrittenSheet = {
    name: '名/单:1',
    titles: ['标题', '说明'],
    columns: [{ heading: '号' }, { heading: '数', kind: 'number' }, { heading: '文' }],
    rows,
  }

  test('what is written is read again the same; long numbers stay text', async () => {
    const bytes = await written([sheet, { ...sheet, name: '二', titles: [] }])
    const back = await readAll(bytes)
    expect(back.filter((row) => row.sheet === '名 单 1').map((row) => row.cells)).toEqual([
      ['标题', '标题', '标题'],
      ['说明', '说明', '说明'],
      ['号', '数', '文'],
      ['32990120181109002X', '12', '=1+1'],
      ['2025010001', '', '@x'],
      ['𠮷田', '0.5', '-5'],
    ])
    const book = new ExcelJS.Workbook()
    await book.xlsx.load(bytes as unknown as ArrayBuffer)
    const written2 = book.getWorksheet('二')
    expect(written2?.getCell('A2').numFmt).toBe('@')
    expect(written2?.getCell('A2').type).toBe(ExcelJS.ValueType.String)
    expect(written2?.getCell('C2').value).toBe("'=1+1")
  })

  test.each(['=1', '+1', '-1', '@a', '\ta'])('%j cannot run as a formula', (text) => {
    expect(guardFormula(text)).toBe(`'${text}`)
  })

  test('refused rows come back in their own workbook with the reason behind', async () => {
    const content = await bookOf((book) => {
      const own = book.addWorksheet('名单')
      own.addRows([
        ['某县名单'],
        ['填表说明'],
        ['序号', '姓名', '身份证号'],
        [1, '王芳', '1'],
        [2, '李四', '32990120181109002X'],
        [3, '赵六'],
      ])
      own.mergeCells('A1:C1')
    })
    const target = new PassThrough()
    const bytes = buffer(target)
    const count = await annotateWorkbook({ name: 'a', content }, target, [
      {
        sheet: '名单',
        headingEnd: 3,
        reasons: new Map([
          [4, '身份证号应为 18 位'],
          [6, '没有填身份证件号'],
        ]),
      },
    ])
    expect(count).toBe(2)
    expect(cellsOf(await readAll(await bytes))).toEqual([
      ['某县名单', '某县名单', '某县名单', '某县名单'],
      ['填表说明', '填表说明', '填表说明', '填表说明'],
      ['序号', '姓名', '身份证号', '错误原因'],
      ['1', '王芳', '1', '身份证号应为 18 位'],
      ['3', '赵六', '', '没有填身份证件号'],
    ])
  })

  test('notes of several cells above the headings stay notes, the reason stands beside the headings', async () => {
    const content = await written([
      {
        name: '名单',
        titles: [],
        columns: [{ heading: '姓名' }, { heading: '必填' }],
        rows: [
          ['序号', '姓名'],
          ['1', ''],
        ],
      },
    ])
    const target = new PassThrough()
    const bytes = buffer(target)
    const reasons = new Map([[3, '没有填姓名']])
    await annotateWorkbook({ name: 'a', content }, target, [{ sheet: '名单', headingStart: 2, headingEnd: 2, reasons }])
    expect(cellsOf(await readAll(await bytes)).slice(1)).toEqual([
      ['序号', '姓名', '错误原因'],
      ['1', '', '没有填姓名'],
    ])
  })
})
