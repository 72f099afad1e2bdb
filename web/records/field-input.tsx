import { Input, InputNumber, Select } from 'antd'
import type { ReactNode } from 'react'
import { Chips } from './chips.tsx'
import { noteUsed, readUsed, sortedByUse } from './last-used.ts'
import type { FieldValue, KindField } from './paper.ts'

interface FieldProps {
  readonly kind: number
  readonly field: KindField
  readonly value: FieldValue | undefined
  readonly problem: string | undefined
  readonly onChange: (value: FieldValue | undefined) => void
}

/** One question of a record form: label above, hint under it, the problem under the field. */
export const FieldInput = (props: FieldProps) => {
  const { field, problem } = props
  const grouped = ['code', 'multi-code', 'yes-no'].includes(field.type) && field.codes.length <= 12
  const hint = <Hint field={field} />
  if (grouped) {
    return (
      <fieldset
        className="field bare"
        data-field={field.id}
        aria-describedby={problem ? `${field.id}-problem` : undefined}
      >
        <legend>
          <Label field={field} />
        </legend>
        {hint}
        <Asked {...props} />
        <Problem id={field.id} text={problem} />
      </fieldset>
    )
  }
  return (
    <div className="field" data-field={field.id}>
      <label htmlFor={`field-${field.id}`}>
        <Label field={field} />
      </label>
      {hint}
      <Asked {...props} />
      <Problem id={field.id} text={problem} />
    </div>
  )
}

const Label = ({ field }: { field: KindField }) => (
  <>
    {field.label}
    {field.required ? null : <span className="quiet">(可不填)</span>}
  </>
)

const Hint = ({ field }: { field: KindField }) =>
  field.hint ? <div className="quiet field-hint">{field.hint}</div> : null

/** The problem under a field, in words. */
export const Problem = ({ id, text }: { id: string; text: string | undefined }) =>
  text ? (
    <div className="field-problem" id={`${id}-problem`} role="alert">
      {text}
    </div>
  ) : null

const Asked = (props: FieldProps): ReactNode => {
  const { field, value, onChange, problem } = props
  const id = `field-${field.id}`
  const status = problem ? ('error' as const) : ('' as const)
  switch (field.type) {
    case 'text':
      return <TextInput {...props} id={id} />
    case 'code':
      return <CodeInput {...props} id={id} />
    case 'multi-code':
      return (
        <Chips name={id} many options={field.codes} chosen={Array.isArray(value) ? value : []} onChange={onChange} />
      )
    case 'yes-no':
      return (
        <Chips
          name={id}
          many={false}
          options={[
            { code: 1, label: '是' },
            { code: 0, label: '否' },
          ]}
          chosen={value === undefined ? [] : [value === true ? 1 : 0]}
          onChange={([code]) => onChange(code === undefined ? undefined : code === 1)}
        />
      )
    case 'date':
      return (
        <Input
          id={id}
          type="date"
          status={status}
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => onChange(event.target.value)}
        />
      )
    case 'integer':
      return (
        <InputNumber<number>
          id={id}
          style={{ width: 160 }}
          status={status}
          inputMode="numeric"
          precision={0}
          controls={false}
          value={typeof value === 'number' ? value : null}
          onChange={(typed) => onChange(typed ?? undefined)}
        />
      )
    case 'money':
      return <MoneyInput {...props} id={id} />
  }
}

type WithId = FieldProps & { readonly id: string }

const TextInput = ({ id, field, value, problem, onChange }: WithId) => {
  const text = typeof value === 'string' ? value : ''
  const most = field.max ?? 2_000
  const status = problem ? { status: 'error' as const } : {}
  if (most <= 100)
    return (
      <Input id={id} value={text} maxLength={most} {...status} onChange={(event) => onChange(event.target.value)} />
    )
  return (
    <Input.TextArea
      id={id}
      value={text}
      maxLength={most}
      autoSize={{ minRows: 3, maxRows: 14 }}
      {...(text.length > most * 0.8 ? { showCount: true } : {})}
      {...status}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}

const CodeInput = ({ id, kind, field, value, onChange }: WithId) => {
  const codes = sortedByUse(field.codes, readUsed(kind, field.id))
  const choose = (code: number | undefined): void => {
    if (code !== undefined) noteUsed(kind, field.id, code)
    onChange(code)
  }
  if (codes.length <= 12)
    return (
      <Chips
        name={id}
        many={false}
        options={codes}
        chosen={typeof value === 'number' ? [value] : []}
        onChange={([code]) => choose(code)}
      />
    )
  return (
    <Select
      id={id}
      allowClear
      style={{ width: '100%' }}
      showSearch={{ optionFilterProp: 'label' }}
      value={typeof value === 'number' ? value : null}
      options={codes.map(({ code, label }) => ({ value: code, label }))}
      onChange={(code: number | null | undefined) => choose(code ?? undefined)}
    />
  )
}

/** Money is typed in yuan and kept in whole fen. */
const MoneyInput = ({ id, value, problem, onChange }: WithId) => (
  <InputNumber<number>
    id={id}
    style={{ width: 200 }}
    suffix="元"
    inputMode="decimal"
    controls={false}
    min={0}
    precision={2}
    {...(problem ? { status: 'error' as const } : {})}
    value={typeof value === 'number' ? value / 100 : null}
    onChange={(yuan) => onChange(yuan === null ? undefined : Math.round(yuan * 100))}
  />
)
