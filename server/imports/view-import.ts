import {
  type FieldId,
  type ImportReport,
  type ImportView,
  isListKindId,
  kindOf,
  meaningLabel,
  noCounts,
} from '#contract/imports'
import { secrecyDomains } from '#contract/students'
import type { Secrets } from '#server/platform'
import type { ImportRow, Progress } from './importing.ts'
import { maskNumbers } from './mask-numbers.ts'

/** Columns of `imports` with the unit's name, for views. */
export const importColumns = `i.id, i.unit_id, i.scope, i.secrecy, i.kind, i.file_name, i.state, i.stated, i.mapping, i.counts,
  i.progress, i.refusal, i.created_by, i.created_by_name, to_char(i.created_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD"T"HH24:MI"+08:00"') as created_at,
  to_char(i.committed_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD"T"HH24:MI"+08:00"') as committed_at, u.name as unit_name`

export interface ViewedRow extends ImportRow {
  readonly unit_name: string
}

const isProgress = (progress: ImportRow['progress']): progress is Progress => 'step' in progress

/** Sheets of the workbook that are another form and were not read. */
export const passedSheetsOf = ({ stated }: Pick<ImportRow, 'stated'>): string[] =>
  (stated.sheets ?? []).filter(({ passed }) => passed).map(({ sheet }) => sheet)

/** Further sheets that were read and have other columns than the first. */
export const differingSheetsOf = ({
  stated,
}: Pick<ImportRow, 'stated'>): NonNullable<ImportReport['differingSheets']> =>
  (stated.sheets ?? []).flatMap(({ sheet, unread = [], lacking = [] }) =>
    unread.length + lacking.length > 0 ? [{ sheet, unread, lacking }] : [],
  )

/** What everybody who may see the import sees of it, without columns and samples. */
export const summaryOf = (row: ViewedRow): Omit<ImportView, 'mapping' | 'fields'> => {
  const kind = row.kind && isListKindId(row.kind) ? row.kind : null
  return {
    id: row.id,
    unitName: row.unit_name,
    fileName: row.file_name,
    state: row.state as ImportView['state'],
    kind,
    kindLabel: kind ? kindOf(kind).label : null,
    statement: row.stated.statement ?? null,
    missing: [...(row.mapping?.missing ?? [])],
    schoolGiven: row.mapping?.schoolGiven ?? false,
    passedSheets: passedSheetsOf(row),
    remembered: row.mapping?.remembered ?? false,
    counts: { ...noCounts, ...row.counts },
    progress: isProgress(row.progress) ? row.progress : { step: '', done: 0, total: null, perSecond: null },
    refusal: row.refusal,
    createdByName: row.created_by_name,
    createdAt: row.created_at,
    committedAt: row.committed_at,
  }
}

const mappingOf = (row: ViewedRow, secrets: Secrets): ImportView['mapping'] => {
  const { mapping } = row
  if (!mapping) return []
  const samples = JSON.parse(secrets.open(Buffer.from(mapping.samples, 'base64'))) as string[][]
  return mapping.headings.flatMap((header, column) => {
    if (header === '') return []
    const meant = mapping.columns.find((one) => one.column === column)
    return [
      {
        column,
        header,
        field: meant?.field ?? null,
        confidence: meant?.confidence ?? 0,
        samples: (samples[column] ?? []).map((sample) => maskNumbers(sample, meant?.field)),
      },
    ]
  })
}

const fieldsOf = (row: ViewedRow): ImportView['fields'] => {
  if (!row.kind || !isListKindId(row.kind)) return []
  const kind = kindOf(row.kind)
  const required = new Set(kind.required.flat() as FieldId[])
  const fields = kind.fields.map((id) => ({ id: id as string, label: meaningLabel(id), required: required.has(id) }))
  return kind.scores ? [...fields, { id: 'score', label: meaningLabel('score'), required: false }] : fields
}

/** The whole view: with how each column is understood and what it may mean instead. */
export const viewOf = (row: ViewedRow, secrets: Secrets): ImportView => ({
  ...summaryOf(row),
  mapping: mappingOf(row, secrets),
  fields: fieldsOf(row),
})

/** Secrecy of a kind of list as stored. */
export const secrecyOf = (kind: Parameters<typeof kindOf>[0]): number => secrecyDomains[kindOf(kind).domain].code
