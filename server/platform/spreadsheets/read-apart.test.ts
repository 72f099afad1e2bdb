import { describe, expect, test } from 'vitest'
import { Refusal } from '#contract/platform'
import { packRows, unpackRows } from './packed-rows.ts'
import { readRowsApart } from './read-apart.ts'
import { readWorkbook } from './read-workbook.ts'
import type { CellMark, SpreadsheetRow } from './row.ts'

const lines = Array.from({ length: 20_000 }, (_, i) => `第${i}行,${i % 7 ? '赵一' : '  '},,"逗,号",G32012320100101${i}`)
const large = (): Buffer => Buffer.from(`﻿序号,姓名,空,注,号\n${lines.join('\n')}\n`)

const all = async (rows: AsyncIterable<SpreadsheetRow>): Promise<SpreadsheetRow[]> => {
  const found: SpreadsheetRow[] = []
  for await (const row of rows) found.push(row)
  return found
}

async function* readApart(source: Parameters<typeof readRowsApart>[0]): AsyncGenerator<SpreadsheetRow> {
  for await (const rows of readRowsApart(source)) yield* rows
}

describe('a large file read in a thread of its own', () => {
  test('gives the rows it gives otherwise, in their order', async () => {
    expect(large().byteLength).toBeGreaterThan(512 * 1024)
    const apart = await all(readApart({ content: large(), name: '名册.csv' }))
    expect(apart).toHaveLength(20_001)
    expect(apart).toEqual(await all(readWorkbook({ content: large(), name: '名册.csv' })))
  })

  test('is refused in the same words when it is damaged', async () => {
    const damaged = Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(600 * 1024, 7)])
    const refusalOf = (rows: AsyncIterable<SpreadsheetRow>) => all(rows).catch((error: unknown) => error)
    const here = await refusalOf(readWorkbook({ content: Buffer.from(damaged), name: '名册.xlsx' }))
    const apart = await refusalOf(readApart({ content: damaged, name: '名册.xlsx' }))
    expect(apart).toBeInstanceOf(Refusal)
    expect(apart).toMatchObject({ code: 'imports.truncated', sentence: (here as Refusal).sentence, kind: 'invalid' })
  })

  test('can be left at any row', async () => {
    let rows = 0
    for await (const row of readApart({ content: large(), name: '名册.csv' })) {
      rows++
      if (row.row === 5) break
    }
    expect(rows).toBe(5)
  })
})

describe('rows on their way between threads', () => {
  test('are the same again, with the marks of their cells', () => {
    const marks = new Map<number, CellMark>([[1, 'formula']])
    const rows: SpreadsheetRow[] = [
      { sheet: '一班', row: 3, cells: ['赵一', '', '𠮷'] },
      { sheet: '一班', row: 7, cells: ['王芳', '', 'x'], marks },
      { sheet: '一班', row: 8, cells: ['单个'] },
    ]
    const packed = packRows(rows)
    expect(packed && [...unpackRows(packed)]).toEqual(rows)
  })

  test.each(['a\u001fb', 'a\u001eb'])('stay apart when a cell holds what parts them', (text) => {
    expect(packRows([{ sheet: '', row: 1, cells: [text, '乙'] }])).toBeUndefined()
  })
})
