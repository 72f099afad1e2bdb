import {
  besideReader,
  findHeader,
  type Heading,
  headingSearchRows,
  meaningsOf,
  type SheetRow,
  withSaidBeside,
} from '#contract/imports'
import { Refusal } from '#contract/platform'
import { readRows, smallestApart } from '../platform/spreadsheets/index.ts'
import { openWaiting } from '../platform/threads/index.ts'

const sampleRows = 60

/** The table found in a workbook, with a few rows to judge columns by. */
export interface FoundTable {
  readonly sheet: string
  readonly heading: Heading
  /** Row of the first heading, as Excel counts. */
  readonly headingRow: number
  readonly samples: readonly SheetRow[]
  /** Parts of the workbook that were gone through whole and have no merged cells. */
  readonly unmerged: readonly string[]
}

const noTable = () =>
  new Refusal(
    'imports.no-table',
    '没有找到表头。请检查文件里有没有“姓名”“学校”这样的列名,表头应在前 40 行内。',
    'invalid',
  )

const noRows = () =>
  new Refusal('imports.no-rows', '表里只有表头,下面没有名单。请核对是不是交错了文件,填好后再交。', 'invalid')

const fewestKnown = 3

/** How much a table looks like a list of people; below nought it has no column for their names, or nobody in it. */
const likeness = ({ heading, samples }: Pick<FoundTable, 'heading' | 'samples'>): number => {
  const meanings = meaningsOf(heading)
  const known = meanings.filter(({ fields }) => fields.length > 0).length
  const names = meanings.some(({ fields }) => fields.includes('name'))
  return samples.length > 0 && names ? known : known - meanings.length - 1
}

const tableOf = (rows: readonly SheetRow[]): Omit<FoundTable, 'unmerged'> | undefined => {
  const heading = findHeader(rows)
  const top = heading && rows[heading.index]
  if (!heading || !top) return undefined
  const whole = withSaidBeside(heading, rows)
  const told = besideReader(whole.headings)
  const table = { sheet: top.sheet, heading: whole, headingRow: top.row }
  const samples = rows.slice(heading.index + heading.height)
  if (!told) return { ...table, samples }
  told.turn(top.sheet)
  rows.slice(0, heading.index).forEach(told.isLine)
  return { ...table, samples: samples.flatMap((row) => (told.isLine(row) ? [] : [told.beside(row)])) }
}

/**
 * Finds the sheet to read: the first whose headings look like a list of people, else the one that comes nearest. A summary or
 * a sheet of codes before it is passed over. Refuses `imports.no-table`, `imports.no-rows` and unreadable files.
 */
export const findTable = async (content: Uint8Array, fileName: string): Promise<FoundTable> => {
  let found: SheetRow[] = []
  let sheet: string | undefined
  let best: Omit<FoundTable, 'unmerged'> | undefined
  const unmerged = new Set<string>()
  /** Weighs the first rows of a sheet; true when it need not be looked further. */
  const weigh = (): boolean => {
    const table = tableOf(found)
    found = []
    if (table && (!best || likeness(table) > likeness(best))) best = table
    return best !== undefined && likeness(best) >= fewestKnown
  }
  const first = headingSearchRows + sampleRows
  search: for await (const { rows, unmerged: part } of readRows({ content, name: fileName })) {
    if (part !== undefined) unmerged.add(part)
    for (const row of rows) {
      if (row.sheet !== sheet) {
        if (found.length > 0 && weigh()) break search
        sheet = row.sheet
      } else if (found.length === 0) continue
      found.push(row)
      if (found.length === first && weigh()) break search
    }
  }
  if (found.length > 0) weigh()
  if (!best) throw noTable()
  if (best.samples.length === 0) throw noRows()
  return { ...best, unmerged: [...unmerged] }
}

const youngMegabytes = 8

/** A search that waits for the workbook. */
export interface TableSearch {
  /** Finds the table like `findTable`. The bytes are not the caller's any more. */
  readonly of: (content: Uint8Array) => Promise<FoundTable>
  /** Gives up before there were bytes. */
  readonly leave: () => Promise<void>
}

/**
 * Begins to search a workbook of so many bytes. A large one is gone through in a thread of its own, which starts at once and
 * with which the memory goes that it took.
 */
export const openTableSearch = (fileName: string, bytes: number): TableSearch => {
  if (bytes < smallestApart) return { of: (content) => findTable(content, fileName), leave: () => Promise.resolve() }
  const file = new URL('./table-worker.ts', import.meta.url)
  const { of, leave } = openWaiting<FoundTable>({ file, data: { fileName }, youngMegabytes })
  return {
    leave,
    of: async (content) => {
      for await (const table of of(content)) return table
      throw new Error('the search for a table broke off')
    },
  }
}

/** Finds the table like `findTable`, of a large workbook in a thread. The bytes are not the caller's any more. */
export const findTableApart = (content: Buffer, fileName: string): Promise<FoundTable> =>
  openTableSearch(fileName, content.byteLength).of(content)
