import { Input, Select } from 'antd'
import { type DraftWord, findFact } from '#contract/policies'

/** What a fact may be, as people read it; undefined where it is typed. */
export const choicesOf = (label: string): readonly string[] | undefined => {
  const fact = findFact(label)
  if (fact?.type === 'yes-no') return ['是', '否']
  return fact?.type === 'code' ? Object.values(fact.codes ?? {}) : undefined
}

const hintOf = (label: string): string => {
  const type = findFact(label)?.type
  return type === 'money' ? '如 8000元' : type === 'date' ? '如 2025-09-01' : '整数'
}

interface Props {
  readonly word: DraftWord
  readonly onChange: (values: string[]) => void
}

function Typed({ about, at, word, onChange }: Props & { about: string; at: 0 | 1 }) {
  const between = word.word === 'between'
  const other = word.values[1 - at] ?? ''
  return (
    <Input
      aria-label={between ? `${about}${at === 0 ? '从' : '到'}` : `${about}的值`}
      style={{ width: 130 }}
      placeholder={hintOf(about)}
      value={word.values[at] ?? ''}
      onChange={({ target }) => {
        const value = target.value.trim()
        onChange(between ? (at === 0 ? [value, other] : [other, value]) : [value])
      }}
    />
  )
}

/** The value or values a condition compares a fact with: chosen where there are choices, typed otherwise. */
export function FactValues({ word, onChange }: Props) {
  const { about } = word
  if (word.word === 'known') return null
  const choices = choicesOf(about)
  const options = (choices ?? []).map((value) => ({ value, label: value }))
  if (word.word === 'in')
    return (
      <Select
        mode={choices ? 'multiple' : 'tags'}
        aria-label={`${about}的值`}
        style={{ width: 220, maxWidth: '100%' }}
        placeholder={choices ? null : hintOf(about)}
        value={[...word.values]}
        options={options}
        onChange={(values: string[]) => onChange(values.map((value) => value.trim()))}
      />
    )
  if (choices)
    return (
      <Select
        aria-label={`${about}的值`}
        style={{ width: 120 }}
        value={word.values[0] ?? null}
        options={options}
        onChange={(value: string) => onChange([value])}
      />
    )
  return (
    <>
      <Typed about={about} at={0} word={word} onChange={onChange} />
      {word.word === 'between' ? (
        <>
          <span>到</span>
          <Typed about={about} at={1} word={word} onChange={onChange} />
          <span className="quiet">两端都算</span>
        </>
      ) : null}
    </>
  )
}
