import { Form, Input, Select } from 'antd'
import { useState } from 'react'
import { getUnit } from '#contract/organisations'
import { appoint, listPeople } from '#contract/people'
import { DateInput, FormDrawer, type UnitAnswer } from '#web/organisations'
import { newId, reasonFor, useAct, useMe } from '#web/platform'
import { PersonPicker } from './person-picker.tsx'

interface Fields {
  readonly post: string
  readonly personId: string
  readonly fromDate: string
  readonly document?: string
}

interface Props {
  readonly answer: UnitAnswer
  /** Where candidates are looked for: the school the unit belongs to. */
  readonly staffUnitId: string
  /** The post asked for, when the form opens from a vacant one. */
  readonly post: string | undefined
  readonly open: boolean
  readonly onClose: () => void
}

/** Appoints a person to a post at a unit from a day on. [T7] */
export function AppointForm({ answer, staffUnitId, post, open, onClose }: Props) {
  const { today } = useMe()
  const [form] = Form.useForm<Fields>()
  // One id for one form: sent again after a broken line, it is still one.
  const [id] = useState(newId)
  const act = useAct(appoint, { refreshes: [getUnit, listPeople] })
  const send = async (): Promise<void> => {
    const fields = await form.validateFields().catch(() => undefined)
    if (fields === undefined) return
    const document = fields.document?.trim()
    const body = {
      id,
      unitId: answer.unit.id,
      personId: fields.personId,
      post: fields.post,
      fromDate: fields.fromDate,
      document: document === undefined || document === '' ? null : document,
    }
    act.mutate({ body }, { onSuccess: onClose })
  }
  const help = (field: string) => {
    const reason = reasonFor(act.error, field)
    return reason === undefined ? {} : { help: reason, validateStatus: 'error' as const }
  }
  return (
    <FormDrawer
      title={`${answer.unit.name} · 任命`}
      open={open}
      onClose={onClose}
      onSend={() => void send()}
      sendLabel="任命"
      sending={act.isPending}
      error={act.error}
      effect="从这一天起,这个岗位的任务归他;他能看到什么随岗位自动变化。"
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark="optional"
        initialValues={{ fromDate: today, ...(post === undefined ? {} : { post }) }}
      >
        <Form.Item name="post" label="岗位" rules={[{ required: true, message: '请选岗位' }]} {...help('post')}>
          <Select
            placeholder="请选"
            showSearch={{ optionFilterProp: 'label' }}
            options={answer.posts.map(({ post: value, label }) => ({ value, label }))}
          />
        </Form.Item>
        <Form.Item name="personId" label="人员" rules={[{ required: true, message: '请选人员' }]} {...help('personId')}>
          <PersonPicker label="人员" unitId={staffUnitId} />
        </Form.Item>
        <Form.Item
          name="fromDate"
          label="从哪一天起"
          rules={[{ required: true, message: '请填日期' }]}
          {...help('fromDate')}
        >
          <DateInput />
        </Form.Item>
        <Form.Item name="document" label="任命依据" {...help('document')}>
          <Input maxLength={100} placeholder="文号或会议,可以不填" />
        </Form.Item>
      </Form>
    </FormDrawer>
  )
}
