import { parse, stringify } from 'yaml'
import { addDays } from '#contract/platform'
import { ageOn } from './age-on.ts'
import { findFact } from './fact-values.ts'
import type { PackFile } from './loading/read-yaml.ts'
import type { PeriodName } from './rule.ts'

/** A condition as the author's form holds it: words about a fact or class, joined. Values are as people read them. */
export type DraftCondition = DraftJoin | DraftWord
export interface DraftJoin {
  readonly join: 'all' | 'any' | 'none'
  readonly of: readonly DraftCondition[]
}
export interface DraftWord {
  readonly word: 'is' | 'in' | 'at_least' | 'at_most' | 'known' | 'member_of'
  /** Label of a fact, or the full name of a class. */
  readonly about: string
  readonly values: readonly string[]
}

export interface DraftCite {
  readonly document: string
  readonly at: string
}

/** 谁: a class of students as the form holds it. Examples are facts by label; what is not named nobody knows. */
export interface DraftClass {
  readonly id: string
  readonly label: string
  readonly secrecy: string
  readonly discloses: string
  readonly cite: DraftCite
  readonly when: DraftCondition
  readonly examples: Readonly<Record<'in' | 'out' | 'unknown', readonly Readonly<Record<string, string>>[]>>
}

/** 做什么、多久一次、谁负责、几次. */
export interface DraftDuty {
  readonly id: string
  readonly label: string
  readonly neutralTitle: string
  readonly cite: DraftCite
  readonly for: string
  readonly record: string
  readonly by: string
  readonly fallback: readonly string[]
  readonly atLeast: number
  readonly per: PeriodName
}

export interface DraftHeader {
  readonly issuer: string
  readonly name: string
  readonly extends: string
  readonly version: string
  readonly documents: readonly { readonly id: string; readonly title: string }[]
}

type Entry = Readonly<Record<string, unknown>>

// Rules of an office's own document fulfil a requirement of its own.
const ownRequirement = ['L1']
const citeOf = ({ document, at }: DraftCite) => [{ requirement: ownRequirement, document, at }]

const typedValue = (label: string, value: string): string | number =>
  findFact(label)?.type === 'integer' && /^-?\d+$/.test(value) ? Number(value) : value

/** The condition as a pack file says it. */
export function writeCondition(draft: DraftCondition): unknown {
  if ('join' in draft) return { [draft.join]: draft.of.map(writeCondition) }
  const { word, about, values } = draft
  if (word === 'member_of' || word === 'known') return { [word]: about }
  const written = values.map((value) => typedValue(about, value))
  return { fact: about, [word]: word === 'in' ? written : (written[0] ?? '') }
}

const joins = ['all', 'any', 'none'] as const
const words = ['is', 'in', 'at_least', 'at_most'] as const

/** Reads a condition of a pack file into the form; undefined when it says something the form has no field for. */
export function readDraftCondition(written: unknown): DraftCondition | undefined {
  if (typeof written !== 'object' || written === null) return undefined
  const entry = written as Record<string, unknown>
  const join = joins.find((one) => Array.isArray(entry[one]))
  if (join) {
    const of = (entry[join] as unknown[]).map(readDraftCondition)
    return of.every((one) => one !== undefined) ? { join, of: of as DraftCondition[] } : undefined
  }
  if (Array.isArray(entry.has_any))
    return { join: 'any', of: entry.has_any.map((about) => ({ word: 'is', about: labelOf(about), values: ['是'] })) }
  if (typeof entry.member_of === 'string') return { word: 'member_of', about: entry.member_of, values: [] }
  if (typeof entry.known === 'string') return { word: 'known', about: labelOf(entry.known), values: [] }
  const word = words.find((one) => one in entry)
  if (!word || typeof entry.fact !== 'string') return undefined
  const values = (Array.isArray(entry[word]) ? entry[word] : [entry[word]]) as unknown[]
  return { word, about: labelOf(entry.fact), values: values.map(shown) }
}

