import { longWords } from './headers.ts'
import type { SheetRow } from './rows.ts'
import { isDigits } from './values/text.ts'

/** What the rows below the headings are. */

const sums =
  '合计|总计|小计|共计|总共|累计|本页小计|本页合计|平均分|平均|均分|最高分|最低分|最高|最低|及格率|优秀率|良好率|合格率|低分率|标准差|参考人数|实考人数|总人数|人数'
const totalWord = new RegExp(
  `^(?:[\u3010(]?(?:${sums})[:\u3011)]?\\d*人?|.{0,20}(?:小计|合计|总计)|共\\d+(?:人|名|户|条).*)$`,
)
const bareTotal = /^(?:合\s*计|小\s*计|总\s*计|共\s*计|本页小计|本页合计)$/
const noteWord =
  /^(?:注\d?[:.]|备注:|说明[:.]|填表说明|填报说明|填表人|填报人|填表日期|填表时间|填报单位|填报日期|制表|统计人|录入人|审核|复核|负责人|单位\(盖章\)|单位盖章|联系人[::]|经办人|以上|以下空白|打印|第\d+页|.{0,8}(?:签字|签名|盖章|签章)[:)]?)/

export type RowRole = 'data' | 'total' | 'note' | 'empty' | 'heading'

/** Longest bare word for a total, with a space within. */
const longestTotal = 5

/**
 * What a row below the headings is: data, a totals row, a note, nothing, or the headings printed again on a new page.
 * `columns` are those with a meaning; a row that fills none of them is empty however many serial numbers it has.
 * `nameColumn` holds the person's name. A row merged into one text over all columns is a note.
 */
export function rowRole(
  row: SheetRow,
  columns: readonly number[],
  headings: readonly string[],
  nameColumn?: number,
): RowRole {
  const { cells } = row
  let first = ''
  let filled = 0
  let sums = false
  for (let c = 0; c < cells.length && filled < 4; c++) {
    const cell = cells[c]
    if (!cell) continue
    const text = cell.trim()
    if (text === '' || text === first) continue
    if (filled === 0) first = text
    filled++
    if (text.length <= longestTotal && text.endsWith('计') && bareTotal.test(text)) sums = true
  }
  let meant = 0
  let repeated = 0
  for (const c of columns) {
    const cell = cells[c]
    if (row.marks?.has(c)) meant++
    if (!cell || cell.trim() === '') continue
    meant++
    if (cell === headings[c]) repeated++
  }
  if (first === '' && meant === 0) return 'empty'
  if (repeated >= 2 && repeated * 2 > meant) return 'heading'
  // what tells a total or a note from data are Chinese words; most rows begin with their number
  const word = isDigits(first) ? '' : first.normalize('NFKC').replaceAll(' ', '')
  const name = nameColumn === undefined ? undefined : (cells[nameColumn] ?? '').trim()
  const few = meant * 2 <= columns.length + 1
  if (sums && (few || name === '')) return 'total'
  if (word.length < 40 && totalWord.test(word) && (name === '' || name === first || few)) return 'total'
  if (noteWord.test(word) && few) return 'note'
  if (meant === 0) return filled === 1 && first.length > 12 ? 'note' : 'empty'
  if (filled === 1 && columns.length > 2 && (first.length > longWords || meant > 2)) return 'note'
  return 'data'
}
