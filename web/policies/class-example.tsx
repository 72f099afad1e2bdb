import { Button, Flex, Input, InputNumber, Select } from 'antd'
import type { ReactNode } from 'react'
import type { DraftExample } from '#contract/policies'
import { choicesOf } from './fact-values.tsx'

interface Props {
  readonly example: DraftExample
  readonly facts: readonly string[]
  readonly records: readonly { readonly id: string; readonly label: string }[]
  readonly onChange: (example: DraftExample) => void
  readonly onRemove: () => void
}

const Field = ({ label, children }: { label: string; children: ReactNode }) => (
  <span style={{ display: 'inline-flex', gap: 4, alignItems: 'center' }}>
    <span>{label}</span>
    {children}
  </span>
)

/** A child made up: each fact the class asks about, and how long ago each record was made. Left open: nobody knows. */
export function ClassExample({ example, facts, records, onChange, onRemove }: Props) {
  const setFact = (label: string, value: string) =>
    onChange({ ...example, facts: { ...example.facts, [label]: value } })
  const setDays = (id: string, days: number | null) => {
    const { [id]: _, ...others } = example.daysAgo
    onChange({ ...example, daysAgo: days === null ? others : { ...others, [id]: String(days) } })
  }
  return (
    <Flex gap={8} wrap align="center">
      {facts.map((label) => {
        const choices = choicesOf(label)
        return (
          <Field key={label} label={label}>
            {choices ? (
              <Select
                aria-label={`例子里的${label}`}
                allowClear
                placeholder="不明"
                style={{ width: 110 }}
                value={example.facts[label] || null}
                options={choices.map((value) => ({ value, label: value }))}
                onChange={(value?: string) => setFact(label, value ?? '')}
              />
            ) : (
              <Input
                aria-label={`例子里的${label}`}
                placeholder="不明"
                style={{ width: 110 }}
                value={example.facts[label] ?? ''}
                onChange={(event) => setFact(label, event.target.value.trim())}
              />
            )}
          </Field>
        )
      })}
      {records.map(({ id, label }) => (
        <Field key={id} label={label}>
          <InputNumber
            aria-label={`例子里几天前有过${label}`}
            placeholder="没有过"
            min={0}
            max={9999}
            precision={0}
            style={{ width: 90 }}
            value={example.daysAgo[id] === undefined ? null : Number(example.daysAgo[id])}
            onChange={(days) => setDays(id, days)}
          />
          <span>天前</span>
        </Field>
      ))}
      <Button onClick={onRemove}>去掉</Button>
    </Flex>
  )
}
