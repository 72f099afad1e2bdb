import { App, Button, Checkbox, Form, Input, Popconfirm } from 'antd'
import { useState } from 'react'
import { barStaff, liftBar, listBars } from '#contract/students'
import { FormDrawer } from '#web/organisations'
import { PersonPicker } from '#web/people'
import { ErrorNote, formatDate, newId, sentenceOf, useAct, useAnswer } from '#web/platform'

interface Key {
  readonly schoolId: string
  readonly studentId: string
}

interface Typed {
  readonly personId: string
  readonly wholeHousehold?: boolean
  readonly reason: string
}

/** Members of staff who must never see this student: shown to whoever may set and lift it. [G3 C13] */
export const BarsSection = ({ student }: { student: Key }) => {
  const { data, error, refetch } = useAnswer(listBars, { params: student }, { freshFor: 0 })
  const [adding, setAdding] = useState<string>()
  const lift = useAct(liftBar, { refreshes: [listBars] })
  return (
    <section style={{ marginTop: 24 }} aria-label="回避">
      <h2 className="small-head">回避</h2>
      <p className="quiet">与这名学生有利害关系的工作人员,不论担任什么岗位,都看不到、办不了他的事。</p>
      {error ? <ErrorNote error={error} retry={() => void refetch()} /> : null}
      {lift.error ? <p role="alert">{sentenceOf(lift.error)}</p> : null}
      <ul className="plain-list">
        {(data?.bars ?? []).map((bar) => (
          <li key={bar.id} className="now-item">
            <div>
              <span className="strong">{bar.personName}</span>{' '}
              <span className="quiet">{bar.wholeHousehold ? '含同一家庭的学生' : '只对这名学生'}</span>
              <div>{bar.reason}</div>
              <div className="quiet">{`${formatDate(bar.setOn)} ${bar.setByName}登记`}</div>
            </div>
            <Popconfirm
              title={`解除${bar.personName}的回避?`}
              description="解除后按岗位又能看到这名学生。"
              okText="解除"
              cancelText="先不办"
              onConfirm={() => lift.mutate({ params: { ...student, barId: bar.id }, body: {} })}
            >
              <Button loading={lift.isPending}>解除</Button>
            </Popconfirm>
          </li>
        ))}
      </ul>
      <Button style={{ marginTop: 12 }} onClick={() => setAdding(newId())}>
        登记回避
      </Button>
      {adding ? <BarForm student={student} barId={adding} onClose={() => setAdding(undefined)} /> : null}
    </section>
  )
}

const BarForm = ({ student, barId, onClose }: { student: Key; barId: string; onClose: () => void }) => {
  const [form] = Form.useForm<Typed>()
  const { message } = App.useApp()
  const act = useAct(barStaff, { refreshes: [listBars] })
  const send = async (): Promise<void> => {
    const typed = await form.validateFields().catch(() => undefined)
    if (!typed) return
    const body = {
      personId: typed.personId,
      wholeHousehold: typed.wholeHousehold ?? false,
      reason: typed.reason.trim(),
    }
    act.mutate(
      { params: { ...student, barId }, body },
      {
        onSuccess: () => {
          message.success('已登记回避')
          onClose()
        },
      },
    )
  }
  return (
    <FormDrawer
      title="登记回避"
      open
      onClose={onClose}
      onSend={() => void send()}
      sendLabel="登记"
      sending={act.isPending}
      error={act.error}
      effect="登记后对方下一次打开任何页面都看不到这名学生;原因加密保存。"
    >
      <Form<Typed> form={form} layout="vertical" requiredMark="optional">
        <Form.Item name="personId" label="谁要回避" rules={[{ required: true, message: '请选人员' }]}>
          <PersonPicker label="谁要回避" unitId={student.schoolId} />
        </Form.Item>
        <Form.Item name="wholeHousehold" valuePropName="checked">
          <Checkbox>同一家庭的学生也回避</Checkbox>
        </Form.Item>
        <Form.Item name="reason" label="原因" rules={[{ required: true, whitespace: true, message: '请写明原因' }]}>
          <Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 6 }} />
        </Form.Item>
      </Form>
    </FormDrawer>
  )
}
