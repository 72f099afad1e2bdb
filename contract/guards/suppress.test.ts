import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { suppress, type Table, type Told } from './suppress.ts'

const least = 5
const seed = Number(process.env.SUPPRESS_SEED ?? Date.now() % 2_147_483_647)

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0)
const columnsOf = (cells: readonly (readonly number[])[]): number[] =>
  (cells[0] ?? []).map((_, c) => sum(cells.map((row) => row[c] as number)))

/** All tables that say the same wherever something is told, as far as each inner figure is at most one off. */
const alike = (table: Table, told: Told): readonly (readonly number[])[] => {
  const flat = table.cells.flat()
  const wide = table.cells[0]?.length ?? 0
  const found: number[][] = []
  const fits = (values: readonly number[]): boolean => {
    const cells = table.cells.map((_, r) => values.slice(r * wide, (r + 1) * wide))
    const says = (shown: number | null | undefined, value: number) => shown === null || shown === value
    return (
      cells.every((row, r) => says(told.rows[r], sum(row))) &&
      columnsOf(cells).every((value, c) => says(told.columns[c], value)) &&
      says(told.total, sum(values))
    )
  }
  const go = (index: number, values: number[]): void => {
    if (index === flat.length) {
      if (fits(values)) found.push([...values])
      return
    }
    const own = flat[index] as number
    const shown = told.cells.flat()[index]
    for (const value of shown === null ? [own - 1, own, own + 1] : [own]) {
      if (value < 0) continue
      values.push(value)
      go(index + 1, values)
      values.pop()
    }
  }
  go(0, [])
  return found
}

/** Everything left out that only one of those tables would allow: what a reader could work out. */
const workedOut = (table: Table, told: Told): string[] => {
  const tables = alike(table, told)
  const wide = table.cells[0]?.length ?? 0
  const varies = (of: (values: readonly number[]) => number) => new Set(tables.map(of)).size > 1
  const rowOf = (values: readonly number[], r: number) => values.slice(r * wide, (r + 1) * wide)
  const inner = told.cells.flatMap((row, r) =>
    row.flatMap((shown, c) =>
      shown === null && !varies((values) => values[r * wide + c] as number) ? [`${r},${c}`] : [],
    ),
  )
  const rows = told.rows.flatMap((shown, r) =>
    shown === null && !varies((values) => sum(rowOf(values, r))) ? [`row ${r}`] : [],
  )
  const columns = told.columns.flatMap((shown, c) =>
    shown === null && !varies((values) => sum(table.cells.map((_, r) => values[r * wide + c] as number)))
      ? [`column ${c}`]
      : [],
  )
  return [...inner, ...rows, ...columns, ...(told.total === null && !varies(sum) ? ['total'] : [])]
}

const figure = fc.oneof(fc.nat(6), fc.nat(6), fc.integer({ min: 5, max: 60 }))
const tables: fc.Arbitrary<Table> = fc
  .record({ many: fc.integer({ min: 1, max: 4 }), wide: fc.integer({ min: 1, max: 3 }) })
  .filter(({ many, wide }) => many * wide <= 9)
  .chain(({ many, wide }) =>
    fc.array(fc.array(figure, { minLength: wide, maxLength: wide }), { minLength: many, maxLength: many }),
  )
  .map((cells) => ({ cells }))

describe('[G3] a table for somebody outside the chain', () => {
  it('leaves a table of large figures as it is', () => {
    const told = suppress(
      {
        cells: [
          [20, 30],
          [8, 9],
        ],
      },
      least,
    )
    expect(told).toEqual({
      cells: [
        [20, 30],
        [8, 9],
      ],
      rows: [50, 17],
      columns: [28, 39],
      total: 67,
    })
  })

  it('leaves out the two of a school, and so much beside it that no subtraction brings them back', () => {
    const table = {
      cells: [
        [2, 40],
        [12, 35],
        [30, 28],
      ],
    }
    const told = suppress(table, least)
    expect(told.cells[0]?.[0]).toBeNull()
    expect(workedOut(table, told)).toEqual([])
    // The least that does it: one more figure in the row, one in the column, one to close the ring.
    expect(told.cells.flat().filter((value) => value === null).length).toBe(4)
    expect(told.total).toBe(147)
  })

  it('leaves out nobody as it leaves out one: what is missing does not say which it was', () => {
    const world = (key: number) =>
      suppress(
        {
          cells: [
            [key, 40 - key],
            [12, 35],
          ],
        },
        least,
      )
    const missing = ({ cells, rows, columns, total }: Told) =>
      [...cells.flat(), ...rows, ...columns, total].map((value) => value === null)
    expect(missing(world(1))).toEqual(missing(world(0)))
    expect(world(0).cells[0]?.[0]).toBeNull()
  })

  it(`never tells a figure below ${least}, nor lets one left out be worked out (seed ${seed})`, () => {
    let hidden = 0
    let shown = 0
    fc.assert(
      fc.property(tables, (table) => {
        const told = suppress(table, least)
        const all = [...told.cells.flat(), ...told.rows, ...told.columns, told.total]
        expect(all.filter((value) => value !== null && value < least)).toEqual([])
        expect(workedOut(table, told)).toEqual([])
        hidden += all.filter((value) => value === null).length
        shown += all.filter((value) => value !== null).length
      }),
      { seed, numRuns: 400 },
    )
    // Hiding everything would satisfy the rule and help nobody.
    expect(hidden).toBeGreaterThan(0)
    expect(shown).toBeGreaterThan(hidden / 4)
  })

  it('the check itself finds what can be worked out: a single figure left out of its row and column', () => {
    const table = {
      cells: [
        [2, 40],
        [12, 35],
      ],
    }
    const naive = {
      cells: [
        [null, 40],
        [12, 35],
      ],
      rows: [42, 47],
      columns: [14, 75],
      total: 89,
    }
    expect(workedOut(table, naive)).toEqual(['0,0'])
  })

  it('stays quick on the table of a county', () => {
    const cells = Array.from({ length: 300 }, (_, r) => [r % 9, 200 + ((r * 7) % 90)])
    const began = process.cpuUsage().user
    const told = suppress({ cells }, least)
    expect(told.cells.flat().some((value) => value === null)).toBe(true)
    expect((process.cpuUsage().user - began) / 1e6).toBeLessThan(30)
  })
})
