import type { ImportView } from '#contract/imports'

export type Column = ImportView['mapping'][number]
export type Field = ImportView['fields'][number]

/** A person's corrections, by column number; a column not here keeps what was recognised. */
export type Corrections = Readonly<Record<number, string | null>>

export interface MappedColumn extends Column {
  readonly corrected: boolean
  /** Headers of other columns that now mean the same. */
  readonly alsoIn: readonly string[]
}

/** The columns with the corrections applied, and for each the other columns that claim the same meaning. */
export const applyCorrections = (columns: readonly Column[], corrections: Corrections): MappedColumn[] => {
  const chosen = columns.map((column) => {
    const correction = corrections[column.column]
    const field = correction === undefined ? column.field : correction
    return { ...column, field, corrected: field !== column.field }
  })
  return chosen.map((column) => ({
    ...column,
    alsoIn:
      column.field === null
        ? []
        : chosen
            .filter((other) => other.field === column.field && other.column !== column.column)
            .map((other) => other.header),
  }))
}

export interface MappingTrouble {
  readonly missing: readonly string[]
  readonly twice: readonly string[]
}

/**
 * What still stands in the way: required fields without a column, fields claimed by two columns. `reported` are the
 * labels the server misses; a group such as 学校名称或标识码 counts as found when one of its fields now has a column.
 */
export const findTrouble = (
  columns: readonly MappedColumn[],
  fields: readonly Field[],
  reported: readonly string[],
): MappingTrouble => {
  const labels = new Map(fields.map((field) => [field.id, field.label]))
  const given = new Set(
    columns.flatMap((column) => (column.field === null ? [] : [labels.get(column.field) ?? column.field])),
  )
  const required = fields.filter((field) => field.required).map((field) => field.label)
  const alternatives = (label: string): string[] => label.split(/或|\//).map((part) => part.trim())
  const missing = [...new Set([...required, ...reported])].filter(
    (label) => !alternatives(label).some((part) => given.has(part)) && !given.has(label),
  )
  const twice = [
    ...new Set(
      columns
        .filter((column) => column.alsoIn.length > 0 && column.field !== null)
        .map((column) => labels.get(column.field ?? '') ?? ''),
    ),
  ]
  return { missing, twice: twice.filter((label) => label !== '') }
}

/** Three words instead of a number nobody can judge. */
export const confidenceWord = ({ confidence, corrected, field }: MappedColumn): string => {
  if (corrected) return '您已改'
  if (field === null) return '不导入'
  if (confidence >= 0.9) return '很有把握'
  return confidence >= 0.6 ? '较有把握' : '请看一眼'
}

/** True where a person should look before going on. */
export const needsLook = (column: MappedColumn): boolean =>
  column.alsoIn.length > 0 || (!column.corrected && column.field !== null && column.confidence < 0.6)
