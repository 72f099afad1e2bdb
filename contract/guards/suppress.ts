/** A table of counts: one row for each unit, one column for each part; the sums of rows and columns stand beside it. */
export interface Table {
  readonly cells: readonly (readonly number[])[]
}

/** What may be told of a table: null where a figure is left out. */
export interface Told {
  readonly cells: readonly (readonly (number | null)[])[]
  readonly rows: readonly (number | null)[]
  readonly columns: readonly (number | null)[]
  readonly total: number | null
}

/**
 * A figure of the table as a pipe from one sum to another: what flows into a row leaves it by its cells, and what flows
 * into a column leaves it to the total. A figure left out may be more or less as long as every sum still holds, so it can
 * be worked out exactly when nothing may flow round through it.
 */
interface Pipe {
  readonly from: number
  readonly to: number
  readonly value: number
  hidden: boolean
  /** Told elsewhere already: never left out, and no way round for another. */
  readonly known: boolean
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0)

// Nodes: 0 where rows begin, 1…R rows, R+1…R+C columns, the last where columns end.
const pipesOf = ({ cells }: Table, totals: 'ours' | 'known'): { readonly pipes: Pipe[]; readonly nodes: number } => {
  const [many, wide] = [cells.length, cells[0]?.length ?? 0]
  const last = many + wide + 1
  const pipe = (from: number, to: number, value: number, known = false): Pipe => ({
    from,
    to,
    value,
    hidden: false,
    known,
  })
  const inner = cells.flatMap((row, r) => row.map((value, c) => pipe(1 + r, 1 + many + c, value)))
  const rows = cells.map((row, r) => pipe(0, 1 + r, sum(row)))
  const columns = Array.from({ length: wide }, (_, c) =>
    pipe(1 + many + c, last, sum(cells.map((row) => row[c] as number)), totals === 'known'),
  )
  return {
    pipes: [...inner, ...rows, ...columns, pipe(last, 0, sum(cells.flat()), totals === 'known')],
    nodes: last + 1,
  }
}

// A figure shown costs what it tells: many people are a loss, and none can be less than nobody.
const costOf = ({ hidden, value }: Pipe): number => (hidden ? 0 : 1 + value)

interface Reached {
  readonly cost: number
  readonly by: Pipe | undefined
}

// The cheapest way from one sum to another along which one more may flow: forward anywhere, backward where somebody is.
const cheapest = (pipes: readonly Pipe[], nodes: number, own: Pipe, from: number, to: number): Pipe[] | undefined => {
  const reached = new Map<number, Reached>([[from, { cost: 0, by: undefined }]])
  const open = new Set([from])
  while (open.size > 0) {
    const at = [...open].reduce((one, other) =>
      (reached.get(other) as Reached).cost < (reached.get(one) as Reached).cost ? other : one,
    )
    open.delete(at)
    const here = (reached.get(at) as Reached).cost
    for (const pipe of pipes) {
      if (pipe === own || pipe.known) continue
      const next = pipe.from === at ? pipe.to : pipe.to === at && pipe.value > 0 ? pipe.from : undefined
      if (next === undefined) continue
      const cost = here + costOf(pipe)
      if (cost >= (reached.get(next)?.cost ?? Number.POSITIVE_INFINITY)) continue
      reached.set(next, { cost, by: pipe })
      open.add(next)
    }
  }
  if (!reached.has(to)) return undefined
  const way: Pipe[] = []
  for (let at = to, steps = 0; at !== from && steps <= nodes; steps++) {
    const pipe = (reached.get(at) as Reached).by as Pipe
    way.push(pipe)
    at = pipe.to === at ? pipe.from : pipe.to
  }
  return way
}

const lossOf = (way: readonly Pipe[]): number => sum(way.map(costOf))

/** Hides as little as it takes for this figure to be possibly one more, or one less. */
const protect = (pipes: readonly Pipe[], nodes: number, own: Pipe): void => {
  const more = cheapest(pipes, nodes, own, own.to, own.from)
  const less = own.value > 0 ? cheapest(pipes, nodes, own, own.from, own.to) : undefined
  const ways = [more, less].filter((way) => way !== undefined).sort((one, other) => lossOf(one) - lossOf(other))
  for (const pipe of ways[0] ?? pipes.filter(({ known }) => !known)) pipe.hidden = true
}

const toldOf = (table: Table, least: number, totals: 'ours' | 'known'): Told => {
  const { pipes, nodes } = pipesOf(table, totals)
  const small = pipes.filter(({ value, known }) => value < least && !known)
  for (const pipe of small) pipe.hidden = true
  // What hides one hides those on its way too: they may all be one more or one less together.
  for (const pipe of small) protect(pipes, nodes, pipe)
  const shown = pipes.map(({ hidden, value }) => (hidden ? null : value))
  const [many, wide] = [table.cells.length, table.cells[0]?.length ?? 0]
  const inner = many * wide
  return {
    cells: table.cells.map((_, r) => shown.slice(r * wide, (r + 1) * wide)),
    rows: shown.slice(inner, inner + many),
    columns: shown.slice(inner + many, inner + many + wide),
    total: shown.at(-1) ?? null,
  }
}

/**
 * A table as somebody outside the reporting chain may read it: figures below `least` are left out, sums too, nobody
 * included (to know that nobody is tells as much as that one is), and so many others that no figure left out can be worked
 * out from those shown. [G3]
 */
export const suppress = (table: Table, least: number): Told => toldOf(table, least, 'ours')

/** How the table above tells the row of a unit: whole, or with something left out; `none` where nothing stands above. */
export type ToldAbove = 'none' | 'whole' | 'left-out'

/**
 * The table of a unit whose own row stands in a table above, so that both may lie side by side. Told whole above, its
 * totals are known and nothing is hidden behind them; left out above, it tells nothing, for its parts would add up to
 * what was left out. Whatever could be otherwise above is then otherwise below too, and the other way round. [G3]
 */
export const suppressUnder = (above: ToldAbove, table: Table, least: number): Told => {
  if (above === 'none') return suppress(table, least)
  const { cells } = table
  // Counted at another moment, a total may be small here that was not above: then it is not told on the word of the other.
  const totals = (cells[0] ?? []).map((_, c) => sum(cells.map((row) => row[c] as number)))
  if (above === 'whole' && totals.every((total) => total >= least)) return toldOf(table, least, 'known')
  return {
    cells: cells.map((row) => row.map(() => null)),
    rows: cells.map(() => null),
    columns: (cells[0] ?? []).map(() => null),
    total: null,
  }
}

/** How a row is told in a table. */
export const rowTold = (told: Told, row: number): ToldAbove =>
  told.rows[row] === null || told.cells[row]?.some((value) => value === null) ? 'left-out' : 'whole'
