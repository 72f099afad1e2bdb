import { parse, stringify } from 'yaml'
import type { PackFile } from '../loading/read-yaml.ts'
import type { RuleKind } from '../rule.ts'
import { type DraftCite, type Entry, readCites, writeCites } from './draft-base.ts'

export interface DraftHeader {
  readonly issuer: string
  readonly name: string
  readonly extends: string
  readonly version: string
  readonly documents: readonly { readonly id: string; readonly title: string }[]
}

/** A rule of a higher pack that is over from a day on. */
export interface DraftEnding {
  readonly ends: string
  readonly from: string
  readonly cites: readonly DraftCite[]
}

/** The file a kind of rule stands in. */
export const fileOfKind: Readonly<Record<RuleKind, string>> = {
  who: 'who.yaml',
  duty: 'duties.yaml',
  record: 'records.yaml',
  flow: 'flows.yaml',
  count: 'counts.yaml',
  guard: 'guards.yaml',
}

/** Reads an ending of a pack file; undefined when it is a rule. */
export const readDraftEnding = (entry: Entry): DraftEnding | undefined =>
  typeof entry.ends === 'string'
    ? { ends: entry.ends, from: String(entry.from ?? ''), cites: readCites(entry.cite) }
    : undefined

/** An ending as its pack file says it. */
export const writeEnding = ({ ends, from, cites }: DraftEnding): Entry => ({ ends, from, cite: writeCites(cites) })

// The loader refuses references within a file, so what stands twice is written twice.
const asWritten = { lineWidth: 120, aliasDuplicateObjects: false } as const

/** The rules of one file as written; none for a file that is not there or is no list. */
export function entriesIn(files: readonly PackFile[], name: string): readonly Entry[] {
  const file = files.find((one) => one.name === name)
  const data: unknown = file ? parse(file.text, { maxAliasCount: 0 }) : []
  return Array.isArray(data) ? data.filter((one): one is Entry => typeof one === 'object' && one !== null) : []
}

/** What tells an entry of a file from the others: the id of a rule, or what an ending ends. */
export const entryKey = ({ id, ends }: Entry): string =>
  typeof ends === 'string' ? `ends ${ends}` : `id ${String(id ?? '')}`

/** Puts a rule into its file: in the place of the one with its id, or at the end. Other rules stay as they are. */
export function putEntry(files: readonly PackFile[], name: string, entry: Entry): readonly PackFile[] {
  const before = entriesIn(files, name)
  const key = entryKey(entry)
  const known = before.some((one) => entryKey(one) === key)
  const entries = known ? before.map((one) => (entryKey(one) === key ? entry : one)) : [...before, entry]
  return [...files.filter((one) => one.name !== name), { name, text: stringify(entries, asWritten) }]
}

/** Takes a rule, or an ending, out of its file. */
export function dropEntry(files: readonly PackFile[], name: string, key: string): readonly PackFile[] {
  const entries = entriesIn(files, name).filter((one) => entryKey(one) !== key)
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
