import { type FieldId, fieldOf, fields, kindOf, type ListKindId, listKindIds, meaningLabel } from '#contract/imports'
import { Refusal } from '#contract/platform'
import type { ColumnWish } from '#server/imports'

type Meaning = ColumnWish['meaning']

const bad = (sentence: string) => new Refusal('imports.bad-arguments', sentence, 'invalid')

/** Every word the screen offers for a column of such a list, or of any list, and what it stands for. */
const meaningsFor = (kind: ListKindId | undefined): ReadonlyMap<string, Meaning> => {
  const kinds = kind === undefined ? listKindIds : [kind]
  const ids = new Set<FieldId>(kinds.flatMap((one) => kindOf(one).fields))
  const meanings = new Map<string, Meaning>([[meaningLabel(null), null]])
  for (const id of Object.keys(fields) as FieldId[]) if (ids.has(id)) meanings.set(fieldOf(id).label, id)
  if (kinds.some((one) => kindOf(one).scores))
    for (const word of ['成绩', meaningLabel('score')]) meanings.set(word, 'score')
  return meanings
}

/** Words that share most with what was typed, to pick from. */
const nearest = (typed: string, words: Iterable<string>): string[] => {
  const shared = (word: string) => [...word].filter((letter) => typed.includes(letter)).length
  const near = [...words].filter((word) => shared(word) > 1)
  return near.sort((a, b) => shared(b) - shared(a) || a.length - b.length).slice(0, 3)
}

const wishOf = (text: string, meanings: ReadonlyMap<string, Meaning>, kind: ListKindId | undefined): ColumnWish => {
  const parts = /^(.+)[=\uff1d]([^=\uff1d]+)$/s.exec(text.trim())
  const column = parts?.[1]?.trim() ?? ''
  const word = parts?.[2]?.trim() ?? ''
  if (column === '' || word === '') throw bad(`--column 应写成“列名=含义”,收到“${text}”。`)
  const meaning = meanings.get(word)
  if (meaning !== undefined) return { column, meaning }
  const near = nearest(word, meanings.keys())
  const list = kind === undefined ? '' : `《${kindOf(kind).label}》`
  const advice = near.length > 0 ? `相近的有${near.map((one) => `“${one}”`).join('、')}` : '请照网页“确认列”里的说法写'
  throw bad(`--column “${text}”:${list}没有“${word}”这种含义,${advice}。`)
}

/**
 * Reads what `--column 列名=含义` says, meanings in the words of the screen. Refuses what has no two sides, and a meaning that
 * lists of this kind (of any kind, where none is given) do not have.
 */
export const readColumnWishes = (typed: readonly string[], kind: ListKindId | undefined): readonly ColumnWish[] => {
  const meanings = meaningsFor(kind)
  const wishes = typed.map((text) => wishOf(text, meanings, kind))
  const twice = wishes.find(
    ({ meaning }, at) =>
      meaning !== null && meaning !== 'score' && wishes.findIndex((one) => one.meaning === meaning) < at,
  )
  if (twice) throw bad(`--column 里有两列都指定为“${meaningLabel(twice.meaning)}”,请只留一列。`)
  return wishes
}
