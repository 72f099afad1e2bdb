import { InputNumber, Select } from 'antd'
import {
  type DraftCondition,
  type DraftJoin,
  type DraftWord,
  findFact,
  type RecordKindDefinition,
  readableFacts,
} from '#contract/policies'
import { FactValues } from './fact-values.tsx'

/** A class that a condition or a duty may name. */
export interface NamedClass {
  readonly ref: string
  readonly label: string
}

/** What conditions of a pack being written may name. */
export interface Namable {
  readonly classes: readonly NamedClass[]
  readonly records: readonly RecordKindDefinition[]
}

type Leaf = Exclude<DraftCondition, DraftJoin>
interface Props extends Namable {
  readonly condition: Leaf
  readonly onChange: (condition: DraftCondition) => void
}

const severalWords = { has_any: '几个情况有任一个', has_all: '几个情况同时都有' } as const
type Several = keyof typeof severalWords

// One list holds all a condition can ask about; marks keep a class, a record and a fact of one name apart.
const marks = { class: 'class:', several: 'several:', done: 'done:' } as const
const after = (value: string, mark: string) => (value.startsWith(mark) ? value.slice(mark.length) : undefined)

const chosenOf = (condition: Leaf): string => {
  if ('several' in condition) return marks.several + condition.several
  if ('done' in condition) return marks.done + condition.done
  return condition.word === 'member_of' ? marks.class + condition.about : condition.about
}

const conditionFor = (value: string): Leaf => {
  const ref = after(value, marks.class)
  if (ref !== undefined) return { word: 'member_of', about: ref, values: [] }
  const several = after(value, marks.several)
  if (several !== undefined) return { several: several as Several, facts: [] }
  const done = after(value, marks.done)
  if (done !== undefined) return { done, days: 30 }
  return { word: 'is', about: value, values: findFact(value)?.type === 'yes-no' ? ['是'] : [] }
}

const wordsFor = (about: string): { value: DraftWord['word']; label: string }[] => {
  const type = findFact(about)?.type
  const measured = type === 'integer' || type === 'money' || type === 'date'
  return [
    { value: 'is', label: '是' },
    ...(type === 'yes-no' ? [] : [{ value: 'in' as const, label: '是其中之一' }]),
    ...(measured
      ? [
          { value: 'at_least' as const, label: type === 'date' ? '不早于' : '不小于' },
          { value: 'at_most' as const, label: type === 'date' ? '不晚于' : '不大于' },
          { value: 'between' as const, label: '在…之间' },
        ]
      : []),
    { value: 'known', label: '已有人问过' },
  ]
}

const yesNoOptions = readableFacts.filter(({ type }) => type === 'yes-no').map(({ label }) => ({ value: label, label }))

function Rest({ condition, onChange }: Pick<Props, 'condition' | 'onChange'>) {
  if ('several' in condition)
    return (
      <Select
        mode="multiple"
        aria-label="哪几个情况"
        style={{ width: 300, maxWidth: '100%' }}
        value={[...condition.facts]}
        options={yesNoOptions}
        onChange={(facts: string[]) => onChange({ ...condition, facts })}
      />
    )
  if ('done' in condition)
    return (
      <>
        <span>近</span>
        <InputNumber
          aria-label="近多少天内"
          min={1}
          max={3660}
          precision={0}
          style={{ width: 90 }}
          value={condition.days}
          onChange={(days) => onChange({ ...condition, days: days ?? 1 })}
        />
        <span>天内有过</span>
      </>
    )
  if (condition.word === 'member_of' || condition.about === '') return null
  return (
    <>
      <Select
        aria-label="怎样判断"
        style={{ width: 120 }}
        value={condition.word}
        options={wordsFor(condition.about)}
        onChange={(word) => onChange({ ...condition, word })}
      />
      <FactValues word={condition} onChange={(values) => onChange({ ...condition, values })} />
    </>
  )
}

/** One condition: a fact with its value, a class, several facts at once, or a record made lately. */
export function WordEditor({ condition, classes, records, onChange }: Props) {
  const chosen = chosenOf(condition)
  return (
    <>
      <Select
        aria-label="看哪个情况或类别"
        showSearch={{ optionFilterProp: 'label' }}
        style={{ width: 200 }}
        placeholder="情况、类别或记录"
        value={chosen === '' ? null : chosen}
        onChange={(value: string) => onChange(conditionFor(value))}
        options={[
          { label: '情况', options: readableFacts.map(({ label }) => ({ value: label, label })) },
          {
            label: '几个情况一起看',
            options: Object.entries(severalWords).map(([value, label]) => ({ value: marks.several + value, label })),
          },
          { label: '属于类别', options: classes.map(({ ref, label }) => ({ value: marks.class + ref, label })) },
          {
            label: '最近做过',
            options: records.map(({ id, label }) => ({ value: marks.done + id, label: `最近有过${label}` })),
          },
        ]}
      />
      <Rest condition={condition} onChange={onChange} />
    </>
  )
}
