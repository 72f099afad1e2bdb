import { Select } from 'antd'
import { useState } from 'react'
import { findSchools } from '#contract/voices'
import { useAnswer, useRested } from '#web/platform'

interface Props {
  readonly value: string | undefined
  readonly onChange: (id: string) => void
}

/** Finds a school or county by two characters of its name; open to everybody, signed in or not. */
export const SchoolPicker = ({ value, onChange }: Props) => {
  const [typed, setTyped] = useState('')
  const name = useRested(typed, 300)
  const found = useAnswer(
    findSchools,
    { query: { name } },
    { enabled: name.trim().length >= 2, keepLast: true, whenSessionLost: 'refuse' },
  )
  return (
    <div className="stack">
      <span className="strong">哪所学校</span>
      <Select
        showSearch={{ filterOption: false, onSearch: setTyped }}
        value={value ?? null}
        onChange={onChange}
        placeholder="输入校名的两个字以上"
        aria-label="哪所学校"
        notFoundContent={name.trim().length < 2 ? '请输入校名' : '没有找到'}
        options={(found.data?.units ?? []).map(({ id, name: label, within }) => ({
          value: id,
          label: within ? `${label}(${within})` : label,
        }))}
        style={{ width: '100%' }}
      />
    </div>
  )
}

/** Where somebody tells of a student they did not choose: the own unit, unless another school is named. [X9] */
export const WhichSchool = (props: Props) => (
  <div className="field">
    <SchoolPicker {...props} />
    <div className="quiet">不选的,报到您自己的单位。</div>
  </div>
)
