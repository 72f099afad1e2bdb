import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readWorkbook } from './read-workbook.ts'
import { makeZip, sheetXml, workbookParts } from './zip.fixture.ts'

const strings = '<sst><si><t>甲</t></si><si><t>乙 &amp; 丙</t></si></sst>'
const styles =
  '<styleSheet><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>'

const read = async (rows: string) => {
  const parts = workbookParts([{ name: 'a', xml: sheetXml(rows) }], { strings, styles })
  const found: unknown[] = []
  for await (const { row, cells, marks } of readWorkbook({ name: 'x.xlsx', content: makeZip(parts) }))
    found.push([row, cells, [...(marks ?? [])]])
  return found
}

const value = fc.constantFrom(
  '0',
  '1',
  '45000',
  '1234567890123456789',
  '0.1',
  '王芳',
  '&lt;b&gt;',
  '_x0041_',
  "'=1",
  '',
  'x'.repeat(20_000),
)
const type = fc.constantFrom(
  '',
  ' t="s"',
  ' t="str"',
  ' t="n"',
  ' t="b"',
  ' t="e"',
  ' t="d"',
  ' t="zz"',
  ' t="inlineStr"',
)
const body = fc.tuple(value, fc.constantFrom('v', 'is', 'f', 'spaced', 'none')).map(([text, form]) => {
  if (form === 'is') return `<is><t>${text}</t></is>`
  if (form === 'f') return `<f>1+1</f><v>${text}</v>`
  if (form === 'spaced') return `<is><t xml:space="preserve">${text}</t></is>`
  return form === 'none' ? '' : `<v>${text}</v>`
})
const cell = fc.tuple(fc.option(fc.nat(40)), fc.constantFrom('', ' s="0"', ' s="1"'), type, body, fc.boolean())
const nameOf = (column: number): string => (column < 26 ? '' : 'A') + String.fromCharCode(65 + (column % 26))

test('a cell read in one go says what it says when it is read tag by tag', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(cell, { maxLength: 12 }), async (cells) => {
      // a second space is legal, and never written: whoever meets it reads tag by tag
      const written = (space: string) =>
        cells
          .map(([column, style, kind, inside, empty]) => {
            const reference = column === null ? '' : ` r="${nameOf(column)}7"`
            const head = `<c${space}${`${reference}${style}${kind}`.trim() === '' ? '' : `${reference}${style}${kind}`}`
            return empty ? `${head}/>` : `${head}>${inside}</c>`
          })
          .join('')
      const rows = (space: string) => `<row r="7">${written(space)}</row><row r="8"><c r="A8"><v>1</v></c></row>`
      expect(await read(rows(''))).toEqual(await read(rows(' ')))
    }),
    { seed: 20261122, numRuns: 300 },
  )
})
