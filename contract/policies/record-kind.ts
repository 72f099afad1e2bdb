import type { SecrecyDomain } from '#contract/students'
import type { Examples, RuleBase } from './rule-base.ts'

export type RecordFieldType = 'text' | 'code' | 'multi-code' | 'date' | 'integer' | 'money' | 'yes-no'

export interface RecordField {
  readonly id: string
  readonly label: string
  readonly type: RecordFieldType
  readonly required: boolean
  /** Required only where another field has one of these codes: exempt from a visit, so say why. */
  readonly requiredWhen?: { readonly field: string; readonly codes: readonly number[] }
  /** Text: characters; integer: largest value; money: largest value in fen; multi-code: most choices. */
  readonly max: number
  readonly codes?: Readonly<Record<number, string>>
  /** Free text about a child is encrypted at rest. */
  readonly encrypted: boolean
  readonly hint?: string
  /** Heading the form shows this field under. */
  readonly group?: string
}

/** record: what proves it. `number` is what tables store and never changes. */
export interface RecordKindDefinition extends RuleBase {
  readonly kind: 'record'
  readonly number: number
  readonly neutralTitle: string
  readonly domain: SecrecyDomain
  readonly track: TrackId
  readonly subjects: 'one' | 'many'
  readonly needsReview: boolean
  /** That it was done, when and by whom, is open to the student and the guardians; never what was written. */
  readonly openToFamily: boolean
  readonly fields: readonly RecordField[]
  readonly examples: Examples<RecordExample>
}
export interface RecordExample {
  readonly content: Readonly<Record<string, unknown>>
}

/** The tracks of care: the five guides of Zaoyang [Z2] with careers and growth, as the Jiangsu papers add them. */
export const tracks = {
  thought: '思想',
  mind: '心理',
  life: '生活',
  study: '学业',
  policy: '政策',
  career: '就业',
  growth: '成长',
} as const
export type TrackId = keyof typeof tracks
