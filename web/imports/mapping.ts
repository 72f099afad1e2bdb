import { type ImportView, isFieldId, isListKindId, kindOf, meaningLabel, notRead, sureEnough } from '#contract/imports'

export type Column = ImportView['mapping'][number]

/** A person's corrections, by column number; a column not here keeps what was recognised. */
export type Corrections = Readonly<Record<number, string | null>>

export interface MappedColumn extends Column {
  readonly corrected: boolean
  /** Headers of other columns that now mean the same. */
  readonly alsoIn: readonly string[]
}

/** A meaning several columns may share: one score each. */
const score = 'score'

export const labelOf = (field: string): string => (field === score || isFieldId(field) ? meaningLabel(field) : field)

export interface FieldOption {
  readonly value: string
  readonly label: string
  readonly required: boolean
}

/** The meanings a column of this kind of list can have, required ones first. */
export const fieldOptions = (kind: string): FieldOption[] => {
  if (!isListKindId(kind)) return []
  const { fields, required, scores } = kindOf(kind)
  const needed = new Set(required.flat())
  const options = fields.map((field) => ({
    value: field as string,
    label: labelOf(field),
    required: needed.has(field),
  }))
  if (scores === true) options.push({ value: score, label: labelOf(score), required: false })
  return options.sort((a, b) => Number(b.required) - Number(a.required))
}

/** The columns with the corrections applied, and for each the other columns that claim the same meaning. */
export const applyCorrections = (columns: readonly Column[], corrections: Corrections): MappedColumn[] => {
  const chosen = columns.map((column) => {
    const correction = corrections[column.column]
    const field = correction === undefined ? column.field : correction
    return { ...column, field, corrected: field !== column.field }
  })
  return chosen.map((column) => ({ ...column, alsoIn: othersLike(column, chosen) }))
}

const othersLike = (column: Column, all: readonly Column[]): string[] =>
  column.field === null || column.field === score
    ? []
    : all.filter((other) => other.field === column.field && other.column !== column.column).map((other) => other.header)

/** Meanings that the kind of list does not know are dropped, as when a person changes the kind. */
export const keepMeaningful = (columns: readonly MappedColumn[], kind: string): MappedColumn[] => {
  const known = new Set(fieldOptions(kind).map((option) => option.value))
  return columns.map((column) =>
    column.field === null || known.has(column.field) ? column : { ...column, field: null, alsoIn: [] },
  )
}

export interface MappingTrouble {
  /** Labels of required meanings without a column; where either of several is enough they stand together. */
  readonly missing: readonly string[]
  /** Labels claimed by more than one column. */
  readonly twice: readonly string[]
}

/** What still stands in the way of checking the rows. */
export const findTrouble = (columns: readonly MappedColumn[], kind: string, schoolGiven = false): MappingTrouble => {
  const given = new Set(columns.map((column) => column.field))
  const required = isListKindId(kind) ? kindOf(kind).required : []
  const missing = required
    .map((need) => (typeof need === 'string' ? [need] : [...need]))
    .filter((anyOf) => !(schoolGiven && anyOf.includes('school_name')))
    .filter((anyOf) => !anyOf.some((field) => given.has(field)))
    .map((anyOf) => anyOf.map(labelOf).join('或'))
  const twice = new Set(
    columns.flatMap(({ field, alsoIn }) => (field !== null && alsoIn.length > 0 ? [labelOf(field)] : [])),
  )
  return { missing, twice: [...twice] }
}

/** Words instead of a number nobody can judge. */
export const confidenceWord = ({ confidence, corrected, field }: MappedColumn): string => {
  if (corrected) return '您已改'
  if (field === null) return notRead
  if (confidence >= 0.95) return '很有把握'
  return confidence >= sureEnough ? '较有把握' : '请看一眼'
}

/** A sample as it is shown: enough to tell what a column holds, too little to note down a number of a person. */
export const sampleText = (sample: string): string => sample.replace(/(\d{3})\d{4,}([\dXx]{4})/g, '$1…$2')

/** True where a person should look before going on. */
export const needsLook = (column: MappedColumn): boolean =>
  column.alsoIn.length > 0 || (!column.corrected && column.field !== null && column.confidence < sureEnough)
