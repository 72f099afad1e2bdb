import { Button, Flex, InputNumber, Select, theme } from 'antd'
import type { DraftCondition, DraftJoin } from '#contract/policies'
import { type Namable, WordEditor } from './word-editor.tsx'

interface Props extends Namable {
  readonly condition: DraftCondition
  readonly onChange: (condition: DraftCondition) => void
  readonly onRemove?: () => void
  readonly depth?: number
}

const joinWords = {
  all: '以下全部符合',
  any: '以下任一符合',
  none: '以下一项也不符合',
  at_least_n_of: '以下至少符合几项',
} as const
const deepest = 3
export const emptyWord: DraftCondition = { word: 'is', about: '', values: [] }

function JoinEditor(props: Props & { condition: DraftJoin }) {
  const { condition, classes, records, onChange, onRemove, depth = 0 } = props
  const { token } = theme.useToken()
  const set = (of: readonly DraftCondition[]) => onChange({ ...condition, of })
  const setJoin = (join: DraftJoin['join']) =>
    onChange(join === 'at_least_n_of' ? { join, n: condition.n ?? 2, of: condition.of } : { join, of: condition.of })
  return (
    <div style={{ borderInlineStart: `3px solid ${token.colorBorder}`, paddingInlineStart: 12 }}>
      <Flex vertical gap={8}>
        <Flex gap={8} wrap align="center">
          <Select
            aria-label="怎样合起来"
            style={{ width: 170 }}
            value={condition.join}
            options={Object.entries(joinWords).map(([value, label]) => ({ value, label }))}
            onChange={setJoin}
          />
          {condition.join === 'at_least_n_of' ? (
            <>
              <InputNumber
                aria-label="至少符合几项"
                min={1}
                max={Math.max(1, condition.of.length)}
                precision={0}
                style={{ width: 80 }}
                value={condition.n ?? 1}
                onChange={(n) => onChange({ ...condition, n: n ?? 1 })}
              />
              <span>项</span>
            </>
          ) : null}
          {onRemove ? <Button onClick={onRemove}>去掉这一组</Button> : null}
        </Flex>
        {condition.of.map((child, index) => (
          <ConditionEditor
            // Conditions have no names; their place is all they have.
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            key={index}
            condition={child}
            classes={classes}
            records={records}
            depth={depth + 1}
            onChange={(changed) => set(condition.of.map((one, at) => (at === index ? changed : one)))}
            {...(condition.of.length > 1 ? { onRemove: () => set(condition.of.filter((_, at) => at !== index)) } : {})}
          />
        ))}
        <Flex gap={8} wrap>
          <Button onClick={() => set([...condition.of, emptyWord])}>加一个条件</Button>
          {depth < deepest ? (
            <Button onClick={() => set([...condition.of, { join: 'any', of: [emptyWord] }])}>加一组条件</Button>
          ) : null}
        </Flex>
      </Flex>
    </div>
  )
}

/** Conditions built from facts, classes and records, joined by all, any, none and so many of; no word needs to be typed. */
export function ConditionEditor(props: Props) {
  const { condition, onRemove } = props
  if ('join' in condition) return <JoinEditor {...props} condition={condition} />
  return (
    <Flex gap={8} wrap align="center">
      <WordEditor {...props} condition={condition} />
      {onRemove ? <Button onClick={onRemove}>去掉</Button> : null}
    </Flex>
  )
}
