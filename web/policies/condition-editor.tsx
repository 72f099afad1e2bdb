import { Button, Flex, Input, Select, theme } from 'antd'
import { type DraftCondition, type DraftJoin, type DraftWord, findFact, readableFacts } from '#contract/policies'

/** A class that a condition or a duty may name. */
export interface NamedClass {
  readonly ref: string
  readonly label: string
}

interface Props {
  readonly condition: DraftCondition
  readonly classes: readonly NamedClass[]
  readonly onChange: (condition: DraftCondition) => void
  readonly onRemove?: () => void
  readonly depth?: number
}

const joinWords = { all: '以下全部符合', any: '以下任一符合', none: '以下一项也不符合' } as const
const deepest = 3
export const emptyWord: DraftWord = { word: 'is', about: '', values: [] }

const wordsFor = (about: string): { value: DraftWord['word']; label: string }[] => {
  const type = findFact(about)?.type
  const measured = type === 'integer' || type === 'money' || type === 'date'
  return [
    { value: 'is', label: '是' },
    ...(type === 'code' ? [{ value: 'in' as const, label: '是其中之一' }] : []),
    ...(measured
      ? [
          { value: 'at_least' as const, label: '不小于' },
          { value: 'at_most' as const, label: '不大于' },
        ]
      : []),
    { value: 'known', label: '已有人问过' },
  ]
}

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

function Values({ word, onChange }: { word: DraftWord; onChange: (values: string[]) => void }) {
  const choices = choicesOf(word.about)
  if (word.word === 'known' || word.word === 'member_of') return null
  if (!choices)
    return (
      <Input
        aria-label={`${word.about}的值`}
        style={{ width: 140 }}
        placeholder={hintOf(word.about)}
        value={word.values[0] ?? ''}
        onChange={(event) => onChange([event.target.value.trim()])}
      />
    )
  const options = choices.map((value) => ({ value, label: value }))
  return word.word === 'in' ? (
    <Select
      mode="multiple"
      aria-label={`${word.about}的值`}
      style={{ width: 180 }}
      value={[...word.values]}
      options={options}
      onChange={onChange}
    />
  ) : (
    <Select
      aria-label={`${word.about}的值`}
      style={{ width: 120 }}
      value={word.values[0] ?? null}
      options={options}
      onChange={(value: string) => onChange([value])}
    />
  )
}

const classMark = 'class:'

function WordEditor({ condition, classes, onChange, onRemove }: Props & { condition: DraftWord }) {
  const chosen = condition.word === 'member_of' ? `${classMark}${condition.about}` : condition.about
  const choose = (value: string) => {
    if (value.startsWith(classMark))
      return onChange({ word: 'member_of', about: value.slice(classMark.length), values: [] })
    const yes = findFact(value)?.type === 'yes-no' ? ['是'] : []
    onChange({ word: 'is', about: value, values: yes })
  }
  return (
    <Flex gap={8} wrap align="center">
      <Select
        aria-label="看哪个情况或类别"
        showSearch={{ optionFilterProp: 'label' }}
        style={{ width: 200 }}
        placeholder="情况或类别"
        value={chosen === '' ? null : chosen}
        onChange={choose}
        options={[
          { label: '情况', options: readableFacts.map(({ label }) => ({ value: label, label })) },
          { label: '属于类别', options: classes.map(({ ref, label }) => ({ value: `${classMark}${ref}`, label })) },
        ]}
      />
      {condition.word === 'member_of' || condition.about === '' ? null : (
        <Select
          aria-label="怎样判断"
          style={{ width: 120 }}
          value={condition.word}
          options={wordsFor(condition.about)}
          onChange={(word) => onChange({ ...condition, word })}
        />
      )}
      <Values word={condition} onChange={(values) => onChange({ ...condition, values })} />
      {onRemove ? <Button onClick={onRemove}>去掉</Button> : null}
    </Flex>
  )
}

function JoinEditor({ condition, classes, onChange, onRemove, depth = 0 }: Props & { condition: DraftJoin }) {
  const { token } = theme.useToken()
  const set = (of: readonly DraftCondition[]) => onChange({ ...condition, of })
  return (
    <div style={{ borderInlineStart: `3px solid ${token.colorBorder}`, paddingInlineStart: 12 }}>
      <Flex vertical gap={8}>
        <Flex gap={8} wrap>
          <Select
            aria-label="怎样合起来"
            style={{ width: 170 }}
            value={condition.join}
            options={Object.entries(joinWords).map(([value, label]) => ({ value, label }))}
            onChange={(join: DraftJoin['join']) => onChange({ ...condition, join })}
          />
          {onRemove ? <Button onClick={onRemove}>去掉这一组</Button> : null}
        </Flex>
        {condition.of.map((child, index) => (
          <ConditionEditor
            // Conditions have no names; their place is all they have.
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            key={index}
            condition={child}
            classes={classes}
            depth={depth + 1}
            onChange={(changed) => set(condition.of.map((one, at) => (at === index ? changed : one)))}
            {...(condition.of.length > 1 ? { onRemove: () => set(condition.of.filter((_, at) => at !== index)) } : {})}
          />
        ))}
        <Flex gap={8}>
          <Button onClick={() => set([...condition.of, emptyWord])}>加一个条件</Button>
          {depth < deepest ? (
            <Button onClick={() => set([...condition.of, { join: 'any', of: [emptyWord] }])}>加一组条件</Button>
          ) : null}
        </Flex>
      </Flex>
    </div>
  )
}

/** Conditions built from facts and classes, joined by all, any and none; no word needs to be typed. */
export function ConditionEditor(props: Props) {
  return 'join' in props.condition ? (
    <JoinEditor {...props} condition={props.condition} />
  ) : (
    <WordEditor {...props} condition={props.condition} />
  )
}
