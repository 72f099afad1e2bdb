import { isAtOrBelow } from '#contract/organisations'

/** A place someone sees, with the secrecy domains open there. */
export interface Place {
  readonly path: string
  readonly kinds: readonly number[]
  readonly isClass: boolean
}

export interface SettledPlaces {
  /** At most two. */
  readonly ranges: readonly Place[]
  /** At most 60 paths that share `classKinds`. */
  readonly classes: readonly string[]
  readonly classKinds: readonly number[]
}

const longestList = 60
/** Row policies carry two ranges. */
export const mostRanges = 2

const sorted = (kinds: readonly number[]): number[] => [...new Set(kinds)].sort((one, other) => one - other)
const sameKinds = (one: readonly number[], other: readonly number[]): boolean => one.join() === other.join()

const merged = (places: readonly Place[]): Place[] => {
  const byPath = new Map<string, Place>()
  for (const place of places) {
    const known = byPath.get(place.path)
    byPath.set(place.path, { ...place, kinds: sorted([...(known?.kinds ?? []), ...place.kinds]) })
  }
  return [...byPath.values()]
}

const adds = (place: Place, others: readonly Place[]): boolean =>
  !others.some(
    (other) =>
      other !== place && isAtOrBelow(place.path, other.path) && place.kinds.every((kind) => other.kinds.includes(kind)),
  )

/**
 * Fits the places of one person into two ranges and one list of classes, opening exactly what the places open and
 * nothing more. The same path merges, a place inside another that opens no more is dropped, classes that open the same
 * stand in the list; a range too many becomes its classes. Undefined when they do not fit.
 */
export const settlePlaces = (
  places: readonly Place[],
  classesOf: (path: string) => readonly string[],
): SettledPlaces | undefined => {
  const all = merged(places)
  const needed = all.filter((place) => adds(place, all))
  for (const classKinds of kindsToTry(needed)) {
    const fitted = settleWith(needed, classKinds, classesOf)
    if (fitted) return fitted
  }
  return undefined
}

// The list has one set of domains; the set most classes share comes first, then those of ranges that might join it.
const kindsToTry = (places: readonly Place[]): readonly (readonly number[])[] => {
  const weights = new Map<string, { kinds: readonly number[]; weight: number }>()
  for (const { kinds, isClass } of places) {
    const known = weights.get(kinds.join())
    weights.set(kinds.join(), { kinds, weight: (known?.weight ?? 0) + (isClass ? 1_000 : 1) })
  }
  const ordered = [...weights.values()].sort((one, other) => other.weight - one.weight).map(({ kinds }) => kinds)
  return ordered.length > 0 ? ordered : [[]]
}

const settleWith = (
  places: readonly Place[],
  classKinds: readonly number[],
  classesOf: (path: string) => readonly string[],
): SettledPlaces | undefined => {
  const inList = (place: Place) => place.isClass && sameKinds(place.kinds, classKinds)
  const classes = places.filter(inList).map(({ path }) => path)
  const ranges = places.filter((place) => !inList(place)).sort((one, other) => one.path.length - other.path.length)
  while (ranges.length > mostRanges) {
    const index = ranges.findLastIndex(({ kinds, isClass }) => !isClass && sameKinds(kinds, classKinds))
    const [range] = index < 0 ? [] : ranges.splice(index, 1)
    if (!range) return undefined
    classes.push(...classesOf(range.path))
  }
  if (classes.length > longestList) return undefined
  return { ranges, classes, classKinds: classes.length > 0 ? classKinds : [] }
}
