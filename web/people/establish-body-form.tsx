import { Button, Flex, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { establishBody, getUnit } from '#contract/organisations'
import { DateInput, FormDrawer, type UnitAnswer } from '#web/organisations'
import { newId, reasonFor, useAct, useMe } from '#web/platform'
import type { BodyKind } from './bodies-panel.tsx'
import { PersonPicker } from './person-picker.tsx'

interface Fields {
  readonly name: string
  readonly place?: string
  readonly document?: string
  readonly fromDate: string
  readonly members: readonly { readonly personId?: string; readonly role?: 'head' | 'deputy' | 'member' }[]
}

const kindWords = { 'support-centre': '学生发展支持中心', 'leadership-group': '资助工作领导小组' } as const
const roleOptions = [
  { value: 'head' as const, label: '主任(组长)' },
  { value: 'deputy' as const, label: '副主任(副组长)' },
  { value: 'member' as const, label: '成员' },
]

const blankToNull = (text: string | undefined): string | null =>
  text === undefined || text.trim() === '' ? null : text.trim()

interface Props {
  readonly answer: UnitAnswer
  readonly kind: BodyKind
  readonly staffUnitId: string
  readonly open: boolean
  readonly onClose: () => void
}

/** Puts on file that a support centre or leadership group was founded, with place, document and members. [C1 C21] */
export function EstablishBodyForm({ answer, kind, staffUnitId, open, onClose }: Props) {
  const { today } = useMe()
  const [form] = Form.useForm<Fields>()
  // One id for one form: sent again after a broken line, it is still one.
  const [id] = useState(newId)
  const act = useAct(establishBody, { refreshes: [getUnit] })
  const send = async (): Promise<void> => {
    const fields = await form.validateFields().catch(() => undefined)
    if (fields === undefined) return
    const members = fields.members.flatMap(({ personId, role }) =>
      personId === undefined || role === undefined ? [] : [{ personId, role }],
    )
    const body = {
      id,
      kind,
      name: fields.name,
      place: blankToNull(fields.place),
      document: blankToNull(fields.document),
      fromDate: fields.fromDate,
      members,
    }
    act.mutate({ params: { unitId: answer.unit.id }, body }, { onSuccess: onClose })
  }
  const help = (field: string) => {
    const reason = reasonFor(act.error, field)
    return reason === undefined ? {} : { help: reason, validateStatus: 'error' as const }
  }
  return (
    <FormDrawer
      title={`登记${kindWords[kind]}`}
      open={open}
      onClose={onClose}
      onSend={() => void send()}
      sendLabel="登记成立"
      sending={act.isPending}
      error={act.error}
      effect="有场地、有主任、有成员才算建全;先登记已有的,缺的会写在单位页上。"
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark="optional"
        initialValues={{
          name: `${answer.unit.name}${kindWords[kind]}`.slice(0, 60),
          fromDate: today,
          members: [{ role: 'head' }],
        }}
      >
        <Form.Item
          name="name"
          label="名称"
          rules={[
            { required: true, whitespace: true, message: '请填名称' },
            { max: 60, message: '名称最多 60 字' },
          ]}
          {...help('name')}
        >
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="place" label="场地" {...help('place')}>
          <Input maxLength={60} placeholder="如:行政楼 203" />
        </Form.Item>
        <Form.Item name="document" label="发文" {...help('document')}>
          <Input maxLength={100} placeholder="文号或标题" />
        </Form.Item>
        <Form.Item
          name="fromDate"
          label="成立日期"
          rules={[{ required: true, message: '请填日期' }]}
          {...help('fromDate')}
        >
          <DateInput />
        </Form.Item>
        <Form.List name="members">
          {(rows, { add, remove }) => (
            <Flex vertical gap={8} style={{ marginBottom: 16 }}>
              <span>成员</span>
              {rows.map(({ key, name }, index) => (
                <Flex key={key} gap={8} align="start" wrap>
                  <Form.Item name={[name, 'role']} noStyle>
                    <Select aria-label={`第 ${index + 1} 名的职责`} options={roleOptions} style={{ width: 150 }} />
                  </Form.Item>
                  <div style={{ flex: '1 1 180px' }}>
                    <Form.Item name={[name, 'personId']} noStyle>
                      <PersonPicker label={`第 ${index + 1} 名`} unitId={staffUnitId} />
                    </Form.Item>
                  </div>
                  <Button aria-label={`去掉第 ${index + 1} 名`} onClick={() => remove(name)}>
                    去掉
                  </Button>
                </Flex>
              ))}
              <Flex>
                <Button onClick={() => add({ role: 'member' })} disabled={rows.length >= 60}>
                  加一名
                </Button>
              </Flex>
            </Flex>
          )}
        </Form.List>
      </Form>
    </FormDrawer>
  )
}
