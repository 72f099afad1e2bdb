import { createCipheriv } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { utils, write } from 'xlsx'
import { Refusal } from '#contract/platform'
import { defaultLimits, type SpreadsheetLimits } from './limits.ts'
import { readWorkbook } from './read-workbook.ts'
import type { SpreadsheetRow } from './row.ts'
import { makeZip, sheetXml, workbookParts } from './zip.fixture.ts'

const file = '名单.xlsx'

async function readAll(
  content: Uint8Array | string,
  limits: SpreadsheetLimits = defaultLimits,
): Promise<SpreadsheetRow[]> {
  const rows: SpreadsheetRow[] = []
  for await (const row of readWorkbook({ name: file, content }, limits)) rows.push(row)
  return rows
}

/** Reads and answers the refusal; fails when a single row came out before it. */
async function refusalOf(content: Uint8Array, limits = defaultLimits): Promise<Refusal> {
  let rows = 0
  try {
    for await (const _ of readWorkbook({ name: file, content }, limits)) rows++
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    expect(rows).toBe(0)
    expect(error.sentence).toContain(file)
    expect(error.sentence).toMatch(/[\u4e00-\u9fff]{4}/)
    return error
  }
  throw new Error(`was read, ${rows} rows`)
}

const cell = (ref: string, text: string) => `<c r="${ref}" t="inlineStr"><is><t>${text}</t></is></c>`
const oneRow = `<row r="1">${cell('A1', '姓名')}</row>`
const good = () => workbookParts([{ name: 'a', xml: sheetXml(oneRow) }])

describe('a file that is no table', () => {
  test('the control: the small hand-made workbook is read', async () => {
    expect(await readAll(makeZip(good()))).toEqual([{ sheet: 'a', row: 1, cells: ['姓名'] }])
  })

  test.each([
    ['an empty file', Buffer.alloc(0), 'imports.empty-file'],
    ['a picture renamed', Buffer.from('ffd8ffe000104a46494600010100', 'hex'), 'imports.not-a-workbook'],
    ['another picture renamed', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'imports.not-a-workbook'],
    ['a PDF renamed', Buffer.from('%PDF-1.7\n%\u00e2\u00e3'), 'imports.not-a-workbook'],
    [
      'a web page called xls',
      Buffer.from('<html><table><tr><td>姓名</td></tr></table></html>'),
      'imports.not-a-workbook',
    ],
    ['an archive of other things', makeZip([{ path: 'a.txt', content: 'x' }]), 'imports.not-a-workbook'],
    [
      'a workbook within an archive',
      makeZip([{ path: 'inner.xlsx', content: makeZip(good()) }]),
      'imports.not-a-workbook',
    ],
    ['bytes of nothing', Buffer.from([1, 2, 0, 3, 0, 0, 9]), 'imports.not-a-workbook'],
    ['text in no encoding', Buffer.from([0x41, 0xff, 0xff, 0x81, 0x30, 0xff]), 'imports.unreadable-text'],
  ])('%s is refused', async (_, content, code) => {
    expect((await refusalOf(content)).code).toBe(code)
  })

  test.each([0.3, 0.6, 0.95, 0.999])('an upload cut at %d of its length is refused', async (part) => {
    const whole = makeZip(good())
    expect((await refusalOf(whole.subarray(0, Math.floor(whole.length * part)))).code).toBe('imports.truncated')
  })

  test('a sheet damaged inside is refused before its first row', async () => {
    const rows = Array.from(
      { length: 3000 },
      (_, i) => `<row r="${i + 1}">${cell(`A${i + 1}`, `${i * 7919}`)}</row>`,
    ).join('')
    const whole = makeZip(workbookParts([{ name: 'a', xml: sheetXml(rows) }]))
    const at = whole.indexOf('xl/worksheets/s0.xml') + 9000
    whole.fill(0xa7, at, at + 40)
    expect(['imports.truncated', 'imports.lying-size']).toContain((await refusalOf(whole)).code)
  })

  test('a single wrong byte within the packed texts is noticed', async () => {
    const strings = `<sst>${Array.from({ length: 400 }, (_, i) => `<si><t>王${i * 7919}</t></si>`).join('')}</sst>`
    const whole = makeZip(workbookParts([{ name: 'a', xml: sheetXml(oneRow) }], { strings }))
    const at = whole.indexOf('xl/sharedStrings.xml') + 1200
    whole.writeUInt8((whole.readUInt8(at) ^ 1) & 255, at)
    expect(['imports.truncated', 'imports.lying-size']).toContain((await refusalOf(whole)).code)
  })

  test('an encrypted workbook is refused', async () => {
    const locked = makeZip(good().map((part) => ({ ...part, flags: 1 })))
    expect((await refusalOf(locked)).code).toBe('imports.encrypted')
    const key = createCipheriv('aes-128-ecb', Buffer.alloc(16), null)
    const ole = Buffer.concat([
      Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      key.update(Buffer.alloc(1024)),
      Buffer.from('EncryptedPackage', 'utf16le'),
    ])
    expect((await refusalOf(ole)).code).toBe('imports.encrypted')
  })
})

