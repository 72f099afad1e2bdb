import { Form, Input, InputNumber, Select } from 'antd'
import { posts } from '#contract/people'
import type { DraftDuty, DraftHeader } from '#contract/policies'
import { CiteFields } from './cite-fields.tsx'
import type { NamedClass } from './condition-editor.tsx'

interface Props {
  readonly draft: DraftDuty
  readonly documents: DraftHeader['documents']
  readonly classes: readonly NamedClass[]
  readonly records: readonly { readonly id: string; readonly label: string }[]
  readonly onChange: (draft: DraftDuty) => void
}

const periods = [
  { value: 'school-day', label: '每个在校日' },
  { value: 'week', label: '每周' },
  { value: 'month', label: '每月' },
  { value: 'term', label: '每学期' },
  { value: 'school-year', label: '每学年' },
  { value: 'calendar-year', label: '每年' },
] as const

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
      <Form.Item label="做什么" htmlFor="duty-record">
        <Select
          id="duty-record"
          value={draft.record === '' ? null : draft.record}
          options={records.map(({ id, label }) => ({ value: id, label }))}
          onChange={(record: string) => set({ record })}
        />
      </Form.Item>
      <Form.Item label="多久一次" htmlFor="duty-per">
        <Select
          id="duty-per"
          value={draft.per}
          options={[...periods]}
          onChange={(per: DraftDuty['per']) => set({ per })}
        />
      </Form.Item>
      <Form.Item label="至少几次" htmlFor="duty-times">
        <InputNumber
          id="duty-times"
          min={1}
          max={40}
          precision={0}
          value={draft.atLeast}
          onChange={(value) => set({ atLeast: value ?? 1 })}
        />
      </Form.Item>
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
      <CiteFields cite={draft.cite} documents={documents} onChange={(cite) => set({ cite })} />
    </Form>
  )
}
