/** So many are counted of what waits; one more stands for all beyond. */
export const mostCounted = 99

/** A count of what waits as people read it. */
export const countWords = (count: number): string => (count > mostCounted ? `${mostCounted}+` : String(count))
