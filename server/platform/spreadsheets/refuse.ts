import { Refusal } from '#contract/platform'

/** Why a file can't be read, as codes and sentences that say what to do. The file is named, its content never quoted. */
const sentences = {
  'imports.empty-file': '文件“{file}”是空的（0 字节）,可能没有上传完整，请重新选择文件。',
  'imports.file-too-large': '文件“{file}”太大，请拆成几个文件再交。',
  'imports.not-a-workbook': '文件“{file}”不是 Excel 或 CSV 表格（{what}）,请另存为 .xlsx 后再交。',
  'imports.truncated': '文件“{file}”不完整或已损坏，可能上传中断，请重新上传；仍不行请用 Excel 打开后另存为 .xlsx。',
  'imports.encrypted': '文件“{file}”设了打开密码，请取消密码后另存再交。',
  'imports.bomb': '文件“{file}”解压后过大，不像正常的表格，没有读取。',
  'imports.lying-size': '文件“{file}”内部标注的大小与实际不符，没有读取。',
  'imports.entities': '文件“{file}”里含有不允许的 XML 声明（DOCTYPE）,没有读取。',
  'imports.external-parts': '文件“{file}”的内容指向文件之外，没有读取。',
  'imports.too-many-columns': '文件“{file}”列数太多（最多 {limit} 列）,请删去空白的多余列后再交。',
  'imports.too-many-rows': '文件“{file}”行数太多（最多 {limit} 行）,请拆成几个文件再交。',
  'imports.row-too-large': '文件“{file}”{where}内容过大，没有读取。',
  'imports.too-many-texts': '文件“{file}”文字太多，请拆成几个文件再交。',
  'imports.no-visible-sheet': '文件“{file}”没有可见的工作表。',
  'imports.unreadable-text': '文件“{file}”的文字编码认不出来，请用 Excel 打开后另存为 .xlsx 再交。',
} as const

export type SpreadsheetRefusalCode = keyof typeof sentences

const tooLarge = new Set<SpreadsheetRefusalCode>([
  'imports.file-too-large',
  'imports.bomb',
  'imports.too-many-columns',
  'imports.too-many-rows',
])

/** The refusal of a file, with its sentence filled in. */
export function spreadsheetRefusal(
  code: SpreadsheetRefusalCode,
  file: string,
  words: Readonly<Record<string, string | number>> = {},
): Refusal {
  const all: Record<string, string | number> = { ...words, file: file.slice(0, 120) }
  const sentence = sentences[code].replace(/\{(\w+)\}/g, (_, word: string) => String(all[word] ?? ''))
  return new Refusal(code, sentence, tooLarge.has(code) ? 'too-large' : 'invalid')
}
