import { isUtf8 } from 'node:buffer'
import { spreadsheetRefusal } from './refuse.ts'

export type SpreadsheetKind = 'xlsx' | 'xls' | 'csv'

const starts = (data: Buffer, bytes: string) => data.subarray(0, bytes.length / 2).equals(Buffer.from(bytes, 'hex'))

const others: readonly (readonly [string, string])[] = [
  ['ffd8ff', '是图片'],
  ['89504e47', '是图片'],
  ['47494638', '是图片'],
  ['424d', '是图片'],
  ['25504446', '是 PDF'],
  ['52617221', '是压缩包'],
  ['377abcaf', '是压缩包'],
  ['1f8b', '是压缩包'],
  ['7f454c46', '是程序'],
  ['4d5a', '是程序'],
]

const olePackage = Buffer.from('EncryptedPackage', 'utf16le')
const oleBook = Buffer.from('Workbook', 'utf16le')
const oleBook5 = Buffer.from('Book', 'utf16le')

function kindOfOle(data: Buffer, name: string): SpreadsheetKind {
  if (data.includes(olePackage)) throw spreadsheetRefusal('imports.encrypted', name)
  if (data.includes(oleBook) || data.includes(oleBook5)) return 'xls'
  throw spreadsheetRefusal('imports.not-a-workbook', name, { what: '是 Word 或其他 Office 文件' })
}

function refuseMarkup(data: Buffer, name: string): void {
  const head = data.subarray(0, 512).toString('latin1').trimStart().toLowerCase()
  if (head.startsWith('<') || head.startsWith('\u00ef\u00bb\u00bf<')) {
    throw spreadsheetRefusal('imports.not-a-workbook', name, { what: '其实是网页或 XML 文件' })
  }
}

/**
 * What a file is, by its first bytes; its name is not believed. Refuses the empty file, pictures and other documents
 * that were renamed, encrypted workbooks, and bytes that are no text in any encoding offices use.
 */
export function detectKind(data: Buffer, name: string): SpreadsheetKind {
  if (data.length === 0) throw spreadsheetRefusal('imports.empty-file', name)
  if (starts(data, '504b0304') || starts(data, '504b0506')) return 'xlsx'
  if (starts(data, 'd0cf11e0a1b11ae1')) return kindOfOle(data, name)
  if (starts(data, '0904') || starts(data, '0902')) return 'xls'
  for (const [magic, what] of others) {
    if (starts(data, magic)) throw spreadsheetRefusal('imports.not-a-workbook', name, { what })
  }
  refuseMarkup(data, name)
  if (starts(data, 'fffe') || starts(data, 'feff')) return 'csv'
  if (data.includes(0)) throw spreadsheetRefusal('imports.not-a-workbook', name, { what: '不是文本' })
  return 'csv'
}

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030'

/** The encoding of a text file: by its byte order mark, else UTF-8 when every byte fits, else GB18030 (which holds GBK). */
export function detectEncoding(data: Buffer): TextEncoding {
  if (starts(data, 'efbbbf')) return 'utf-8'
  if (starts(data, 'fffe')) return 'utf-16le'
  if (starts(data, 'feff')) return 'utf-16be'
  return isUtf8(data) ? 'utf-8' : 'gb18030'
}
