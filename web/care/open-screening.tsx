import { App, Form, Input, Select } from 'antd'
import { askable, listScreenings, openScreening } from '#contract/care'
import { facts } from '#contract/students'
import { DateInput, FormDrawer } from '#web/organisations'
import { useAct, useMe } from '#web/platform'

interface Typed {
  readonly title: string
  readonly items: string[]
  readonly fromDate: string
  readonly untilDate: string
}

const options = askable.map((id) => ({ value: id, label: facts[id as keyof typeof facts].label }))

/** Begins a round over the classes below a unit: what is asked, and in which days. [X2] */
export const OpenScreening = ({ id, unitId, onClose }: { id: string; unitId: string; onClose: () => void }) => {
  const { today } = useMe()
  const { message } = App.useApp()
  const [form] = Form.useForm<Typed>()
  const act = useAct(openScreening, { refreshes: [listScreenings] })
  const send = async (): Promise<void> => {
    const typed = await form.validateFields().catch(() => undefined)
    if (!typed) return
    act.mutate(
      { params: { unitId }, body: { id, ...typed, title: typed.title.trim() } },
      {
        onSuccess: () => {
          message.success('已发起,各班可以填写')
          onClose()
        },
      },
    )
  }
  return (
    <FormDrawer
      title="发起一轮摸排"
      open
      onClose={onClose}
      onSend={() => void send()}
      sendLabel="发起"
      sending={act.isPending}
      error={act.error}
      effect="发起后下面各班都看到这一轮;标题别人也看得到,请用平常的话。"
    >
      <Form<Typed> form={form} layout="vertical" requiredMark="optional" initialValues={{ fromDate: today }}>
        <Form.Item name="title" label="标题" rules={[{ required: true, min: 2, message: '请写标题' }]}>
          <Input maxLength={40} placeholder="例如:秋季在家情况" />
        </Form.Item>
        <Form.Item name="items" label="问什么" rules={[{ required: true, message: '请至少选一项' }]}>
          <Select
            mode="multiple"
            aria-label="问什么"
            maxCount={20}
            options={options}
            showSearch={{ optionFilterProp: 'label' }}
          />
        </Form.Item>
        <Form.Item name="fromDate" label="从哪天" rules={[{ required: true, message: '请填日期' }]}>
          <DateInput />
        </Form.Item>
        <Form.Item name="untilDate" label="到哪天" rules={[{ required: true, message: '请填日期' }]}>
          <DateInput min={today} />
        </Form.Item>
      </Form>
    </FormDrawer>
  )
}
