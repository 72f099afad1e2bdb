import type { ReactNode } from 'react'
import type { getCase } from '#contract/flows'
import type { AnswerOf, FieldReason } from '#contract/platform'
import { Facts, formatDate } from '#web/platform'
import { FieldInput, type FieldValue } from '#web/records'

export type AskedField = AnswerOf<typeof getCase>['form'][number]
export type FilledFields = Readonly<Record<string, FieldValue>>

interface Props {
  readonly fields: readonly AskedField[]
  readonly values: FilledFields
  readonly problems: readonly FieldReason[]
  readonly onChange: (values: FilledFields) => void
}

const headings = (fields: readonly AskedField[]) => {
  const groups: { heading: string | null; fields: AskedField[] }[] = []
  for (const field of fields) {
    const last = groups.at(-1)
    if (last && last.heading === field.group) last.fields.push(field)
    else groups.push({ heading: field.group, fields: [field] })
  }
  return groups
}

const withValue = (values: FilledFields, id: string, value: FieldValue | undefined): FilledFields => {
  const { [id]: _, ...rest } = values
  return value === undefined || value === '' ? rest : { ...rest, [id]: value }
}

/** The questions of a request or of a step, one column. */
export const FilledForm = ({ fields, values, problems, onChange }: Props) => (
  <>
    {headings(fields).map(({ heading, fields: group }) => (
      <section key={group[0]?.id} {...(heading ? { 'aria-label': heading } : {})}>
        {heading ? (
          <h3 className="small-head" style={{ marginTop: 24 }}>
            {heading}
          </h3>
        ) : null}
        {group.map((field) => (
          <FieldInput
            key={field.id}
            kind={0}
            field={field}
            value={values[field.id]}
            problem={problems.find((one) => one.field === field.id)?.reason}
            onChange={(value) => onChange(withValue(values, field.id, value))}
          />
        ))}
      </section>
    ))}
  </>
)

const wordsFor = (field: AskedField, value: FieldValue): ReactNode => {
  const label = (code: number): string => field.codes.find((one) => one.code === code)?.label ?? String(code)
  if (field.type === 'money' && typeof value === 'number')
    return `${(value / 100).toLocaleString('zh-CN', { minimumFractionDigits: 2 })} 元`
  if (field.type === 'date' && typeof value === 'string') return formatDate(value)
  if (field.type === 'yes-no') return value === true ? '是' : '否'
  if (field.type === 'code' && typeof value === 'number') return label(value)
  if (Array.isArray(value)) return value.map(label).join('、')
  return <span className="whole">{String(value)}</span>
}

/** What was filled in, as names and values. */
export const FilledShown = ({ fields, values }: { fields: readonly AskedField[]; values: FilledFields }) => (
  <Facts
    rows={fields.flatMap((field) => {
      const value = values[field.id]
      return value === undefined ? [] : [[field.label, wordsFor(field, value)] as const]
    })}
  />
)
