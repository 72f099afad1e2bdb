import type { ReactNode } from 'react'
import type { getCase } from '#contract/flows'
import { type AnswerOf, type FieldReason, inYuan } from '#contract/platform'
import { Facts, formatDate } from '#web/platform'
import { FieldInput, type FieldValue } from '#web/records'
import { type OwnInputProps, useCaseSlots } from './case-slots.tsx'

export type AskedField = AnswerOf<typeof getCase>['form'][number]
export type FilledFields = Readonly<Record<string, FieldValue>>

interface Props {
  readonly fields: readonly AskedField[]
  readonly values: FilledFields
  readonly problems: readonly FieldReason[]
  readonly onChange: (values: FilledFields) => void
  /** The procedure and school asked for, where some questions are asked in a way of their own. */
  readonly of?: { readonly flow: string; readonly schoolId: string }
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
export const FilledForm = ({ fields, values, problems, onChange, of }: Props) => {
  const { inputs = {} } = useCaseSlots()
  return headings(fields).map(({ heading, fields: group }) => (
    <section key={group[0]?.id} {...(heading ? { 'aria-label': heading } : {})}>
      {heading ? (
        <h3 className="small-head" style={{ marginTop: 24 }}>
          {heading}
        </h3>
      ) : null}
      {group.map((field) => {
        const asked = {
          value: values[field.id],
          problem: problems.find((one) => one.field === field.id)?.reason,
          onChange: (value: FieldValue | undefined) => onChange(withValue(values, field.id, value)),
        }
        const Own = of && inputs[`${of.flow}.${field.id}`]
        return Own && of ? (
          <OwnField key={field.id} field={field} schoolId={of.schoolId} Own={Own} {...asked} />
        ) : (
          <FieldInput key={field.id} kind={0} field={field} {...asked} />
        )
      })}
    </section>
  ))
}

interface OwnFieldProps extends Omit<OwnInputProps, 'id'> {
  readonly field: AskedField
  readonly problem: string | undefined
  readonly Own: (props: OwnInputProps) => ReactNode
}

const OwnField = ({ field, problem, Own, ...asked }: OwnFieldProps) => (
  <div className="field">
    <label htmlFor={`field-${field.id}`}>
      {field.label}
      {field.required ? null : <span className="quiet">(可不填)</span>}
    </label>
    {field.hint ? <div className="quiet field-hint">{field.hint}</div> : null}
    <Own id={`field-${field.id}`} {...asked} />
    {problem ? (
      <div className="field-problem" role="alert">
        {problem}
      </div>
    ) : null}
  </div>
)

/** Texts of up to this many characters stand beside their name on a phone too. */
const short = 12

const wordsFor = (field: AskedField, value: FieldValue): ReactNode => {
  const label = (code: number): string => field.codes.find((one) => one.code === code)?.label ?? String(code)
  if (field.type === 'money' && typeof value === 'number') return inYuan(value)
  if (field.type === 'date' && typeof value === 'string') return formatDate(value)
  if (field.type === 'yes-no') return value === true ? '是' : '否'
  if (field.type === 'code' && typeof value === 'number') return label(value)
  if (Array.isArray(value)) return value.map(label).join('、')
  const text = String(value)
  return text.length > short || text.includes('\n') ? <span className="whole">{text}</span> : text
}

interface ShownProps {
  readonly fields: readonly AskedField[]
  readonly values: FilledFields
  /** What came of the request by name of the question: the name of what was chosen by its number. */
  readonly outcome?: Readonly<Record<string, unknown>>
}

/** What was filled in, as names and values, under the headings of the form where it has several. */
export const FilledShown = ({ fields, values, outcome = {} }: ShownProps) => {
  const filled = headings(fields.filter(({ id }) => values[id] !== undefined))
  const rowOf = (field: AskedField) => {
    const named = field.type === 'integer' ? outcome[field.id] : undefined
    const value = values[field.id] as FieldValue
    return [field.label, typeof named === 'string' ? named : wordsFor(field, value)] as const
  }
  return filled.map(({ heading, fields: group }) => (
    <section key={group[0]?.id}>
      {heading && filled.length > 1 ? <h3 className="small-head filled-head">{heading}</h3> : null}
      <Facts rows={group.map(rowOf)} />
    </section>
  ))
}
