import type { Condition, FactRef, FactValue } from '../condition.ts'
import { factMeaning, findFact, showValue } from '../fact-values.ts'

/** A condition as the author's form holds it: every kind of the language, values as people read them. */
export type DraftCondition = DraftJoin | DraftWord | DraftFacts | DraftDone
export interface DraftJoin {
  readonly join: 'all' | 'any' | 'none' | 'at_least_n_of'
  /** How many, for `at_least_n_of`. */
  readonly n?: number
  readonly of: readonly DraftCondition[]
}
export interface DraftWord {
  readonly word: 'is' | 'in' | 'at_least' | 'at_most' | 'between' | 'known' | 'member_of'
  /** Label of a fact, or the full name of a class. */
  readonly about: string
  readonly values: readonly string[]
}
/** Several yes-no facts at once. */
export interface DraftFacts {
  readonly several: 'has_any' | 'has_all'
  readonly facts: readonly string[]
}
/** A record made lately. */
export interface DraftDone {
  readonly done: string
  readonly days: number
}

/** The kinds the form offers; one for each kind of the language. */
export const draftKinds = {
  joins: ['all', 'any', 'none', 'at_least_n_of'],
  words: ['is', 'in', 'at_least', 'at_most', 'between', 'known', 'member_of'],
  several: ['has_any', 'has_all'],
  done: ['done_within'],
} as const

/** A value as a file says it: whole numbers as numbers, anything else as people read it. */
export const typedValue = (label: string, value: string): string | number =>
  findFact(label)?.type === 'integer' && /^-?\d+$/.test(value) ? Number(value) : value

export const labelOfFact = (word: unknown): string => findFact(String(word))?.label ?? String(word)

/** A value of a file as the form shows it: a code by its label. */
export const shownValue = (word: unknown, value: unknown): string => {
  if (typeof value === 'boolean') return value ? '是' : '否'
  const fact = findFact(String(word))
  return fact?.type === 'code' && typeof value === 'number' ? (fact.codes?.[value] ?? String(value)) : String(value)
}

/** The condition as a pack file says it. */
export function writeCondition(draft: DraftCondition): unknown {
  if ('join' in draft) {
    const of = draft.of.map(writeCondition)
    return draft.join === 'at_least_n_of' ? { at_least_n_of: { n: draft.n ?? 1, of } } : { [draft.join]: of }
  }
  if ('several' in draft) return { [draft.several]: [...draft.facts] }
  if ('done' in draft) return { done_within: { record: draft.done, days: draft.days } }
  const { word, about, values } = draft
  if (word === 'member_of' || word === 'known') return { [word]: about }
  const written = values.map((value) => typedValue(about, value))
  if (word === 'between') return { fact: about, between: [written[0] ?? '', written[1] ?? ''] }
  return { fact: about, [word]: word === 'in' ? written : (written[0] ?? '') }
}

type Entry = Readonly<Record<string, unknown>>
const plainJoins = ['all', 'any', 'none'] as const
const factWords = ['is', 'in', 'at_least', 'at_most', 'between'] as const

/** Reads a condition of a pack file into the form; undefined when it is none. */
export function readDraftCondition(written: unknown): DraftCondition | undefined {
  if (typeof written !== 'object' || written === null) return undefined
  const entry = written as Entry
  const join = plainJoins.find((one) => Array.isArray(entry[one]))
  if (join) return joined(entry[join], (of) => ({ join, of }))
  const counted = entry.at_least_n_of as { n?: unknown; of?: unknown } | undefined
  if (counted) return joined(counted.of, (of) => ({ join: 'at_least_n_of', n: Number(counted.n ?? 1), of }))
  const several = draftKinds.several.find((one) => Array.isArray(entry[one]))
  if (several) return { several, facts: (entry[several] as unknown[]).map(labelOfFact) }
  const done = entry.done_within as { record?: unknown; days?: unknown } | undefined
  if (done) return { done: String(done.record ?? ''), days: Number(done.days ?? 1) }
  if (typeof entry.member_of === 'string') return { word: 'member_of', about: entry.member_of, values: [] }
  if (typeof entry.known === 'string') return { word: 'known', about: labelOfFact(entry.known), values: [] }
  const word = factWords.find((one) => one in entry)
  if (!word || typeof entry.fact !== 'string') return undefined
  const values = (Array.isArray(entry[word]) ? entry[word] : [entry[word]]) as unknown[]
  return { word, about: labelOfFact(entry.fact), values: values.map((value) => shownValue(entry.fact, value)) }
}

const joined = (
  written: unknown,
  put: (of: readonly DraftCondition[]) => DraftCondition,
): DraftCondition | undefined => {
  if (!Array.isArray(written)) return undefined
  const of = written.map(readDraftCondition)
  return of.every((one) => one !== undefined) ? put(of as DraftCondition[]) : undefined
}

/** A loaded condition as a pack file would say it, values by their labels. */
export function conditionAsWritten(condition: Condition): unknown {
  const label = (fact: FactRef) => factMeaning(fact).label
  const value = (fact: FactRef, one: FactValue) => typedValue(label(fact), plain(fact, one))
  switch (condition.kind) {
    case 'all':
    case 'any':
    case 'none':
      return { [condition.kind]: condition.of.map(conditionAsWritten) }
    case 'at_least_n_of':
      return { at_least_n_of: { n: condition.n, of: condition.of.map(conditionAsWritten) } }
    case 'has_any':
    case 'has_all':
      return { [condition.kind]: condition.facts.map(label) }
    case 'done_within':
      return { done_within: { record: condition.record, days: condition.days } }
    case 'member_of':
      return { member_of: condition.class }
    case 'known':
      return { known: label(condition.fact) }
    case 'in':
      return { fact: label(condition.fact), in: condition.values.map((one) => value(condition.fact, one)) }
    case 'between':
      return {
        fact: label(condition.fact),
        between: [value(condition.fact, condition.from), value(condition.fact, condition.to)],
      }
    default:
      return { fact: label(condition.fact), [condition.kind]: value(condition.fact, condition.value) }
  }
}

/** As `showValue`, without the unit of a whole number: what a file says. */
export const plain = (fact: FactRef, value: FactValue): string =>
  factMeaning(fact).type === 'integer' ? String(value) : showValue(fact, value)

/** What a class named in a condition asks about. */
export type AskedByClass = (ref: string) => { readonly facts: readonly string[]; readonly records: readonly string[] }

const nothing: AskedByClass = () => ({ facts: [], records: [] })

/** Facts (by label) and records a condition asks about, also through the classes it names: the fields of its examples. */
export function askedByDraft(
  draft: DraftCondition,
  ofClass: AskedByClass = nothing,
): { readonly facts: readonly string[]; readonly records: readonly string[] } {
  if ('join' in draft) {
    const inner = draft.of.map((one) => askedByDraft(one, ofClass))
    return {
      facts: [...new Set(inner.flatMap(({ facts }) => facts))],
      records: [...new Set(inner.flatMap(({ records }) => records))],
    }
  }
  if ('several' in draft) return { facts: draft.facts, records: [] }
  if ('done' in draft) return { facts: [], records: draft.done === '' ? [] : [draft.done] }
  if (draft.about === '') return { facts: [], records: [] }
  return draft.word === 'member_of' ? ofClass(draft.about) : { facts: [draft.about], records: [] }
}
