import { type FieldId, isFieldId } from './fields.ts'
import { fullHeadings, headingKeys } from './full-heading.ts'
import { cleanHeading, type Heading } from './headers.ts'
import { type HeadingMeaning, meaningsOf } from './heading-meaning.ts'
import { kindOf, type ListKindId } from './kinds.ts'
import { type MappedColumn, type Mapping, mappedColumn, missingFields } from './mapping.ts'
import type { SheetRow } from './rows.ts'
import { isOfKind, scoreOf, usualness } from './score-column.ts'
import { subjectScore } from './subjects.ts'
import { folded } from './values/text.ts'

/** A column as it stands in the sheet, before it is decided what it means. */
interface Column {
  readonly column: number
  /** As shown and as remembered, with its group word. */
  readonly heading: string
  /** The heading's own word. */
  readonly word: string
  readonly meaning: HeadingMeaning
  readonly samples: readonly string[]
}

/** A field that a column may mean. */
interface Candidate {
  readonly column: Column
  readonly field: FieldId
  readonly score: number
  /** How usual the word is for the field, from 0. */
  readonly rank: number
}

/** Corrections by heading key, as a person made them before; `none` is a column not to be read. */
export type Corrections = ReadonlyMap<string, FieldId | 'score' | 'none'>

const serialWords = new Set(['序号', '序', 'no', '编号', '行号'])

const mostSamples = 60

const sampleOf = (rows: readonly SheetRow[], column: number): string[] => {
  const texts: string[] = []
  for (const row of rows) {
    const text = folded(row.cells[column] ?? '')
    if (text !== '') texts.push(text)
    if (texts.length === mostSamples) break
  }
  return texts
}

const columnsOf = (heading: Heading, rows: readonly SheetRow[]): readonly Column[] => {
  const shown = fullHeadings(heading)
  return meaningsOf(heading).map((meaning, column) => ({
    column,
    heading: shown[column] ?? '',
    word: heading.headings[column] ?? '',
    meaning,
    samples: sampleOf(rows, column),
  }))
}

const isSerial = ({ word }: Column): boolean => serialWords.has(cleanHeading(word))

/** From this score on a heading names its field outright. */
const outright = 0.95

/** From this score on a column is proposed for a field. */
const proposed = 0.5

/** A mapping that rests on neighbours alone is shown to a person as one to look at. */
const toBeLookedAt = 0.7

/** Fields that columns may mean, the surest first. */
function candidatesAmong(columns: readonly Column[], kindId: ListKindId): readonly Candidate[] {
  const candidates: Candidate[] = []
  for (const column of columns) {
    const { word, meaning, samples } = column
    if (isSerial(column) || (word === '' && samples.length === 0)) continue
    for (const field of kindOf(kindId).fields) {
      const score = isOfKind(kindId, field, word) ? scoreOf(field, word, meaning, samples) : 0
      if (score < proposed) continue
      const rank = usualness(field, word, meaning.group)
      candidates.push({ column, field, score: meaning.guessed ? Math.min(score, toBeLookedAt) : score, rank })
    }
  }
  return candidates.sort((a, b) => b.score - a.score || a.rank - b.rank || a.column.column - b.column.column)
}

/** Fields that two columns name outright. */
function fieldsNamedTwice(candidates: readonly Candidate[]): ReadonlySet<FieldId> {
  const columns = new Map<FieldId, Column>()
  const twice = new Set<FieldId>()
  for (const { column, field, score } of candidates) {
    if (score < outright) continue
    // a column that has a better meaning of its own is no rival
    if (candidates.find((one) => one.column === column)?.field !== field) continue
    if (columns.has(field) && columns.get(field) !== column) twice.add(field)
    columns.set(field, column)
  }
  return twice
}

/**
 * Decides which column means what, by heading words and by how the values are built, each field once. Headings are
 * never used as keys of an object, so a column called `__proto__` is only an unmapped column. `remembered` are corrections
 * a person made for the same sender and heading; they win.
 */
export function mapColumns(
  kindId: ListKindId,
  heading: Heading,
  rows: readonly SheetRow[],
  remembered: Corrections = new Map(),
): Mapping {
  const columns = columnsOf(heading, rows)
  const taken = new Map<Column, MappedColumn>()
  const used = new Set<FieldId>()
  const closed = new Set<Column>()
  const take = (column: Column, field: FieldId | 'score', confidence: number) => {
    if (field !== 'score') used.add(field)
    taken.set(column, mappedColumn({ column: column.column, field, confidence }, column))
  }
  const keys = headingKeys(columns.map((column) => column.heading))
  for (const column of columns) {
    const wish = remembered.get(keys[column.column] ?? '')
    if (wish === 'none') closed.add(column)
    else if (wish === 'score' || (wish && isFieldId(wish) && !used.has(wish))) take(column, wish, 1)
  }
  const open = columns.filter((column) => !taken.has(column) && !closed.has(column))
  const candidates = candidatesAmong(open, kindId)
  const doubled = fieldsNamedTwice(candidates)
  for (const { column, field, score } of candidates) {
    if (taken.has(column) || used.has(field)) continue
    // whose names a list holds is never guessed; of anything else the first column is proposed, to be looked at
    if (doubled.has(field) && field === 'name') continue
    take(column, field, doubled.has(field) ? Math.min(score, toBeLookedAt) : score)
  }
  if (kindOf(kindId).scores)
    for (const column of open) {
      if (taken.has(column) || column.heading === '' || isSerial(column)) continue
      const confidence = subjectScore(column.word, column.samples)
      if (confidence > 0) take(column, 'score', confidence)
    }
  const mapped = columns.flatMap((column) => taken.get(column) ?? [])
  const unmapped = columns.filter((column) => !taken.has(column) && column.heading !== '')
  return {
    columns: mapped,
    unmapped: unmapped.map((one) => ({ column: one.column, heading: one.heading })),
    missing: missingFields(kindId, mapped),
  }
}
