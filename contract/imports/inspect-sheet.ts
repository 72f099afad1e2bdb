import { findHeader, type Heading } from './headers.ts'
import type { ListKindId } from './kinds.ts'
import { type Corrections, mapColumns } from './map-columns.ts'
import type { Mapping } from './mapping.ts'
import {
  findRestriction,
  findSpokenTime,
  type RecognisedKind,
  recogniseKind,
  type SpokenTime,
} from './recognise-kind.ts'
import { rowRole } from './row-role.ts'
import type { SheetRow } from './rows.ts'

/** Rows of a sheet that are enough to understand it. */
export const inspectedRows = 200

/** What was understood of a sheet from its first rows. */
export interface SheetInspection {
  readonly sheet: string
  readonly heading: Heading
  /** Excel number of the last heading row; data begins below it. */
  readonly headingEnd: number
  readonly recognised: RecognisedKind
  readonly kind: ListKindId
  readonly mapping: Mapping
  readonly time: SpokenTime | undefined
  /** Posts the workbook names as its only readers; empty when it names none. */
  readonly readers: readonly string[]
}

export interface InspectionWishes {
  /** The kind a person chose; recognised when not given. */
  readonly kind?: ListKindId
  /** Corrections remembered for this sender and kind, by full heading. */
  readonly remembered?: Corrections
}

/**
 * Understands a sheet that is at hand, from its first rows: headings, kind of list, meaning of the columns, time, restricted readers.
 * Undefined when no row looks like headings.
 */
export function inspectSheet(
  rows: readonly SheetRow[],
  fileName: string,
  wishes: InspectionWishes = {},
): SheetInspection | undefined {
  const heading = findHeader(rows)
  const top = heading && rows[heading.index]
  if (!heading || !top) return undefined
  const recognised = recogniseKind(heading, fileName)
  const kind = wishes.kind ?? recognised.kind
  const every = heading.headings.map((_, c) => c)
  const below = rows.slice(heading.index + heading.height)
  const data = below.filter((row) => rowRole(row, every, heading.headings) === 'data')
  return {
    sheet: top.sheet,
    heading,
    headingEnd: top.row + heading.height - 1,
    recognised,
    kind,
    mapping: mapColumns(kind, heading, data, wishes.remembered),
    time: findSpokenTime(heading.titles, fileName),
    readers: findRestriction(heading.titles),
  }
}
