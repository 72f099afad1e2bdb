import { fullHeadings } from './full-heading.ts'
import type { Heading } from './headers.ts'
import { meaningsOf } from './heading-meaning.ts'
import type { MappedColumn } from './mapping.ts'

/** Further sheets of a workbook: the same form in another order or with other words for the same. */

const keyOf = (text: string): string => text.normalize('NFKC').replace(/[\s*★☆]/g, '')

/** Where each mapped column stands in another heading: by its own words, else by a word that outright means the same. */
export type ColumnPlaces = ReadonlyMap<number, number>

/**
 * Finds the columns of a confirmed mapping in the heading of another sheet. Undefined when that sheet is another form: no
 * column for the name, or fewer than half of those the first has.
 */
export function placesOfColumns(columns: readonly MappedColumn[], heading: Heading): ColumnPlaces | undefined {
  const own = fullHeadings(heading).map(keyOf)
  const meanings = meaningsOf(heading)
  const places = new Map<number, number>()
  const taken = new Set<number>()
  const put = (column: number, place: number) => {
    if (place === -1) return
    places.set(column, place)
    taken.add(place)
  }
  for (const { column, heading: words } of columns) {
    const key = keyOf(words)
    put(
      column,
      own.findIndex((text, c) => text === key && !taken.has(c)),
    )
  }
  for (const { column, field } of columns) {
    if (places.has(column) || field === 'score') continue
    put(
      column,
      meanings.findIndex(({ fields }, c) => fields.includes(field) && !taken.has(c)),
    )
  }
  const name = columns.find(({ field }) => field === 'name')
  if (!name || !places.has(name.column) || places.size * 2 < columns.length) return undefined
  return places
}
