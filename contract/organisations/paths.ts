/**
 * Paths of units: short ids from the root, each step ended by a dot (`a.c3.k9.`). Compared byte by byte, as the
 * database does under collation "C".
 */

/** The half-open range `[lo, hi)` that holds a path and everything below it. `~` sorts after every sign a step may have. */
export const rangeOf = (path: string): { readonly lo: string; readonly hi: string } => ({ lo: path, hi: `${path}~` })

/** Paths of the units above, nearest last; the path itself is left out. */
export const pathsAbove = (path: string): string[] => {
  const steps = path.split('.').slice(0, -2)
  return steps.map((_, index) => `${steps.slice(0, index + 1).join('.')}.`)
}

/** Whether a path is this unit or stands below it. */
export const isAtOrBelow = (path: string, unitPath: string): boolean => unitPath !== '' && path.startsWith(unitPath)

/** A path that sorts before every other, so that no reach of anybody holds it; desks and people named still do. [G33 Z9] */
export const outOfReach = (path: string): string => `!${path}`
