import { fault, found, type Normalised } from './result.ts'
import { folded, trimmed } from './text.ts'

const numeric = /^(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})[日号]?)?|(\d{2})(\d{2}))(?:[T ].*)?$/
const chineseDate =
  /^([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月(?:([一二三四五六七八九十]{1,3})[日号]?)?$/
const monthOnly = /^(\d{4})(?:[-/.年](\d{1,2})月?|(\d{2}))$/
const timeTail = /\s+\d{1,2}:\d{2}(:\d{2})?(\.\d+)?$/
const digitsOnly = /^\d+(\.\d+)?$/
const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const

/** Years that a date about a living person or an act can have; 9999 and 0200 are typing errors. */
export const earliestYear = 1900
export const latestYear = 2100

const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

/** Whether the day exists in the calendar: 2014-06-31 does not. */
export function isRealDay(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false
  return day <= (month === 2 && isLeap(year) ? 29 : (monthDays[month - 1] ?? 0))
}

const two = (n: number) => (n < 10 ? `0${n}` : `${n}`)
export const isoDate = (year: number, month: number, day: number): string => `${year}-${two(month)}-${two(day)}`

/** Excel's day number (1900 system, from 1 March 1900 on) as a plain date. */
export function dateOfSerial(serial: number): string | undefined {
  if (!(serial >= 61 && serial < 2_958_466)) return undefined
  return new Date(Math.round((Math.floor(serial) - 25_569) * 86_400_000)).toISOString().slice(0, 10)
}

const chineseDigits = '〇一二三四五六七八九'
const chineseDigit = (c: string) => (c === '零' || c === '○' ? 0 : chineseDigits.indexOf(c))

/** 1 to 99 written with 一…十; undefined when it is not such a number. */
export function chineseNumber(text: string): number | undefined {
  const ten = text.indexOf('十')
  if (ten === -1) return text.length === 1 && chineseDigit(text) >= 0 ? chineseDigit(text) : undefined
  const tens = ten === 0 ? 1 : chineseDigit(text.slice(0, ten))
  const ones = ten === text.length - 1 ? 0 : chineseDigit(text.slice(ten + 1))
  return tens > 0 && ones >= 0 ? tens * 10 + ones : undefined
}

function fromParts(year: number, month: number, day: number, written: string): Normalised<string> {
  if (!isRealDay(year, month, day)) return fault('date.impossible', `日期“${written}”不存在，请核对年月日`)
  if (year < earliestYear || year > latestYear)
    return fault('date.out-of-range', `日期“${written}”的年份不合理，请核对`)
  return found(isoDate(year, month, day))
}

const onlyMonth = (written: string): Normalised<string> =>
  fault('date.month-only', `“${written}”只写到月份，没有日期，请按 20120305 这样填写`)

const unreadable = (written: string): Normalised<string> =>
  fault('date.unreadable', `“${written}”看不出是哪一天，请按 20120305 这样填写`)

/**
 * A calendar day in any way an office writes it: 2018/11/9, 2018.1.5, 20181109, 2018年7月1日, 二〇一八年七月一日,
 * an Excel day number, or with a time behind. Answers `YYYY-MM-DD`. A day that does not exist or a year outside
 * 1900–2100 is refused with the reason; it is never guessed.
 */
export function readDate(text: string): Normalised<string> {
  const written = trimmed(text)
  if (written === '') return undefined
  const plain = folded(written.replace(timeTail, ''))
  const chinese = chineseDate.exec(plain)
  if (chinese) {
    const year = [...(chinese[1] ?? '')].reduce((sum, c) => sum * 10 + chineseDigit(c), 0)
    return fromParts(year, chineseNumber(chinese[2] ?? '') ?? 0, chineseNumber(chinese[3] ?? '') ?? 0, written)
  }
  const parts = numeric.exec(plain)
  if (parts && (parts[3] !== undefined || parts[5] !== undefined)) {
    return fromParts(Number(parts[1]), Number(parts[2] ?? parts[4]), Number(parts[3] ?? parts[5]), written)
  }
  const month = monthOnly.exec(plain)
  if (
    month &&
    isRealDay(Number(month[1]), Number(month[2] ?? month[3]), 1) &&
    Number(month[1]) >= earliestYear &&
    Number(month[1]) <= latestYear
  )
    return onlyMonth(written)
  if (!digitsOnly.test(plain)) return unreadable(written)
  const serial = Number(plain)
  const day = serial >= 3_000 && serial < 80_000 ? dateOfSerial(serial) : undefined
  return day ? found(day) : unreadable(written)
}

/** A month (入学年月 and the like): 2018-09, 201809, 2018年9月. Answers the first day of that month. */
export function readMonth(text: string): Normalised<string> {
  const parts = monthOnly.exec(folded(text))
  if (!parts) return readDate(text)
  return fromParts(Number(parts[1]), Number(parts[2] ?? parts[3]), 1, trimmed(text))
}
