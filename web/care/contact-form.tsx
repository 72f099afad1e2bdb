import { App, Form, Input, Select, Switch } from 'antd'
import { useState } from 'react'
import { listCommunityContacts, listCommunityPairs, logCommunityContact } from '#contract/care'
import { listStudents, studentLines } from '#contract/students'
import { DateInput, FormDrawer } from '#web/organisations'
import { useAct, useAnswer, useMe, useRested } from '#web/platform'
import type { Pair } from './pair.ts'

interface Typed {
  readonly on: string
  readonly text: string
  readonly heard: boolean
  readonly studentId?: string
  readonly facts?: string
}

interface PickerProps {
  readonly schoolId: string
  readonly id?: string
  readonly value?: string
  readonly onChange?: (studentId: string) => void
}

const StudentPicker = ({ schoolId, id, value, onChange }: PickerProps) => {
  const [typed, setTyped] = useState('')
  const search = useRested(typed.trim())
  const { data, isFetching } = useAnswer(
    listStudents,
    { query: { unit: schoolId, search, limit: 20 } },
    { enabled: search !== '', keepLast: true },
  )
  const found = search === '' || !data ? [] : studentLines(data)
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      aria-label="哪个学生"
      placeholder="输入姓名或首字母"
      value={value ?? null}
      loading={isFetching}
      options={found.map((one) => ({ value: one.id, label: `${one.name} · ${one.className}` }))}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      notFoundContent={search === '' ? '输入姓名或首字母' : '没有找到'}
      onChange={(chosen) => chosen !== null && onChange?.(chosen)}
    />
  )
}

/** One contact with a community; a change at a student's home goes to the class teacher. [X8] */
export const ContactForm = ({ id, pair, onClose }: { id: string; pair: Pair; onClose: () => void }) => {
  const { today } = useMe()
  const { message } = App.useApp()
  const [form] = Form.useForm<Typed>()
  const heard = Form.useWatch('heard', form) ?? false
  const act = useAct(logCommunityContact, { refreshes: [listCommunityPairs, listCommunityContacts] })
  const send = async (): Promise<void> => {
    const typed = await form.validateFields().catch(() => undefined)
    if (!typed) return
    const { on, text, studentId, facts } = typed
    const change = typed.heard && studentId && facts ? { studentId, facts: facts.trim() } : null
    act.mutate(
      { params: { schoolId: pair.schoolId, pairId: pair.id }, body: { id, on, text: text.trim(), change } },
      {
        onSuccess: ({ followUp }) => {
          message.success(followUp ? '已记下,已转班主任跟进' : '已记下')
          onClose()
        },
      },
    )
  }
  return (
    <FormDrawer
      title="记一次联系"
      open
      onClose={onClose}
      onSend={() => void send()}
      sendLabel="记下"
      sending={act.isPending}
      error={act.error}
      effect={heard ? '记下以后,班主任的待办里有一件跟进,3 个工作日内办。' : '只记在联系记录里。'}
    >
      <Form<Typed> form={form} layout="vertical" requiredMark="optional" initialValues={{ on: today, heard: false }}>
        <Form.Item name="on" label="哪天" rules={[{ required: true, message: '请填日期' }]}>
          <DateInput />
        </Form.Item>
        <Form.Item name="text" label="说了什么" rules={[{ required: true, whitespace: true, message: '请写一句' }]}>
          <Input.TextArea maxLength={1_000} autoSize={{ minRows: 2, maxRows: 8 }} />
        </Form.Item>
        <Form.Item name="heard" label="听到学生家里有变化" required valuePropName="checked">
          <Switch checkedChildren="有" unCheckedChildren="没有" />
        </Form.Item>
        {heard ? (
          <>
            <Form.Item name="studentId" label="哪个学生" rules={[{ required: true, message: '请选学生' }]}>
              <StudentPicker schoolId={pair.schoolId} />
            </Form.Item>
            <Form.Item
              name="facts"
              label="什么变化"
              rules={[{ required: true, whitespace: true, message: '请写变化' }]}
            >
              <Input.TextArea maxLength={2_000} autoSize={{ minRows: 2, maxRows: 8 }} />
            </Form.Item>
          </>
        ) : null}
      </Form>
    </FormDrawer>
  )
}
