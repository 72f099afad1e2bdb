import type { SecrecyDomain } from '#contract/students'

/** How the text of a column is read; each shape is one normaliser. */
export type FieldShape =
  | 'name'
  | 'names'
  | 'id-number'
  | 'disability-number'
  | 'code-number'
  | 'sex'
  | 'date'
  | 'month'
  | 'ethnicity'
  | 'yes-no'
  | 'boarding'
  | 'attendance'
  | 'left-behind'
  | 'phone'
  | 'money'
  | 'stage'
  | 'grade'
  | 'class'
  | 'monitor-kind'
  | 'disability-kind'
  | 'disability-level'
  | 'disability-kind-level'
  | 'orphan-kind'
  | 'screening-level'
  | 'absence-reason'
  | 'visit-mode'
  | 'score'
  | 'integer'
  | 'text'

export interface FieldDefinition {
  /** Plain Chinese name on the mapping screen. */
  readonly label: string
  readonly shape: FieldShape
  /** Headings that mean this field, without spaces, asterisks and brackets. The first ones are the usual ones. */
  readonly synonyms: readonly string[]
  /** Secrecy when it is above the list's own. */
  readonly domain?: SecrecyDomain
  /** Longest text in characters, for shape `text`. */
  readonly longest?: number
}

/** Defines a field; synonyms stand in one text, separated by spaces. */
export const define = (
  shape: FieldShape,
  label: string,
  synonyms: string,
  more: { domain?: SecrecyDomain; longest?: number } = {},
) => ({ label, shape, synonyms: synonyms.split(' '), ...more }) satisfies FieldDefinition
