import { Input } from 'antd'

interface Props {
  readonly id?: string
  readonly value?: string
  readonly onChange?: (value: string) => void
  readonly min?: string
}

/** A day, typed or picked; the browser's own field, which every keyboard, phone and screen reader knows. */
export function DateInput({ value, onChange, min = '1900-01-01', ...rest }: Props) {
  return (
    <Input
      {...rest}
      type="date"
      min={min}
      max="2199-12-31"
      value={value ?? ''}
      onChange={(event) => onChange?.(event.target.value)}
    />
  )
}