describe('a file that costs more than it shows', () => {
  const bomb = Buffer.alloc(120 * 2 ** 20, 0x20)

  test('a zip bomb is refused by its directory, without unpacking', async () => {
    const content = makeZip([...good(), { path: 'xl/media/a.bin', content: bomb }])
    const before = process.memoryUsage().arrayBuffers
    expect((await refusalOf(content)).code).toBe('imports.bomb')
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20 * 2 ** 20)
  })

  test('a workbook that lies about its size is refused, whichever way it lies', async () => {
    const parts = good()
    const sheet = { path: 'xl/worksheets/s0.xml', content: sheetXml(`${oneRow}${' '.repeat(5_000_000)}`) }
    for (const declared of [100, 6_000_000]) {
      const content = makeZip([...parts.slice(0, -1), { ...sheet, declared }])
      expect((await refusalOf(content)).code).toBe('imports.lying-size')
    }
  })

  test('a million columns are refused, in a workbook with and without references and in text', async () => {
    const wide = Array.from({ length: 40_000 }, () => '<c t="inlineStr"><is><t>x</t></is></c>').join('')
    for (const row of [wide, cell('XFD1', 'x'), cell('ZZZZ1', 'x')]) {
      const content = makeZip(workbookParts([{ name: 'a', xml: sheetXml(`<row r="1">${row}</row>`) }]))
      expect((await refusalOf(content)).code).toBe('imports.too-many-columns')
    }
    expect((await refusalOf(Buffer.from('x,'.repeat(1_000_000)))).code).toBe('imports.too-many-columns')
    const record = `"${'x'.repeat(6_000_000)}`
    expect((await refusalOf(Buffer.from(record))).code).toBe('imports.row-too-large')
  })

  test('empty formatted cells to the last column are no columns', async () => {
    const content = makeZip(
      workbookParts([{ name: 'a', xml: sheetXml(`<row r="1">${cell('A1', 'x')}<c r="XFD1" s="1"/></row>`) }]),
    )
    expect(await readAll(content)).toEqual([{ sheet: 'a', row: 1, cells: ['x'] }])
  })

  test('too many rows, texts and parts are refused at their bounds', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => `<row>${cell(`A${i + 1}`, 'x')}</row>`).join('')
    const content = makeZip(workbookParts([{ name: 'a', xml: sheetXml(rows) }]))
    expect(await readAll(content, { ...defaultLimits, rows: 30 })).toHaveLength(30)
    expect((await refusalOf(content, { ...defaultLimits, rows: 29 })).code).toBe('imports.too-many-rows')
    expect((await refusalOf(content, { ...defaultLimits, entries: 4 })).code).toBe('imports.bomb')
    expect((await refusalOf(content, { ...defaultLimits, fileBytes: 100 })).code).toBe('imports.file-too-large')
    const strings = `<sst>${'<si><t>x</t></si>'.repeat(50)}</sst>`
    const texts = makeZip(workbookParts([{ name: 'a', xml: sheetXml(oneRow) }], { strings }))
    expect((await refusalOf(texts, { ...defaultLimits, sharedStrings: 49 })).code).toBe('imports.too-many-texts')
  })

  test('one endless row is refused before it fills the memory', async () => {
    const endless = `<row r="1">${`<c r="A1"><v>${'1'.repeat(60)}</v></c>`.repeat(80_000)}`
    const content = makeZip(workbookParts([{ name: 'a', xml: `<worksheet><sheetData>${endless}` }]))
    expect((await refusalOf(content)).code).toBe('imports.row-too-large')
  })

  test('a very long cell is cut and marked', async () => {
    const content = makeZip(
      workbookParts([{ name: 'a', xml: sheetXml(`<row r="1">${cell('A1', 'x'.repeat(20_000))}</row>`) }]),
    )
    const [row] = await readAll(content)
    expect(row?.cells[0]).toHaveLength(defaultLimits.cellCharacters)
    expect(row?.marks?.get(0)).toBe('too-long')
  })
})

