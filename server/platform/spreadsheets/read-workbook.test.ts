import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { utils, write } from 'xlsx'
import { readWorkbook, spreadsheetKind } from './read-workbook.ts'
import { bookOf, cellsOf, readAll, written } from './workbook.fixture.ts'
import { makeZip, sheetXml, workbookParts } from './zip.fixture.ts'

describe('cells of an xlsx workbook as text', () => {
  test('texts, long numbers, dates by style, booleans and errors', async () => {
    const content = await bookOf((book) => {
      const sheet = book.addWorksheet('表')
      sheet.addRow([
        '32990120181109002X',
        2025010001,
        0.1 + 0.2,
        true,
        { error: '#N/A' },
        Number('411323201506170020'),
        new Date(Date.UTC(2018, 10, 9)),
      ])
      sheet.getCell('G1').numFmt = 'yyyy"年"m"月"d"日"'
      sheet.getCell('H1').value = 45000.5
      sheet.getCell('H1').numFmt = 'yyyy/m/d h:mm'
      sheet.getCell('I1').value = { richText: [{ text: '王' }, { text: '芳', font: { bold: true } }] }
      sheet.getCell('J1').value = 45000
      sheet.getCell('K1').value = 1234567.5
      sheet.getCell('K1').numFmt = '#,##0.00'
    })
    const [row] = await readAll(content)
    expect(row?.cells).toEqual([
      '32990120181109002X',
      '2025010001',
      '0.3',
      'TRUE',
      '#N/A',
      '411323201506170048',
      '2018-11-09',
      '2023-03-15 12:00:00',
      '王芳',
      '45000',
      '1234567.5',
    ])
    expect([...(row?.marks ?? [])]).toEqual([
      [4, 'error'],
      [5, 'lossy-number'],
    ])
  })

  test('prefixed tags, odd quoting, phonetic guides, 1904 dates, missing references', async () => {
    const strings = `<x:sst xmlns:x='y'><x:si><x:r><x:t>王</x:t></x:r><x:r><x:t xml:space='preserve'> 芳</x:t></x:r><x:rPh sb='0'><x:t>wang</x:t></x:rPh></x:si></x:sst>`
    const styles = `<x:styleSheet xmlns:x='y'><x:cellStyleXfs><x:xf numFmtId='14'/></x:cellStyleXfs><x:cellXfs><x:xf numFmtId='0'/><x:xf numFmtId='14'/></x:cellXfs></x:styleSheet>`
    const xml = `<x:worksheet xmlns:x='y'><x:sheetData><x:row><x:c t='s'><x:v>0</x:v></x:c><x:c s = '1'><x:v>0.0</x:v></x:c><x:c s="1"><x:v>41000</x:v></x:c></x:row><x:row r='5'><x:c r='B5' t="inlineStr"><x:is><x:t>a&lt;b_x000A_c</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>`
    const content = makeZip(
      workbookParts([{ name: '表', xml }], { strings, styles, workbook: '<workbookPr date1904="1"/>' }),
    )
    expect(await readAll(content)).toEqual([
      { sheet: '表', row: 1, cells: ['王 芳', '1904-01-01', '2016-04-02'] },
      { sheet: '表', row: 5, cells: ['', 'a<b\nc'] },
    ])
  })

  test('hidden sheets are skipped, empty rows are not handed out, row numbers are those of Excel', async () => {
    const content = await bookOf((book) => {
      book.addWorksheet('码值', { state: 'hidden' }).addRow(['汉'])
      book.addWorksheet('密', { state: 'veryHidden' }).addRow(['x'])
      const sheet = book.addWorksheet('甲')
      sheet.getCell('A3').value = '三'
      sheet.getCell('C9').value = '九'
      book.addWorksheet('乙').addRow(['b'])
    })
    expect((await readAll(content)).map((row) => [row.sheet, row.row, row.cells])).toEqual([
      ['甲', 3, ['三']],
      ['甲', 9, ['', '', '九']],
      ['乙', 1, ['b']],
    ])
  })

  test('a merged cell stands in all the rows and columns it covers, and nowhere else', async () => {
    const content = await bookOf((book) => {
      const sheet = book.addWorksheet('a')
      sheet.addRows([
        ['班级', '姓名', 'x'],
        ['1班', '甲', 'p'],
        ['', '乙', ''],
        ['', '丙', 'q'],
        ['2班', '丁', ''],
        ['', '', ''],
      ])
      sheet.mergeCells('A2:A4')
      sheet.mergeCells('B1:C1')
      sheet.mergeCells('A5:A6')
    })
    expect(cellsOf(await readAll(content))).toEqual([
      ['班级', '姓名', '姓名'],
      ['1班', '甲', 'p'],
      ['1班', '乙'],
      ['1班', '丙', 'q'],
      ['2班', '丁'],
    ])
  })

  test('a merge over the whole sheet costs nothing', async () => {
    const xml = sheetXml(
      '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="B1048576"><v>2</v></c></row>',
      '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>',
    )
    const rows = await readAll(makeZip(workbookParts([{ name: 'a', xml }])))
    expect(rows.map((row) => [row.row, row.cells.length])).toEqual([
      [1, 500],
      [1_048_576, 500],
    ])
  })
})

