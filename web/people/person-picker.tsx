import { Select } from 'antd'
import { useState } from 'react'
import { listPeople } from '#contract/people'
import { sentenceOf, useAnswer, useRested } from '#web/platform'

interface Props {
  readonly label: string
  /** The people of this unit and of those below it are offered. */
  readonly unitId: string
  readonly id?: string
  readonly value?: string
  readonly onChange?: (personId: string) => void
}

/** Finds a member of staff by name; says where each works, since names repeat. */
export function PersonPicker({ label, unitId, id, value, onChange }: Props) {
  const [typed, setTyped] = useState('')
  const search = useRested(typed.trim())
  const { data, error, isFetching } = useAnswer(listPeople, { query: { unit: unitId, search } }, { keepLast: true })
  const options = (data?.people ?? []).map((person) => ({
    value: person.id,
    label: [person.name, person.unitName, person.posts[0]?.label].filter((part) => part !== undefined).join(' · '),
  }))
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      aria-label={label}
      placeholder="输入姓名查找"
      style={{ width: '100%' }}
      value={value ?? null}
      options={options}
      loading={isFetching}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      notFoundContent={error ? sentenceOf(error) : '没有找到这个人'}
      onChange={(chosen) => chosen !== null && onChange?.(chosen)}
    />
  )
}
