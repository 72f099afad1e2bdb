import { Button, Flex, Form, Input, Select } from 'antd'
import { type DraftClass, type DraftHeader, factsOfDraft } from '#contract/policies'
import { secrecyDomains } from '#contract/students'
import { CiteFields } from './cite-fields.tsx'
import { ConditionEditor, choicesOf, type NamedClass } from './condition-editor.tsx'

interface Props {
  readonly draft: DraftClass
  readonly documents: DraftHeader['documents']
  readonly classes: readonly NamedClass[]
  readonly onChange: (draft: DraftClass) => void
}

const sides = { in: '应当符合的', out: '应当不符合的', unknown: '应当判断不了的' } as const
type SideName = keyof typeof sides

function Example(props: {
  facts: Readonly<Record<string, string>>
  fields: readonly string[]
  onChange: (facts: Record<string, string>) => void
  onRemove: () => void
}) {
  const { facts, fields, onChange, onRemove } = props
  return (
    <Flex gap={8} wrap align="center">
      {fields.map((label) => {
        const choices = choicesOf(label)
        const set = (value: string) => onChange({ ...facts, [label]: value })
        return (
          <span key={label}>
            {`${label} `}
            {choices ? (
              <Select
                aria-label={`例子里的${label}`}
                allowClear
                placeholder="不明"
                style={{ width: 110 }}
                value={facts[label] || null}
                options={choices.map((value) => ({ value, label: value }))}
                onChange={(value?: string) => set(value ?? '')}
              />
            ) : (
              <Input
                aria-label={`例子里的${label}`}
                placeholder="不明"
                style={{ width: 110 }}
                value={facts[label] ?? ''}
                onChange={(event) => set(event.target.value.trim())}
              />
            )}
          </span>
        )
      })}
      <Button onClick={onRemove}>去掉</Button>
    </Flex>
  )
}

/** 谁: a class by form, with children made up on each side. */
export function ClassEditor({ draft, documents, classes, onChange }: Props) {
  const fields = factsOfDraft(draft.when)
  const set = (other: Partial<DraftClass>) => onChange({ ...draft, ...other })
  const setSide = (side: SideName, examples: readonly Readonly<Record<string, string>>[]) =>
    set({ examples: { ...draft.examples, [side]: examples } })
  return (
    <Form layout="vertical">
      <Form.Item label="类别叫什么" htmlFor="class-label">
        <Input
          id="class-label"
          maxLength={60}
          value={draft.label}
          onChange={(event) => set({ label: event.target.value })}
        />
      </Form.Item>
      <Form.Item label="哪些学生">
        <ConditionEditor condition={draft.when} classes={classes} onChange={(when) => set({ when })} />
      </Form.Item>
      <Form.Item label="密级:看得到哪方面情况的人才知道谁在里面" htmlFor="class-secrecy">
        <Select
          id="class-secrecy"
          value={draft.secrecy}
          options={Object.entries(secrecyDomains).map(([value, { label }]) => ({ value, label }))}
          onChange={(secrecy: string) => set({ secrecy })}
        />
      </Form.Item>
      <Form.Item label="密级比所依据的情况低时,写明为什么可以" htmlFor="class-discloses">
        <Input
          id="class-discloses"
          maxLength={200}
          value={draft.discloses}
          onChange={(event) => set({ discloses: event.target.value })}
        />
      </Form.Item>
      <CiteFields cite={draft.cite} documents={documents} onChange={(cite) => set({ cite })} />
      {(Object.keys(sides) as SideName[]).map((side) => (
        <Form.Item key={side} label={`例子:${sides[side]}学生`}>
          <Flex vertical gap={8}>
            {draft.examples[side].map((facts, index) => (
              <Example
                // biome-ignore lint/suspicious/noArrayIndexKey: made-up children have no names
                key={index}
                facts={facts}
                fields={fields}
                onChange={(changed) =>
                  setSide(
                    side,
                    draft.examples[side].map((one, at) => (at === index ? changed : one)),
                  )
                }
                onRemove={() =>
                  setSide(
                    side,
                    draft.examples[side].filter((_, at) => at !== index),
                  )
                }
              />
            ))}
            <span>
              <Button onClick={() => setSide(side, [...draft.examples[side], {}])}>加一个例子</Button>
            </span>
          </Flex>
        </Form.Item>
      ))}
    </Form>
  )
}