describe('text tables and old workbooks', () => {
  const text = '姓名,"备注\n(选填)",学号\r\n王芳,"说""好"", 再见",="0012"\r\n\r\n赵六,,\n𠮷田,x,1'
  const expected = [
    { sheet: '', row: 1, cells: ['姓名', '备注\n(选填)', '学号'] },
    { sheet: '', row: 2, cells: ['王芳', '说"好", 再见', '0012'] },
    { sheet: '', row: 4, cells: ['赵六'] },
    { sheet: '', row: 5, cells: ['𠮷田', 'x', '1'] },
  ]

  test.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16', iconv.encode(text, 'utf-16le', { addBOM: true })],
    ['big-endian UTF-16', iconv.encode(text, 'utf-16be', { addBOM: true })],
    ['GB18030', iconv.encode(text, 'gb18030')],
    ['tabs', Buffer.from(text.replaceAll(',', '\t').replace('"说""好""\t', '"说""好"",'))],
    ['semicolons', Buffer.from(text.replaceAll(',', ';').replace('"说""好"";', '"说""好"",'))],
  ])('%s is read', async (_, content) => {
    expect(await readAll(content, 'a.csv')).toEqual(expected)
  })

  test('GBK as offices save it is read, whatever the file is called', async () => {
    const content = iconv.encode('姓名,学号\n王芳,1\n', 'gbk')
    expect(await spreadsheetKind({ name: 'a.xlsx', content })).toBe('csv')
    expect(cellsOf(await readAll(content))).toEqual([
      ['姓名', '学号'],
      ['王芳', '1'],
    ])
  })

  test('a large text table is the same read in whatever chunks', async () => {
    const lines = Array.from({ length: 40_000 }, (_, i) => `${i},"王""${i}""芳","多\n行"`)
    const rows = await readAll(Buffer.from(lines.join('\n')), 'a.csv')
    expect(rows).toHaveLength(40_000)
    expect(
      rows.every((row, i) => row.cells[0] === String(i) && row.cells[1] === `王"${i}"芳` && row.cells[2] === '多\n行'),
    ).toBe(true)
  })

  test('an old xls keeps long numbers, dates, hidden sheets and merges like the new one', async () => {
    const book = utils.book_new()
    const sheet = utils.aoa_to_sheet([
      ['班级', '号', '日期'],
      ['1班', '32990120181109002X', 43413],
      ['', '2', 0.5],
    ])
    sheet.C2 = { t: 'n', v: 43413, z: 'yyyy/m/d' }
    sheet.B3 = { t: 'n', v: 3, f: '1+2' }
    sheet['!merges'] = [{ s: { r: 1, c: 0 }, e: { r: 2, c: 0 } }]
    utils.book_append_sheet(book, sheet, '甲')
    utils.book_append_sheet(book, utils.aoa_to_sheet([['汉']]), '码')
    book.Workbook = { Sheets: [{ Hidden: 0 }, { Hidden: 1 }] }
    const content: Buffer = write(book, { type: 'buffer', bookType: 'biff8' })
    expect(await spreadsheetKind({ name: 'a', content })).toBe('xls')
    const rows = await readAll(content)
    expect(rows.slice(0, 2)).toEqual([
      { sheet: '甲', row: 1, cells: ['班级', '号', '日期'] },
      { sheet: '甲', row: 2, cells: ['1班', '32990120181109002X', '2018-11-09'] },
    ])
    expect(rows[2]?.cells[0]).toBe('1班')
    expect(rows).toHaveLength(3)
  })

  test('an old xls that counts its days from 1904 means the days it shows', async () => {
    const book = utils.book_new()
    const sheet = utils.aoa_to_sheet([['日期'], [38415]])
    sheet.A2 = { t: 'n', v: 38415, z: 'yyyy/m/d' }
    utils.book_append_sheet(book, sheet, '甲')
    book.Workbook = { WBProps: { date1904: true } }
    const content: Buffer = write(book, { type: 'buffer', bookType: 'biff8' })
    expect(cellsOf(await readAll(content))).toEqual([['日期'], ['2009-03-05']])
  })

  test.each(['xlsx', 'biff8'] as const)(
    'numbers shown with noughts before them keep those, months typed as months stay months (%s)',
    async (bookType) => {
      const book = utils.book_new()
      const sheet = utils.aoa_to_sheet([[123, 43405, 43413, 0.5]])
      sheet.A1 = { t: 'n', v: 123, z: '000000' }
      sheet.B1 = { t: 'n', v: 43405, z: 'yyyy"年"m"月"' }
      sheet.C1 = { t: 'n', v: 43413, z: 'yyyy"年"m"月"' }
      sheet.D1 = { t: 'n', v: 0.5, z: '000' }
      utils.book_append_sheet(book, sheet, '甲')
      const content: Buffer = write(book, { type: 'buffer', bookType })
      expect(cellsOf(await readAll(content))).toEqual([['000123', '2018-11', '2018-11-09', '0.5']])
    },
  )

  test('reading can be stopped at any row', async () => {
    const book = utils.book_new()
    utils.book_append_sheet(book, utils.aoa_to_sheet(Array.from({ length: 3000 }, (_, i) => [i])), 'a')
    const old: Buffer = write(book, { type: 'buffer', bookType: 'biff8' })
    for (const content of [old, Buffer.from('a\nb\nc\n')]) {
      let seen = 0
      for await (const _ of readWorkbook({ name: 'a', content })) if (++seen === 2) break
      expect(seen).toBe(2)
    }
  })
})

describe('the reader at work', () => {
  test('runs in a worker thread and from a path, and fifty thousand rows keep memory bounded', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sheets-'))
    try {
      const path = join(folder, 'big.xlsx')
      const columns = Array.from({ length: 20 }, (_, c) => ({ heading: `列${c}` }))
      function* many() {
        for (let i = 0; i < 50_000; i++) yield columns.map((_, c) => `值${i}-${c}`)
      }
      await writeFile(path, await written([{ name: 'a', columns, rows: many() }]))
      expect((await readFile(path)).length).toBeGreaterThan(1_000_000)
      const worker = new Worker(new URL('./reading-worker.fixture.ts', import.meta.url), {
        workerData: { path: fileURLToPath(new URL(`file://${path}`)) },
      })
      const result = await new Promise<{ rows: number; last: string; peakHeap: number }>((resolve, reject) => {
        worker.on('message', resolve)
        worker.on('error', reject)
      })
      expect(result.rows).toBe(50_001)
      expect(result.last).toBe('值49999-19')
      expect(result.peakHeap).toBeLessThan(120 * 2 ** 20)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })
})
