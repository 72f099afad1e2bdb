import type { ImportFault, ListKindId, MappedColumn } from '#contract/imports'
import type { Services } from '#server/platform'
import type { Registry } from '#server/policies'
import type { NamedPlace } from './encoding/place-book.ts'
import type { FormSheet } from './form-sheet.ts'

/** What importing runs with. */
export interface Importing {
  readonly services: Services
  readonly registry: Registry
}

/** Numbers under which outcomes are stored, in the order of `import_rows.outcome`. */
export const outcomeCodes = {
  new: 1,
  changed: 2,
  unchanged: 3,
  refused: 4,
  matched: 5,
  doubtful: 6,
  unmatched: 7,
} as const
export type Outcome = keyof typeof outcomeCodes
export const outcomeOf = (code: number): Outcome =>
  (Object.keys(outcomeCodes) as Outcome[]).find((name) => outcomeCodes[name] === code) ?? 'refused'

/** What the sender says of the list. */
export interface Statement {
  readonly kind: ListKindId
  readonly population: 'all-residents' | 'enrolled' | 'screened' | 'listed'
  /** Plain date the list speaks of. */
  readonly asOf: string
  readonly replaces: boolean
}

/** The columns of a list as understood, kept with the import. Samples are personal data and stay sealed. */
export interface KeptMapping {
  readonly sheet: string
  /** Row of the first heading, as Excel counts. */
  readonly headingRow: number
  readonly height: 1 | 2
  /** Headings by column as written; columns without one are ''. */
  readonly headings: readonly string[]
  readonly columns: readonly MappedColumn[]
  readonly missing: readonly string[]
  readonly signature: string
  readonly remembered: boolean
  /** Posts the workbook itself names as its only readers. */
  readonly restriction: readonly string[]
  /** Sealed JSON: samples by column, base64. */
  readonly samples: string
  /** The list was handed over for a school: its rows need not name it. */
  readonly schoolGiven?: boolean
  /** Parts of the workbook known to have no merged cells; they needn't be gone through once more. */
  readonly unmerged?: readonly string[]
}

/** Who handed the list over, as far as the read job must know. `null` posts: the operator at the machine's own shell. */
export interface Sender {
  readonly posts: readonly { readonly post: string; readonly unitPath: string }[] | null
}

/** A row of `imports`. */
export interface ImportRow {
  readonly id: string
  readonly unit_id: string
  readonly scope: string
  readonly secrecy: number
  readonly kind: string | null
  readonly file_name: string
  readonly file_digest: Buffer
  readonly byte_size: number
  readonly state: string
  readonly stated: {
    readonly statement?: Statement
    readonly sender?: Sender
    /** The columns were corrected by a person and are remembered. */
    readonly learn?: boolean
    readonly places?: readonly NamedPlace[]
    readonly sheets?: readonly FormSheet[]
  }
  readonly mapping: KeptMapping | null
  readonly counts: Partial<Record<Outcome | 'rows', number>>
  readonly progress: Progress | Record<string, never>
  readonly refusal: { readonly code: string; readonly sentence: string } | null
  readonly created_by: string
  readonly created_by_name: string
  readonly created_at: string
  readonly committed_at: string | null
}

export interface Progress {
  readonly step: string
  readonly done: number
  readonly total: number | null
  readonly perSecond: number | null
}

/** What stands sealed beside a previewed row: the cells as typed and every fault with its value. */
export interface SealedRow {
  readonly cells: readonly string[]
  readonly faults: readonly ImportFault[]
}

/** Name of the sheet's row; sheets after the first are told apart by ten millions. */
export const rowsPerSheet = 10_000_000
