import { Select } from 'antd'
import { useState } from 'react'
import { listUnits } from '#contract/organisations'
import { useAnswer, useMe, useRested } from '#web/platform'

interface Props {
  readonly unit: string | undefined
  readonly unitName: string | undefined
  readonly onChange: (unit: { id: string; name: string } | undefined) => void
}

/** Narrows the list to a unit: those right below one's own at first, any other by name. Hidden for a single class. */
export const UnitChoice = ({ unit, unitName, onChange }: Props) => {
  const { homeUnit } = useMe()
  const [typed, setTyped] = useState('')
  const search = useRested(typed.trim())
  const found = useAnswer(listUnits, { query: search ? { search } : { parent: homeUnit.id } }, { keepLast: true })
  const units = found.data?.units ?? []
  if (units.length === 0 && !unit && search === '') return null
  const options = units.map(({ id, name }) => ({ value: id, label: name }))
  const known = !unit || options.some(({ value }) => value === unit)
  return (
    <Select
      allowClear
      aria-label="按单位或班级筛选"
      placeholder="单位或班级"
      style={{ minWidth: 160 }}
      popupMatchSelectWidth={false}
      value={unit ?? null}
      loading={found.isFetching}
      options={known ? options : [{ value: unit, label: unitName ?? '所选单位' }, ...options]}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      notFoundContent="没有找到"
      onChange={(id: string | null | undefined) => {
        const chosen = units.find((one) => one.id === id)
        onChange(chosen ? { id: chosen.id, name: chosen.name } : undefined)
      }}
    />
  )
}
