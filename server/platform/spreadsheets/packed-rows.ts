import type { CellMark, SpreadsheetRow } from './row.ts'

/**
 * Rows on their way between threads: one text for all cells of a sheet's rows, which crosses at once, where two million
 * cells as objects would be copied one by one. Rows whose cells hold the separators travel as they are.
 */
export interface PackedRows {
  readonly sheet: string
  readonly numbers: readonly number[]
  readonly text: string
  /** Marks by place in the pack. */
  readonly marks: readonly (readonly [number, ReadonlyMap<number, CellMark>])[]
}

/** Rows as a thread sends them: packed, or as they are where they can't be. */
export interface SheetPack {
  readonly packed?: readonly PackedRows[]
  readonly rows?: readonly SpreadsheetRow[]
}

const cellGap = '\u001f'
const rowGap = '\u001e'

/** Packs rows of one sheet; undefined when a cell holds a separator. */
export const packRows = (rows: readonly SpreadsheetRow[]): PackedRows | undefined => {
  const texts = rows.map(({ cells }) => cells.join(cellGap))
  const cells = rows.reduce((sum, row) => sum + row.cells.length, 0)
  const text = texts.join(rowGap)
  let found = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 30 || code === 31) found++
  }
  // so many gaps as cells, less one: none of them stood in a cell
  if (found !== Math.max(0, cells - 1) || rows.some((row) => row.cells.length === 0)) return undefined
  return {
    sheet: rows[0]?.sheet ?? '',
    numbers: rows.map(({ row }) => row),
    text,
    marks: rows.flatMap(({ marks }, at) => (marks ? [[at, marks] as const] : [])),
  }
}

/** The rows of a pack again, each made when it is asked for: what lives on is one row, not hundreds. */
export function* unpackRows({ sheet, numbers, text, marks }: PackedRows): Generator<SpreadsheetRow> {
  const marked = marks.length === 0 ? undefined : new Map(marks)
  let from = 0
  for (let at = 0; at < numbers.length; at++) {
    const gap = text.indexOf(rowGap, from)
    const cells = text.slice(from, gap === -1 ? text.length : gap).split(cellGap)
    from = gap + 1
    const mark = marked?.get(at)
    const row = numbers[at] as number
    yield mark ? { sheet, row, cells, marks: mark } : { sheet, row, cells }
  }
}