const labelOf = (word: unknown): string => findFact(String(word))?.label ?? String(word)
const shown = (value: unknown): string => (value === true ? '是' : value === false ? '否' : String(value))

/** Facts a condition asks about, by label: the fields of its examples. */
export function factsOfDraft(draft: DraftCondition): readonly string[] {
  if ('join' in draft) return [...new Set(draft.of.flatMap(factsOfDraft))]
  return draft.word === 'member_of' || draft.about === '' ? [] : [draft.about]
}

// An age is written as the birth date that gives it on the day examples are judged on.
const exampleDay = '2025-09-01'
const ageLabel = '年龄'
const birthOf = (age: string): string => `${2025 - Number(age)}${exampleDay.slice(4)}`

const factsWritten = (facts: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(facts).flatMap(([label, value]): [string, string | number][] => {
      if (value === '') return []
      return label === ageLabel ? [['birth_date', birthOf(value)]] : [[label, typedValue(label, value)]]
    }),
  )

const factsRead = (facts: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries((facts ?? {}) as Entry).map(([word, value]) =>
      word === 'birth_date' || word === '出生日期'
        ? [ageLabel, String(ageOn(String(value), exampleDay))]
        : [labelOf(word), shown(value)],
    ),
  )

const citeRead = (cite: unknown): DraftCite => {
  const [first] = Array.isArray(cite) ? (cite as Entry[]) : []
  return { document: String(first?.document ?? ''), at: String(first?.at ?? '') }
}

/** Reads a class of a pack file into the form; undefined when it says something the form has no field for. */
export function readDraftClass(entry: Entry): DraftClass | undefined {
  const when = readDraftCondition(entry.when)
  const known = ['id', 'label', 'cite', 'secrecy', 'discloses', 'when', 'examples']
  if (!when || Object.keys(entry).some((key) => !known.includes(key))) return undefined
  const examples = (entry.examples ?? {}) as Record<string, readonly Entry[] | undefined>
  const side = (name: string) => (examples[name] ?? []).map(({ facts }) => factsRead(facts))
  return {
    id: String(entry.id ?? ''),
    label: String(entry.label ?? ''),
    secrecy: String(entry.secrecy ?? ''),
    discloses: String(entry.discloses ?? ''),
    cite: citeRead(entry.cite),
    when: 'join' in when ? when : { join: 'all', of: [when] },
    examples: { in: side('in'), out: side('out'), unknown: side('unknown') },
  }
}

/** Reads a duty of a pack file into the form; undefined when it says something the form has no field for. */
export function readDraftDuty(entry: Entry): DraftDuty | undefined {
  const does = (entry.does ?? {}) as Entry
  const known = ['id', 'label', 'neutral_title', 'cite', 'for', 'does', 'by', 'fallback', 'at_least', 'per', 'examples']
  if (Object.keys(entry).some((key) => !known.includes(key))) return undefined
  if (typeof entry.per !== 'string' || typeof does.record !== 'string' || 'where' in does) return undefined
  return {
    id: String(entry.id ?? ''),
    label: String(entry.label ?? ''),
    neutralTitle: String(entry.neutral_title ?? ''),
    cite: citeRead(entry.cite),
    for: String(entry.for ?? ''),
    record: does.record,
    by: String(entry.by ?? ''),
    fallback: Array.isArray(entry.fallback) ? entry.fallback.map(String) : [],
    atLeast: Number(entry.at_least ?? 1),
    per: entry.per as PeriodName,
  }
}

/** A class as its pack file says it. */
export function writeClass(draft: DraftClass): Readonly<Record<string, unknown>> {
  const side = (name: keyof DraftClass['examples']) =>
    draft.examples[name].map((facts) => ({ facts: factsWritten(facts) }))
  return {
    id: draft.id,
    label: draft.label,
    cite: citeOf(draft.cite),
    secrecy: draft.secrecy,
    ...(draft.discloses.trim() !== '' && { discloses: draft.discloses.trim() }),
    when: writeCondition(draft.when),
    examples: { in: side('in'), out: side('out'), unknown: side('unknown') },
  }
}

