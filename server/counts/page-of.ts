import type { coveragePage } from '#contract/counts'
import type { Coverage } from './get-coverage.ts'

type Row = Coverage['rows'][number]

/** How a page is asked for. */
export type PageQuery = ReturnType<(typeof coveragePage)['parse']>

// Nobody to cover, or not in this person's sight: neither far nor little.
const shareOf = (row: Row, by: number): number | undefined => {
  const figure = row.figures[String(by)]
  return figure && figure.need > 0 ? figure.met / figure.need : undefined
}

/** A page of the units right below, as asked for. Units alike in a share stay in their own order. */
export const pageOf = (
  all: readonly Row[],
  { after, limit, by, order, find }: PageQuery,
): { readonly rows: Row[]; readonly below: number; readonly after: number | null } => {
  const found = find ? all.filter(({ name }) => name.includes(find)) : all
  const turn = order === 'least' ? 1 : -1
  const laid =
    by === undefined
      ? found
      : found.toSorted((one, other) => {
          const [mine, its] = [shareOf(one, by), shareOf(other, by)]
          if (mine === undefined || its === undefined) return Number(mine === undefined) - Number(its === undefined)
          return (mine - its) * turn
        })
  const end = after + limit
  return { rows: laid.slice(after, end), below: laid.length, after: limit > 0 && end < laid.length ? end : null }
}
