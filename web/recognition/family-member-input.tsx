import { AutoComplete } from 'antd'
import { listPanelPeople } from '#contract/flows'
import type { PanelSide } from '#contract/policies'
import { useAnswer, useRested } from '#web/platform'

/** Somebody named for a seat; without an account they vote on paper. */
export interface Named {
  readonly personId: string | null
  readonly name: string
}

interface Props {
  readonly label: string
  readonly unitId: string
  readonly side: PanelSide
  readonly value: Named
  readonly onChange: (value: Named) => void
}

/** A parent or a classmate found by name; anybody else is written down by name. */
export const FamilyMemberInput = ({ label, unitId, side, value, onChange }: Props) => {
  const listed = side === 'parent' || side === 'student'
  const search = useRested(value.personId ? '' : value.name.trim())
  const { data } = useAnswer(
    listPanelPeople,
    { params: { unitId }, query: { side: side === 'student' ? 'student' : 'parent', search } },
    { enabled: listed, keepLast: true },
  )
  const people = data?.people ?? []
  return (
    <div>
      <AutoComplete
        aria-label={label}
        style={{ width: '100%' }}
        placeholder={listed ? '选一位,或直接写姓名' : '写姓名'}
        maxLength={60}
        value={value.name}
        options={people.map(({ personId, name, words }, index) => ({
          key: `${personId ?? 'paper'} ${index}`,
          value: name,
          label: `${name} · ${words}`,
          personId,
        }))}
        onChange={(name: string) => onChange({ personId: null, name })}
        onSelect={(name: string, option: { readonly personId?: string | null }) =>
          onChange({ personId: option.personId ?? null, name })
        }
      />
      {value.name.trim() === '' ? null : (
        <div className="quiet">{value.personId ? '用自己的账号表决' : '没有账号,用纸票'}</div>
      )}
    </div>
  )
}
