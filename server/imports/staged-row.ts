import type { ListKindId } from '#contract/imports'
import type { CopyValue, PackedType } from '#server/platform'

// What is asked of every row and what has a fixed width stands first: the server finds a column by walking over those before it.
const everybody = {
  row: 'integer',
  outcome: 'smallint',
  sex: 'smallint',
  place: 'integer',
  fresh_id: 'uuid',
  birth_date: 'date',
  stage: 'smallint',
  grade: 'smallint',
} as const

const everybodyBeside = {
  name: 'text',
  name_key: 'text',
  initials: 'text',
  id_digest: 'bytea',
  id_cipher: 'bytea',
  number: 'text',
  national_number: 'text',
  town: 'text',
  trace: 'bytea',
} as const

/** What a roster says beside that: a column for each thing, as it will be written. */
const pupils = {
  boarding: 'boolean',
  ethnicity: 'boolean',
  left_behind: 'smallint',
  entered_on: 'date',
  per_capita_income: 'bigint',
  household_size: 'integer',
  migrant_child: 'boolean',
  single_parent: 'boolean',
  inclusive_class: 'boolean',
} as const

const pupilsBeside = {
  household_id: 'uuid',
  head_name: 'text',
  head_key: 'text',
  address_cipher: 'bytea',
  guardian1_id: 'uuid',
  guardian1_name: 'text',
  guardian1_key: 'text',
  guardian1_relation: 'text',
  guardian1_phone: 'bytea',
  guardian2_id: 'uuid',
  guardian2_name: 'text',
  guardian2_key: 'text',
  guardian2_relation: 'text',
  guardian2_phone: 'bytea',
} as const

/** What lists of people and staff say beside that. */
const listed = {
  class_label: 'text',
  school_name: 'text',
  elders: 'jsonb',
  facts: 'jsonb',
  detail: 'jsonb',
  text_cipher: 'bytea',
  school_id: 'uuid',
  student_id: 'uuid',
} as const

const ofRoster = { ...everybody, ...pupils, ...everybodyBeside, ...pupilsBeside }
const ofOthers = { ...everybody, ...everybodyBeside, ...listed }

export type StagedColumn = keyof typeof ofRoster | keyof typeof ofOthers
const columns: Readonly<Record<StagedColumn, PackedType>> = { ...ofRoster, ...ofOthers }

export type StagedRow = { -readonly [Column in StagedColumn]?: CopyValue }

/** Columns in which rows of a kind of list travel, in the order in which they are copied. */
export const stagedColumnsOf = (kind: ListKindId): readonly StagedColumn[] =>
  Object.keys(kind === 'roster' ? ofRoster : ofOthers) as StagedColumn[]

/** What a judgement adds to a row before it is kept; `previewed` is what it came out as when a person saw it. */
const judged = 'previewed smallint, scope text collate "C", class_id uuid, changes jsonb, sealed bytea'

/** The working table of one job's transaction: it can be analysed, and it goes with the transaction. */
export const createWorkTable = (kind: ListKindId): string =>
  `create temp table s (block integer, faults jsonb, ${stagedColumnsOf(kind)
    .map((name) => `${name} ${columns[name]}`)
    .join(', ')}, ${judged}) on commit drop`

export const copyIntoWorkTable = (kind: ListKindId): string =>
  `copy s (${stagedColumnsOf(kind).join(', ')}, block, faults, sealed) from stdin (format binary)`

/** Types of what is copied, in the same order. */
export const copiedTypesOf = (kind: ListKindId): readonly PackedType[] => [
  ...stagedColumnsOf(kind).map((name) => columns[name]),
  'integer',
  'jsonb',
  'bytea',
]
