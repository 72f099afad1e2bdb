/** One place of one document. */
export interface DraftCite {
  readonly document: string
  readonly at: string
  readonly quote: string
  readonly requirement: readonly string[]
}

/** What every rule of the form has: name, sources, dates, what it takes the place of. Empty text: not said. */
export interface DraftBase {
  readonly id: string
  readonly label: string
  readonly cites: readonly DraftCite[]
  readonly from: string
  readonly until: string
  /** 平台口径: the figure or boundary is ours. */
  readonly ours: boolean
  readonly replaces: string
}

/** An entry of a rule file as YAML gives it. */
export type Entry = Readonly<Record<string, unknown>>

/** Rules of an office's own document fulfil a requirement of its own. */
export const ownCite = (document: string): DraftCite => ({ document, at: '', quote: '', requirement: ['L1'] })

const baseKeys = ['id', 'label', 'cite', 'from', 'until', 'standpoint', 'replaces', 'examples']

/** Whether an entry says only what the form has a field for. */
export const saysOnly = (entry: Entry, keys: readonly string[]): boolean =>
  Object.keys(entry).every((key) => baseKeys.includes(key) || keys.includes(key))

const readCite = (cite: Entry): DraftCite => ({
  document: String(cite.document ?? ''),
  at: String(cite.at ?? ''),
  quote: String(cite.quote ?? ''),
  requirement: Array.isArray(cite.requirement) ? cite.requirement.map(String) : ownCite('').requirement,
})

export const readCites = (cite: unknown): readonly DraftCite[] =>
  Array.isArray(cite) && cite.length > 0 ? (cite as Entry[]).map(readCite) : [ownCite('')]

export const writeCites = (cites: readonly DraftCite[]): readonly Entry[] =>
  cites.map(({ requirement, document, at, quote }) => ({
    requirement: [...requirement],
    document,
    at,
    ...(quote.trim() !== '' && { quote: quote.trim() }),
  }))

/** Reads what every rule has from an entry of a pack file. */
export const readDraftBase = (entry: Entry): DraftBase => ({
  id: String(entry.id ?? ''),
  label: String(entry.label ?? ''),
  cites: readCites(entry.cite),
  from: String(entry.from ?? ''),
  until: String(entry.until ?? ''),
  ours: entry.standpoint === 'platform',
  replaces: String(entry.replaces ?? ''),
})

/** What every rule has, as its pack file says it. */
export const writeBase = (draft: DraftBase): Entry => ({
  id: draft.id,
  ...(draft.replaces !== '' && { replaces: draft.replaces }),
  label: draft.label,
  cite: writeCites(draft.cites),
  ...(draft.from !== '' && { from: draft.from }),
  ...(draft.until !== '' && { until: draft.until }),
  ...(draft.ours && { standpoint: 'platform' }),
})

/** The day examples of a rule are judged on when they name none; the loader takes the same. */
export const exampleDayOf = ({ from }: Pick<DraftBase, 'from'>): string => (from === '' ? '2025-09-01' : from)
