import { Form, Input, InputNumber, Select } from 'antd'
import { posts } from '#contract/people'
import type { DraftDuty } from '#contract/policies'
import type { Documents } from './cite-fields.tsx'
import { NeedFields } from './need-fields.tsx'
import { PeriodFields } from './period-fields.tsx'
import { StandingFields } from './standing-fields.tsx'
import type { Namable } from './word-editor.tsx'

interface Props extends Namable {
  readonly draft: DraftDuty
  readonly documents: Documents
  readonly onChange: (draft: DraftDuty) => void
}

const postOptions = Object.entries(posts).map(([value, label]) => ({ value, label }))

/** 谁负责、对谁、做什么、多久一次、几次. */
export function DutyEditor({ draft, documents, classes, records, onChange }: Props) {
  const set = (other: Partial<DraftDuty>) => onChange({ ...draft, ...other })
  return (
    <Form layout="vertical">
      <Form.Item label="任务叫什么" htmlFor="duty-label">
        <Input
          id="duty-label"
          maxLength={60}
          value={draft.label}
          onChange={(event) => set({ label: event.target.value })}
        />
      </Form.Item>
      <Form.Item
        label="别人会看到的名称"
        htmlFor="duty-title"
        extra="出现在清单、消息和文件名里,不能有让人看出学生属于哪一类的字眼"
      >
        <Input
          id="duty-title"
          maxLength={30}
          value={draft.neutralTitle}
          onChange={(event) => set({ neutralTitle: event.target.value })}
        />
      </Form.Item>
      <Form.Item label="对哪类学生" htmlFor="duty-for">
        <Select
          id="duty-for"
          showSearch={{ optionFilterProp: 'label' }}
          value={draft.for === '' ? null : draft.for}
          options={classes.map(({ ref, label }) => ({ value: ref, label }))}
          onChange={(value: string) => set({ for: value })}
        />
      </Form.Item>
      <NeedFields does={draft.does} records={records} onChange={(does) => set({ does })} />
      <PeriodFields per={draft.per} records={records} onChange={(per) => set({ per })} />
      {draft.does.kind === 'archive' ? null : (
        <Form.Item label={draft.does.kind === 'record' ? '至少几次' : '至少几人'} htmlFor="duty-times">
          <InputNumber
            id="duty-times"
            min={1}
            max={40}
            precision={0}
            value={draft.atLeast}
            onChange={(value) => set({ atLeast: value ?? 1 })}
          />
        </Form.Item>
      )}
      <Form.Item label="谁负责" htmlFor="duty-by">
        <Select id="duty-by" value={draft.by} options={postOptions} onChange={(by: string) => set({ by })} />
      </Form.Item>
      <Form.Item label="岗位空缺时依次由谁负责" htmlFor="duty-fallback">
        <Select
          id="duty-fallback"
          mode="multiple"
          value={[...draft.fallback]}
          options={postOptions}
          onChange={(fallback: string[]) => set({ fallback })}
        />
      </Form.Item>
      <StandingFields draft={draft} documents={documents} onChange={set} />
    </Form>
  )
}
