import { Select } from 'antd'
import { useState } from 'react'
import { listUnits, unitKinds } from '#contract/organisations'
import { sentenceOf, useAnswer, useRested } from '#web/platform'

export interface ChosenUnit {
  readonly id: string
  readonly name: string
}

interface Props {
  /** Read out as the name of the field. */
  readonly label: string
  readonly value: ChosenUnit | undefined
  readonly onChange: (unit: ChosenUnit) => void
  readonly id?: string
}

/** Finds a unit by name or code among those this person may see. */
export function UnitPicker({ label, value, onChange, id }: Props) {
  const [typed, setTyped] = useState('')
  const search = useRested(typed.trim())
  const { data, error, isFetching } = useAnswer(
    listUnits,
    { query: { search } },
    { enabled: search !== '', keepLast: true },
  )
  const found = search === '' ? [] : (data?.units ?? [])
  const options = found.map((unit) => ({
    value: unit.id,
    label: `${unit.name}(${unitKinds[unit.kind].label})`,
    name: unit.name,
  }))
  const shown =
    value === undefined || options.some((option) => option.value === value.id)
      ? options
      : [{ value: value.id, label: value.name, name: value.name }, ...options]
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      aria-label={label}
      placeholder="输入名称或标识码查找"
      style={{ minWidth: 220, width: '100%', maxWidth: 360 }}
      value={value?.id ?? null}
      options={shown}
      loading={isFetching}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      notFoundContent={error ? sentenceOf(error) : search === '' ? '输入名称或标识码查找' : '没有找到这个单位'}
      onSelect={(chosen) => {
        const option = shown.find((one) => one.value === chosen)
        if (option !== undefined) onChange({ id: option.value, name: option.name })
      }}
    />
  )
}
