import { Button, Flex, Form, Input, Select } from 'antd'
import { type AskedByClass, askedByDraft, type DraftClass, type DraftExample, emptyExample } from '#contract/policies'
import { secrecyDomains } from '#contract/students'
import type { Documents } from './cite-fields.tsx'
import { ClassExample } from './class-example.tsx'
import { ConditionEditor } from './condition-editor.tsx'
import { StandingFields } from './standing-fields.tsx'
import type { Namable } from './word-editor.tsx'

interface Props extends Namable {
  readonly draft: DraftClass
  readonly documents: Documents
  readonly askedByClass: AskedByClass
  readonly onChange: (draft: DraftClass) => void
}

const sides = { in: '应当符合的', out: '应当不符合的', unknown: '应当判断不了的' } as const
type SideName = keyof typeof sides

/** 谁: a class by form, with children made up on each side. */
export function ClassEditor({ draft, documents, classes, records, askedByClass, onChange }: Props) {
  const asked = askedByDraft(draft.when, askedByClass)
  const askedRecords = asked.records.map((id) => ({ id, label: records.find((one) => one.id === id)?.label ?? id }))
  const set = (other: Partial<DraftClass>) => onChange({ ...draft, ...other })
  const setSide = (side: SideName, examples: readonly DraftExample[]) =>
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
        <ConditionEditor
          condition={draft.when}
          classes={classes}
          records={records}
          onChange={(when) => set({ when })}
        />
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
      <StandingFields draft={draft} documents={documents} onChange={set} />
      {(Object.keys(sides) as SideName[]).map((side) => {
        const examples = draft.examples[side]
        return (
          <Form.Item key={side} label={`例子:${sides[side]}学生`}>
            <Flex vertical gap={8}>
              {examples.map((example, index) => (
                <ClassExample
                  // biome-ignore lint/suspicious/noArrayIndexKey: made-up children have no names
                  key={index}
                  example={example}
                  facts={asked.facts}
                  records={askedRecords}
                  onChange={(changed) => setSide(side, examples.with(index, changed))}
                  onRemove={() => setSide(side, examples.toSpliced(index, 1))}
                />
              ))}
              <span>
                <Button onClick={() => setSide(side, [...examples, emptyExample])}>加一个例子</Button>
              </span>
            </Flex>
          </Form.Item>
        )
      })}
    </Form>
  )
}
