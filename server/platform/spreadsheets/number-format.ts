/** What a cell's number format makes of its number, as far as that changes what is read. A number: digits it is padded to. */
export type NumberFormat = 'date' | 'month' | number | undefined

const quoted = /"[^"]*"|\[[^\]]*\]|\\./g
const noughts = /^0{2,20}$/

/** Formats of Excel's own that show year and month alone, in English and Chinese. */
const builtInMonths = new Set([17, 27, 36, 50, 52, 57])

const builtInDate = (id: number) =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)

/** The format under a number of Excel's own. */
export const builtInFormat = (id: number): NumberFormat => {
  if (builtInMonths.has(id)) return 'month'
  return builtInDate(id) ? 'date' : undefined
}

/** Whether a format shows year and month and no day. */
const showsMonth = (format: string): boolean => {
  const plain = format.replace(quoted, '').toLowerCase()
  return plain.includes('y') && plain.includes('m') && !/[dhs]/.test(plain)
}

/** A format as its code says it; `isDate` tells dates. */
export const formatOf = (code: string, isDate: (code: string) => boolean): NumberFormat => {
  if (noughts.test(code)) return code.length
  if (!isDate(code)) return undefined
  return showsMonth(code) ? 'month' : 'date'
}

/** A date under a format of year and month: the first of a month was typed as the month alone. */
export const asShown = (date: string, format: NumberFormat): string =>
  format === 'month' && date.endsWith('-01') ? date.slice(0, 7) : date

/** Digits under a format of noughts, as the sheet shows them: 123 under 000000 is 000123. */
export const padded = (digits: string, format: NumberFormat): string =>
  typeof format === 'number' && /^\d+$/.test(digits) ? digits.padStart(format, '0') : digits
