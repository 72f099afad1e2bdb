import type { FieldId } from '#contract/imports'

/** Columns whose every number is somebody's: shown with its first three and last four signs. */
const identifying: ReadonlySet<string> = new Set<FieldId>(['id_number', 'household_head_id', 'disability_number'])

const sign = '[\\p{Nd}xXｘＸ]'
const gap = '[\\s\\u3000]?'
// Eleven signs and more in a column of numbers; anywhere else what has the form of an identity number, old or new.
const long = new RegExp(`${sign}(?:${gap}${sign}){10,}`, 'gu')
const identity =
  /\d{6}(?:(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx]|\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}(?!\d))/g

const masked = (number: string): string => {
  const signs = [...number]
  return [...signs.slice(0, 3), '*'.repeat(Math.max(1, signs.length - 7)), ...signs.slice(-4)].join('')
}

/**
 * A cell as people see it on the way in: identity numbers lose their middle (320***********1234), whatever column they
 * stand in. Only the workbook that goes back to its sender holds them whole. [G3]
 */
export const maskNumbers = (text: string, field?: string | null): string => {
  if (text.length < 11) return text
  const shown = field && identifying.has(field) ? text.replace(long, masked) : text
  return shown.normalize('NFKC') === shown ? shown.replace(identity, masked) : maskFolded(shown)
}

const maskFolded = (text: string): string => {
  const folded = text.normalize('NFKC')
  const hidden = folded.replace(identity, masked)
  return hidden === folded ? text : hidden
}
