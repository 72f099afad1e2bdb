import { fault, found, type Normalised } from './result.ts'
import { folded, isDigits, trimmed } from './text.ts'

const amount = /^[¥￥]?(-?\d{1,12}(?:\.\d+)?)(万)?元?(?:\/(?:月|年|人))?$/
const plainNumber = /^-?\d{1,9}(?:\.\d+)?$/
const absent = new Set(['缺', '缺考', '未考', '免考', '缓考', '旷考', '请假'])
const phone = /^(?:\+?86)?(1\d{10})$/
const landline = /^(?:0\d{2,3}-?)?\d{7,8}(?:-\d{1,6})?$/

const usualDigits = 8
const mobileDigits = 11

/** Money in integer fen; 元, 万元, thousands separators are understood. `inTenThousands`: the column's heading says 万元. */
export function readMoney(text: string, inTenThousands = false): Normalised<number> {
  if (text.length <= usualDigits && !inTenThousands && isDigits(text)) return found(Number(text) * 100)
  const written = folded(text).replaceAll(',', '')
  if (written === '') return undefined
  const parts = amount.exec(written)
  if (!parts) return fault('number.unreadable', `“${trimmed(text)}”不是金额`)
  const yuan = Number(parts[1]) * (parts[2] || inTenThousands ? 10_000 : 1)
  if (yuan < 0 || yuan > 1_000_000_000) return fault('number.out-of-range', `金额“${trimmed(text)}”不合理`)
  return found(Math.round(yuan * 100))
}

/** A whole number between the bounds; units such as 人, 分, 次 may follow. */
export function readInteger(text: string, lowest: number, highest: number): Normalised<number> {
  const written = folded(text).replace(/[人分次名位个岁口天]$/, '')
  if (written === '') return undefined
  const value = plainNumber.test(written) ? Number(written) : Number.NaN
  if (!Number.isInteger(value)) return fault('number.unreadable', `“${trimmed(text)}”不是整数`)
  if (value < lowest || value > highest)
    return fault('number.out-of-range', `“${trimmed(text)}”应在 ${lowest}—${highest} 之间`)
  return found(value)
}

/** A score in points, or that the student was absent. Letter and word grades are kept as text. */
export type Score = { readonly points: number } | { readonly grade: string } | { readonly absent: true }

const wordGrades = new Set([
  'A+',
  'A',
  'A-',
  'B+',
  'B',
  'B-',
  'C+',
  'C',
  'C-',
  'D',
  'E',
  '优秀',
  '优',
  '良好',
  '良',
  '中',
  '及格',
  '合格',
  '不及格',
  '不合格',
])

export function readScore(text: string): Normalised<Score> {
  const written = folded(text).replace(/分$/, '')
  if (written === '') return undefined
  if (absent.has(written)) return found({ absent: true })
  if (wordGrades.has(written)) return found({ grade: written })
  if (!plainNumber.test(written)) return fault('number.unreadable', `“${trimmed(text)}”不是分数`)
  const points = Number(written)
  if (points < 0 || points > 1_500) return fault('number.out-of-range', `分数“${trimmed(text)}”不合理`)
  return found({ points })
}

/** A telephone number: mobile (11 digits, from 1) or landline with area code; spaces and +86 are folded. */
export function readPhone(text: string): Normalised<string> {
  if (text.length === mobileDigits && text.startsWith('1') && isDigits(text)) return found(text)
  const written = folded(text).replace(/[—–－]/g, '-')
  if (written === '') return undefined
  const mobile = phone.exec(written.replaceAll('-', ''))
  if (mobile?.[1]) return found(mobile[1])
  if (/^\d(?:\.\d+)?E\+?\d{1,2}$/.test(written))
    return fault('phone.unreadable', '电话号码被 Excel 存成了科学计数，后几位已经丢失，请把这一列设为文本后重新录入')
  if (landline.test(written)) return found(written)
  return fault('phone.unreadable', '电话号码应为 11 位手机号或带区号的座机号')
}