describe('a file that wants more than to be read', () => {
  const laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'

  test.each([
    'xl/workbook.xml',
    'xl/worksheets/s0.xml',
    'xl/_rels/workbook.xml.rels',
    'xl/sharedStrings.xml',
    'xl/styles.xml',
  ])('XML entities in %s are refused', async (path) => {
    const parts = workbookParts([{ name: 'a', xml: sheetXml(oneRow) }], {
      strings: '<sst><si><t>x</t></si></sst>',
      styles: '<styleSheet/>',
    })
    const poisoned = parts.map((part) => (part.path === path ? { path, content: laughs + part.content } : part))
    expect((await refusalOf(makeZip(poisoned))).code).toBe('imports.entities')
  })

  test('a declaration far behind a comment is refused all the same', async () => {
    const xml = `<!--${' '.repeat(200_000)}-->${laughs}${sheetXml(oneRow)}`
    expect((await refusalOf(makeZip(workbookParts([{ name: 'a', xml }])))).code).toBe('imports.entities')
  })

  test('an unknown entity is text and is not looked up', async () => {
    const content = makeZip(
      workbookParts([{ name: 'a', xml: sheetXml(`<row r="1">${cell('A1', '&amp;&#x738B;&secret;')}</row>`) }]),
    )
    expect((await readAll(content))[0]?.cells).toEqual(['&王&secret;'])
  })

  test('a sheet that stands outside the file is refused', async () => {
    const parts = workbookParts([{ name: 'a', xml: sheetXml(oneRow) }], { sheetRelation: ' TargetMode="External"' })
    expect((await refusalOf(makeZip(parts))).code).toBe('imports.external-parts')
  })

  test('a path that climbs out of the archive is refused', async () => {
    expect((await refusalOf(makeZip([...good(), { path: '../../etc/passwd', content: 'x' }]))).code).toBe(
      'imports.truncated',
    )
  })

  test('a formula gives no value, only a mark', async () => {
    const row = `<row r="1"><c r="A1" t="str"><f>HYPERLINK("http://x")</f><v>王芳</v></c><c r="B1"><f>1+1</f></c></row>`
    const [read] = await readAll(makeZip(workbookParts([{ name: 'a', xml: sheetXml(row) }])))
    expect(read?.cells).toEqual(['', ''])
    expect([...(read?.marks ?? [])]).toEqual([
      [0, 'formula'],
      [1, 'formula'],
    ])
  })

  test('a workbook with nothing but hidden sheets is refused', async () => {
    const parts = workbookParts([{ name: 'a', state: 'veryHidden', xml: sheetXml(oneRow) }])
    expect((await refusalOf(makeZip(parts))).code).toBe('imports.no-visible-sheet')
  })

  test('an old workbook that is cut or too large is refused', async () => {
    const book = utils.book_new()
    utils.book_append_sheet(
      book,
      utils.aoa_to_sheet([['姓名'], ...Array.from({ length: 500 }, (_, i) => [`王${i}`])]),
      'a',
    )
    const whole: Buffer = write(book, { type: 'buffer', bookType: 'biff8' })
    expect(await readAll(whole)).toHaveLength(501)
    expect((await refusalOf(whole.subarray(0, Math.floor(whole.length / 3)))).code).toMatch(/^imports\./)
    expect((await refusalOf(whole, { ...defaultLimits, oldFileBytes: 1000 })).code).toBe('imports.file-too-large')
  })
})

describe('damage at random', () => {
  const rows = Array.from(
    { length: 40 },
    (_, i) => `<row r="${i + 1}">${cell(`A${i + 1}`, `王${i}`)}<c r="B${i + 1}" t="s"><v>${i % 3}</v></c></row>`,
  )
  const strings = '<sst><si><t>甲</t></si><si><t>乙</t></si><si><t>丙</t></si></sst>'
  const whole = makeZip(
    workbookParts([{ name: 'a', xml: sheetXml(rows.join('')) }], { strings, styles: '<styleSheet/>' }),
  )
  const book = utils.book_new()
  utils.book_append_sheet(
    book,
    utils.aoa_to_sheet([
      ['姓名', '学号'],
      ['王芳', 1],
    ]),
    'a',
  )
  const old: Buffer = write(book, { type: 'buffer', bookType: 'biff8' })

  const readsOrRefuses = async (content: Buffer) => {
    try {
      await readAll(content)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
    }
  }
  const damaged = (content: Buffer, changes: readonly (readonly [number, number])[]) => {
    const copy = Buffer.from(content)
    for (const [at, byte] of changes) copy[at % copy.length] = byte
    return copy
  }
  const changes = fc.array(fc.tuple(fc.nat(100_000), fc.nat(255)), { minLength: 1, maxLength: 12 })

  test('a damaged workbook is read or refused, never a fault', async () => {
    await fc.assert(
      fc.asyncProperty(changes, (where) => readsOrRefuses(damaged(whole, where))),
      { seed: 20261122, numRuns: 300 },
    )
  })

  test('so is a damaged old workbook', async () => {
    await fc.assert(
      fc.asyncProperty(changes, (where) => readsOrRefuses(damaged(old, where))),
      { seed: 20261123, numRuns: 12 },
    )
  })

  test('so are bytes of any kind', async () => {
    const bytes = fc.uint8Array({ maxLength: 400 })
    await fc.assert(
      fc.asyncProperty(bytes, (content) => readsOrRefuses(Buffer.from(content))),
      { seed: 20261124, numRuns: 300 },
    )
  })
})
