import { z } from 'zod'

/** A plain date `yyyy-mm-dd`, a day in Asia/Shanghai without a clock. Between 1900 and 2199. */
export type PlainDate = string

const shape = /^(19|20|21)\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/

/** True when the text is a day that exists. */
export const isPlainDate = (text: string): boolean => {
  if (!shape.test(text)) return false
  const [year, month, day] = text.split('-').map(Number) as [number, number, number]
  return day <= daysInMonth(year, month)
}

export const daysInMonth = (year: number, month: number): number =>
  month === 2
    ? year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
      ? 29
      : 28
    : [4, 6, 9, 11].includes(month)
      ? 30
      : 31

export const plainDate = z.string().refine(isPlainDate, '日期应为存在的日子,如 2025-09-01')

/** The school year a day belongs to, by its first calendar year: 1 September 2025 – 31 August 2026 is 2025. */
export const schoolYearOf = (date: PlainDate): number => {
  const year = Number(date.slice(0, 4))
  return Number(date.slice(5, 7)) >= 9 ? year : year - 1
}

/** `2025` → `2025—2026学年`. */
export const schoolYearLabel = (year: number): string => `${year}—${year + 1}学年`

/** A day in words: `2025-09-01` is 2025年9月1日. What is no whole day (`2025-08`) stays as it is. */
export const sayDay = (date: string): string => {
  if (!isPlainDate(date)) return date
  const [year, month, day] = date.split('-').map(Number)
  return `${year}年${month}月${day}日`
}

/** Adds days to a plain date. */
export const addDays = (date: PlainDate, days: number): PlainDate => {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number]
  return new Date(Date.UTC(year, month - 1, day + days)).toISOString().slice(0, 10)
}

/** Whole days from one date to another; negative when `to` is earlier. */
export const daysBetween = (from: PlainDate, to: PlainDate): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
