import type { ColumnPlaces } from '#contract/imports'
import { columnLetter } from './column-letter.ts'
import type { FormSheet } from './form-sheet.ts'
import type { KeptMapping } from './importing.ts'

/**
 * What a further sheet of the same form has otherwise than the first: columns nobody was asked about, which are not read, and
 * columns of the first that it lacks. Left out where there is none.
 */
export const sheetDifferences = (
  { headings: first, columns }: Pick<KeptMapping, 'headings' | 'columns'>,
  headings: readonly string[],
  places: ColumnPlaces,
): Pick<FormSheet, 'unread' | 'lacking'> => {
  const placed = new Set(places.values())
  const known = new Set(first)
  const unread = headings.flatMap((heading, column) =>
    heading === '' || placed.has(column) || known.has(heading)
      ? []
      : [{ letter: columnLetter(headings, column), heading }],
  )
  const own = columns.filter(({ column }) => columnLetter(first, column) !== '')
  const lacking = own.filter(({ column }) => !places.has(column)).map(({ heading }) => heading)
  return { ...(unread.length > 0 ? { unread } : {}), ...(lacking.length > 0 ? { lacking } : {}) }
}
