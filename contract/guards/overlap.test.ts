import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rowTold, suppress, suppressUnder, type Table, type Told } from './suppress.ts'

const least = 5
const seed = Number(process.env.SUPPRESS_SEED ?? Date.now() % 2_147_483_647)

type Cells = readonly (readonly number[])[]
const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0)
const columnsOf = (cells: Cells): number[] => (cells[0] ?? []).map((_, c) => sum(cells.map((row) => row[c] as number)))

/** Classes of schools of a county, and both tables as they are given to somebody outside. */
const givenOf = (schools: readonly Cells[], under = suppressUnder) => {
  const county: Table = { cells: schools.map(columnsOf) }
  const above = suppress(county, least)
  return { above, below: schools.map((cells, s) => under(rowTold(above, s), { cells }, least)) }
}

const figuresOf = (cells: Cells): (number | null)[] => [
  ...cells.flat(),
  ...cells.map(sum),
  ...columnsOf(cells),
  sum(cells.flat()),
]
const saidOf = ({ cells, rows, columns, total }: Told) => [...cells.flat(), ...rows, ...columns, total]
// Everything a table of classes says, of its schools and of the county.
const all = (schools: readonly Cells[]) => [
  ...figuresOf(schools.map(columnsOf)),
  ...schools.flatMap((cells) => figuresOf(cells)),
]

/** Small figures that only one county would allow: what laying both side by side reveals. */
const workedOut = (schools: readonly Cells[], given: ReturnType<typeof givenOf>): number[] => {
  const said = [...saidOf(given.above), ...given.below.flatMap(saidOf)]
  const own = all(schools)
  const flat = schools.flatMap((cells) => cells.flat())
  const possible = own.map(() => new Set<number>())
  const told = own.map((value, n) => (said[n] === null ? undefined : value))
  const go = (values: number[]): void => {
    if (values.length < flat.length) {
      const value = flat[values.length] as number
      for (const other of [value - 1, value, value + 1]) if (other >= 0) go([...values, other])
      return
    }
    let at = 0
    const county = schools.map((cells) => cells.map((row) => row.map(() => values[at++] as number)))
    const figures = all(county)
    if (told.every((value, n) => value === undefined || value === figures[n]))
      for (const [n, figure] of figures.entries()) possible[n]?.add(figure as number)
  }
  go([])
  // A figure large enough is no secret; one too small is, wherever it stands.
  return own.filter(
    (value, n) => value !== null && value < least && said[n] === null && possible[n]?.size === 1,
  ) as number[]
}

const figure = fc.oneof(fc.nat(6), fc.integer({ min: 5, max: 40 }))
const counties = fc
  .array(fc.array(fc.tuple(figure, figure), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 })
  .filter((schools) => sum(schools.map((cells) => cells.length)) <= 4)

describe('[G3] the tables of a county and of its schools, laid side by side', () => {
  it(`tell no figure below ${least}, and let none left out be worked out (seed ${seed})`, () => {
    let [hidden, shown] = [0, 0]
    fc.assert(
      fc.property(counties, (schools) => {
        const given = givenOf(schools)
        const said = [...saidOf(given.above), ...given.below.flatMap(saidOf)]
        expect(said.filter((value) => value !== null && value < least)).toEqual([])
        expect(workedOut(schools, given)).toEqual([])
        hidden += said.filter((value) => value === null).length
        shown += said.filter((value) => value !== null).length
      }),
      { seed, numRuns: 120 },
    )
    expect(hidden).toBeGreaterThan(0)
    expect(shown).toBeGreaterThan(hidden / 10)
  })

  it('the check itself finds what two tables reveal that are each safe alone: one tells what the other left out', () => {
    // The county leaves out the second school to hide the three of the first; the second school's own table tells it.
    const schools = [
      [[3, 20]],
      [
        [40, 40],
        [50, 20],
      ],
    ]
    expect(
      workedOut(
        schools,
        givenOf(schools, (_, table) => suppress(table, least)),
      ),
    ).toContain(3)
    expect(workedOut(schools, givenOf(schools))).toEqual([])
  })

  it('a school told whole above still tells its own table, but hides no small class behind its totals', () => {
    const school = [
      [3, 20],
      [30, 25],
      [12, 40],
    ]
    const { above, below } = givenOf([
      school,
      [
        [40, 40],
        [50, 20],
      ],
    ])
    expect(rowTold(above, 0)).toBe('whole')
    expect([below[0]?.columns, below[0]?.total]).toEqual([[45, 85], 130])
    expect(below[0]?.cells[0]?.[0]).toBeNull()
    expect(saidOf(below[0] as Told).filter((value) => value !== null).length).toBeGreaterThan(6)
  })
})
