import { Alert, App, Button, Checkbox, Drawer, Form, Input, Radio } from 'antd'
import { getStudent, setContact } from '#contract/students'
import { reasonFor, sentenceOf, useAct, useIsPhone } from '#web/platform'
import type { StudentFile } from './file-slots.tsx'
import { limitWords } from './student-words.ts'

type Contact = NonNullable<StudentFile['contacts']>[number]

interface Props {
  readonly student: { readonly schoolId: string; readonly studentId: string }
  readonly contactId: string
  readonly contact: Contact | undefined
  readonly onClose: () => void
}

interface Typed {
  readonly name: string
  readonly relation?: string
  readonly isGuardian?: boolean
  readonly isCaretaker?: boolean
  readonly custody?: string
  readonly contactLimit: Contact['contactLimit']
  readonly contactReason?: string
  readonly phone?: string
}

const orNull = (text: string | undefined): string | null => text?.trim() || null

/** Writes down a person around the child. A phone left empty keeps the one on file. */
export const ContactForm = ({ student, contactId, contact, onClose }: Props) => {
  const phone = useIsPhone()
  const { message } = App.useApp()
  const act = useAct(setContact, { refreshes: [getStudent] })
  const [form] = Form.useForm<Typed>()
  const limit = Form.useWatch('contactLimit', form)
  const save = async (typed: Typed): Promise<void> => {
    const body = {
      name: typed.name.trim(),
      relation: orNull(typed.relation),
      isGuardian: typed.isGuardian ?? false,
      isCaretaker: typed.isCaretaker ?? false,
      custody: orNull(typed.custody),
      contactLimit: typed.contactLimit,
      contactReason: orNull(typed.contactReason),
      phone: orNull(typed.phone),
      fromDate: null,
      untilDate: null,
    }
    await act.mutateAsync({ params: { ...student, contactId }, body }).then(
      () => {
        message.success('已登记')
        onClose()
      },
      // The refusal is shown in the form; nothing typed is lost.
      () => undefined,
    )
  }
  const help = (field: string) => {
    const reason = reasonFor(act.error, field)
    return reason ? { help: reason, validateStatus: 'error' as const } : {}
  }
  return (
    <Drawer
      open
      onClose={onClose}
      title={contact ? '修改家人登记' : '登记一位家人'}
      placement={phone ? 'bottom' : 'right'}
      size={phone ? '92%' : 440}
      mask={{ closable: false }}
    >
      {act.error ? (
        <Alert type="warning" showIcon title={sentenceOf(act.error)} style={{ marginBottom: 16 }} role="alert" />
      ) : null}
      <Form<Typed>
        form={form}
        layout="vertical"
        requiredMark="optional"
        onFinish={save}
        initialValues={{
          name: contact?.name,
          relation: contact?.relation ?? undefined,
          isGuardian: contact?.isGuardian ?? false,
          isCaretaker: contact?.isCaretaker ?? false,
          custody: contact?.custody ?? undefined,
          contactLimit: contact?.contactLimit ?? 'none',
        }}
      >
        <Form.Item
          name="name"
          label="姓名"
          rules={[{ required: true, whitespace: true, message: '请填写姓名' }]}
          {...help('name')}
        >
          <Input maxLength={36} />
        </Form.Item>
        <Form.Item name="relation" label="和学生的关系" {...help('relation')}>
          <Input maxLength={20} placeholder="如 母亲、爷爷、姑姑" />
        </Form.Item>
        <Form.Item name="isGuardian" valuePropName="checked" style={{ marginBottom: 8 }}>
          <Checkbox>是监护人</Checkbox>
        </Form.Item>
        <Form.Item name="isCaretaker" valuePropName="checked">
          <Checkbox>平时实际照料孩子</Checkbox>
        </Form.Item>
        <Form.Item
          name="phone"
          label="电话"
          extra={contact?.hasPhone ? '不填则保留原来登记的电话' : undefined}
          {...help('phone')}
        >
          <Input maxLength={30} inputMode="tel" autoComplete="off" />
        </Form.Item>
        <Form.Item name="custody" label="监护约定" extra="如离异后由谁抚养、有无法院判决" {...help('custody')}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="contactLimit" label="能不能联系" {...help('contactLimit')}>
          <Radio.Group
            style={{ display: 'grid', gap: 8 }}
            options={Object.entries(limitWords).map(([value, label]) => ({ value, label }))}
          />
        </Form.Item>
        {limit && limit !== 'none' ? (
          <Form.Item
            name="contactReason"
            label="限制的原因"
            extra="加密保存,只有照看这名学生的人能看到"
            {...help('contactReason')}
          >
            <Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 6 }} />
          </Form.Item>
        ) : null}
        <div className="form-acts">
          <Button type="primary" htmlType="submit" loading={act.isPending}>
            保存登记
          </Button>
          <Button onClick={onClose}>不保存</Button>
        </div>
      </Form>
    </Drawer>
  )
}
