import { type FieldId, kindOf, type ListKindId, meaningLabel, sureEnough } from '#contract/imports'
import { Refusal } from '#contract/platform'
import { columnLetter } from './column-letter.ts'
import { type ConfirmedMapping, correctMapping } from './confirm-mapping.ts'
import type { KeptMapping } from './importing.ts'

/** What an officer without a screen says of one column. */
export interface ColumnWish {
  /** Its heading as it stands in the file, or its place as `C列`. */
  readonly column: string
  /** What it means; null when it is not to be read. */
  readonly meaning: FieldId | 'score' | null
}

const bad = (sentence: string) => new Refusal('imports.bad-columns', sentence, 'invalid')

const keyOf = (text: string): string => text.normalize('NFKC').replace(/\s/g, '')

/** The column a wish speaks of: by its heading first, else by its letter. */
const columnOf = ({ headings }: KeptMapping, said: string): number => {
  const key = keyOf(said)
  const letters = headings.map((_, column) => columnLetter(headings, column))
  const named = headings.flatMap((heading, column) => (keyOf(heading) === key ? [column] : []))
  if (named.length > 1) {
    const places = named.map((column) => `${letters[column]}列`)
    throw bad(`有 ${named.length} 列都叫“${said}”(${places.join('、')}),请用列号代替列名,如“${places[0]}”。`)
  }
  const column = named[0] ?? letters.findIndex((letter) => letter !== '' && `${letter}列` === key.toUpperCase())
  if (column === -1 || headings[column] === '')
    throw bad(`表里没有“${said}”这一列。请照表头写列名(两层表头写“上层 下层”),或写列号,如“C列”。`)
  return column
}

const saidTwice = (meaning: ColumnWish['meaning']) => bad(`有两列都指定为“${meaningLabel(meaning)}”,请只留一列。`)

/** Columns that mean what only one column can. */
const rivals = (meant: ReadonlyMap<number, string | null>, { meaning }: ColumnWish): number[] =>
  meaning === null || meaning === 'score'
    ? []
    : [...meant].flatMap(([column, field]) => (field === meaning ? [column] : []))

const checkKind = (kind: ListKindId, { column, meaning }: ColumnWish): void => {
  const { fields, scores, label } = kindOf(kind)
  if (meaning === null || (meaning === 'score' ? scores : fields.includes(meaning))) return
  throw bad(`“${column}”不能当作“${meaningLabel(meaning)}”:《${label}》没有这一项。`)
}

/**
 * Puts what an officer said of some columns over what was recognised, through the same door as the screen's corrections. What
 * was said wins and is sure: another column that was taken for the same is not read. Refuses `imports.bad-columns` naming the
 * word.
 */
export const settleColumns = (kept: KeptMapping, kind: ListKindId, wishes: readonly ColumnWish[]): ConfirmedMapping => {
  const meant = new Map<number, string | null>(kept.columns.map(({ column, field }) => [column, field]))
  const settled = new Set<number>()
  for (const wish of wishes) {
    checkKind(kind, wish)
    const column = columnOf(kept, wish.column)
    if (settled.has(column)) throw bad(`“${wish.column}”这一列指定了不止一次,请只留一个。`)
    settled.add(column)
    for (const other of rivals(meant, wish)) {
      if (settled.has(other) && other !== column) throw saidTwice(wish.meaning)
      meant.delete(other)
    }
    meant.set(column, wish.meaning)
  }
  const asked = [...meant].map(([column, field]) => ({ column, field }))
  const { mapping, corrected } = correctMapping(kept, kind, asked)
  const columns = mapping.columns.map((one) => (settled.has(one.column) ? { ...one, confidence: 1 } : one))
  const confirmed = kept.columns.some(({ column, confidence }) => settled.has(column) && confidence < sureEnough)
  return { mapping: { ...mapping, columns }, corrected: corrected || confirmed }
}