/** A duty as its pack file says it, with examples on both sides of how often. */
export function writeDuty(draft: DraftDuty): Readonly<Record<string, unknown>> {
  const act = (days: number) => ({ record: draft.record, on: addDays(exampleDay, days) })
  const acts = (many: number) =>
    Array.from({ length: Math.max(0, Math.min(many, 40)) }, (_, n) => act(draft.per === 'school-day' ? 0 : n % 5))
  const until = {
    'school-day': 0,
    week: 6,
    'teaching-week': 6,
    vacation: 29,
    month: 29,
    term: 120,
    'school-year': 364,
    'calendar-year': 121,
  }[draft.per]
  const period = [exampleDay, addDays(exampleDay, until)]
  return {
    id: draft.id,
    label: draft.label,
    neutral_title: draft.neutralTitle,
    cite: citeOf(draft.cite),
    for: draft.for,
    does: { record: draft.record },
    by: draft.by,
    fallback: [...draft.fallback],
    at_least: draft.atLeast,
    per: draft.per,
    examples: { in: [{ period, acts: acts(draft.atLeast) }], out: [{ period, acts: acts(draft.atLeast - 1) }] },
  }
}

// The loader refuses references within a file, so what stands twice is written twice.
const asWritten = { lineWidth: 120, aliasDuplicateObjects: false } as const

/** The rules of one file as written; none for a file that is not there or is no list. */
export function entriesIn(files: readonly PackFile[], name: string): readonly Entry[] {
  const file = files.find((one) => one.name === name)
  const data: unknown = file ? parse(file.text, { maxAliasCount: 0 }) : []
  return Array.isArray(data) ? data.filter((one): one is Entry => typeof one === 'object' && one !== null) : []
}

/** Puts a rule into its file: in the place of the one with its id, or at the end. Other rules stay as they are. */
export function putEntry(files: readonly PackFile[], name: string, entry: Entry): readonly PackFile[] {
  const before = entriesIn(files, name)
  const known = before.some(({ id }) => id === entry.id)
  const entries = known ? before.map((one) => (one.id === entry.id ? entry : one)) : [...before, entry]
  return [...files.filter((one) => one.name !== name), { name, text: stringify(entries, asWritten) }]
}

/** Takes a rule out of its file. */
export function dropEntry(files: readonly PackFile[], name: string, id: string): readonly PackFile[] {
  const entries = entriesIn(files, name).filter((one) => one.id !== id)
  const others = files.filter((one) => one.name !== name)
  return entries.length === 0 ? others : [...others, { name, text: stringify(entries, asWritten) }]
}

/** Puts the head of the pack beside its rules. */
export function putHeader(
  files: readonly PackFile[],
  { extends: parent, ...header }: DraftHeader,
): readonly PackFile[] {
  const { issuer, name, version, documents } = header
  const text = stringify({ issuer, name, ...(parent !== '' && { extends: parent }), version, documents }, asWritten)
  return [{ name: 'pack.yaml', text }, ...files.filter((one) => one.name !== 'pack.yaml')]
}

/** Reads the head of a pack into the form. */
export function readDraftHeader(files: readonly PackFile[]): DraftHeader | undefined {
  const file = files.find((one) => one.name === 'pack.yaml')
  const data: unknown = file ? parse(file.text, { maxAliasCount: 0 }) : undefined
  if (typeof data !== 'object' || data === null) return undefined
  const {
    issuer = '',
    name = '',
    version = '1.0.0',
    extends: parent = '',
    documents = [],
  } = data as Partial<DraftHeader>
  return { issuer, name, version, extends: parent, documents: [...documents] }
}
