import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import ExcelJS from 'exceljs'
import { readWorkbook } from './read-workbook.ts'
import type { SpreadsheetRow } from './row.ts'
import { type WrittenSheet, writeWorkbook } from './write-workbook.ts'

/** Reading and making small workbooks. For tests. */

export async function readAll(content: Uint8Array | string, name = 'a.xlsx'): Promise<SpreadsheetRow[]> {
  const rows: SpreadsheetRow[] = []
  for await (const row of readWorkbook({ name, content })) rows.push(row)
  return rows
}

export const cellsOf = (rows: readonly SpreadsheetRow[]) => rows.map((row) => row.cells)

export async function bookOf(fill: (book: ExcelJS.Workbook) => void): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook()
  fill(book)
  return new Uint8Array(await book.xlsx.writeBuffer())
}

export async function written(sheets: readonly WrittenSheet[]): Promise<Buffer> {
  const target = new PassThrough()
  const bytes = buffer(target)
  await writeWorkbook(target, sheets)
  return bytes
}
