import type { CopyValue } from '#server/platform'

/** Columns of a read row in the order in which they are copied; the same as in `import_staged`, with the sealed cells besides. */
const columns = {
  row: 'integer',
  outcome: 'smallint',
  fresh_id: 'uuid',
  place: 'integer',
  name: 'text',
  name_key: 'text',
  initials: 'text',
  id_digest: 'bytea',
  id_cipher: 'bytea',
  sex: 'smallint',
  birth_date: 'date',
  number: 'text',
  national_number: 'text',
  stage: 'smallint',
  grade: 'smallint',
  class_label: 'text',
  school_name: 'text',
  entered_on: 'date',
  town: 'text',
  elders: 'jsonb',
  contacts: 'jsonb',
  household_digest: 'bytea',
  head_name: 'text',
  head_key: 'text',
  address_cipher: 'bytea',
  facts: 'jsonb',
  detail: 'jsonb',
  text_cipher: 'bytea',
  trace: 'bytea',
  school_id: 'uuid',
  student_id: 'uuid',
} as const

export type StagedColumn = keyof typeof columns
export type StagedRow = { -readonly [Column in StagedColumn]?: CopyValue }

export const stagedColumns = Object.keys(columns) as StagedColumn[]
export const stagedColumnList = stagedColumns.join(', ')

/** What a judgement adds to a row before it is kept. */
const judged = 'scope text collate "C", class_id uuid, changes jsonb, block integer, sealed bytea, faults jsonb'

/** The working table of one job's transaction: it can be analysed, and it goes with the transaction. */
export const createWorkTable = `create temp table s (${stagedColumns
  .map((name) => `${name} ${columns[name]}`)
  .join(', ')}, ${judged}) on commit drop`

export const copyIntoWorkTable = `copy s (${stagedColumnList}, block, faults, sealed) from stdin`
