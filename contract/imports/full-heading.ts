import type { Heading } from './headers.ts'

const longestHeading = 120

/** Heading of a column as shown and as remembered: group and sub-heading, line breaks folded. */
function fullHeading(heading: Heading, column: number): string {
  const group = heading.groups[column] ?? ''
  return `${group} ${heading.headings[column] ?? ''}`.replace(/\s+/g, ' ').trim().slice(0, longestHeading)
}

/** Headings of all columns as shown and as remembered; '' where a column has none. */
export const fullHeadings = (heading: Heading): string[] => heading.headings.map((_, c) => fullHeading(heading, c))

/** Headings as corrections are remembered by: the second 身份证号 of a table is another than the first. */
export function headingKeys(headings: readonly string[]): string[] {
  const times = new Map<string, number>()
  return headings.map((heading) => {
    const nth = (times.get(heading) ?? 0) + 1
    times.set(heading, nth)
    return nth === 1 ? heading : `${heading}\n${nth}`
  })
}
