import { Alert, Button, Form, Input } from 'antd'
import { useState } from 'react'
import { changePassword, passwordRule } from '#contract/people'
import { call, reasonFor, sentenceOf } from '#web/platform'

interface Typed {
  readonly oldPassword: string
  readonly newPassword: string
  readonly again: string
}

const repeats = ({ getFieldValue }: { getFieldValue: (name: string) => unknown }) => ({
  validator: (_rule: unknown, value: unknown) =>
    value === getFieldValue('newPassword') ? Promise.resolve() : Promise.reject(new Error('两次填的不一样')),
})

/** The old password, and the new one twice. Everybody signed in with the old one is out afterwards, but for this page. */
export const ChangePasswordForm = (props: { oldLabel: string; onDone: () => void | Promise<void> }) => {
  const [failure, setFailure] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const submit = async ({ oldPassword, newPassword }: Typed): Promise<void> => {
    setBusy(true)
    setFailure(undefined)
    try {
      await call(changePassword, { body: { oldPassword, newPassword } }, { whenSessionLost: 'refuse' })
      await props.onDone()
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  const help = (field: string) => {
    const reason = reasonFor(failure, field)
    return reason === undefined ? {} : { help: reason, validateStatus: 'error' as const }
  }
  const told = reasonFor(failure, 'oldPassword') ?? reasonFor(failure, 'newPassword')
  return (
    <Form<Typed> layout="vertical" requiredMark={false} onFinish={submit}>
      {failure && told === undefined ? (
        <Alert type="warning" showIcon title={sentenceOf(failure)} style={{ marginBottom: 16 }} role="alert" />
      ) : null}
      <Form.Item
        name="oldPassword"
        label={props.oldLabel}
        rules={[{ required: true, message: `请填写${props.oldLabel}` }]}
        {...help('oldPassword')}
      >
        <Input.Password autoComplete="current-password" maxLength={200} />
      </Form.Item>
      <Form.Item
        name="newPassword"
        label="新密码"
        extra={passwordRule}
        rules={[{ required: true, message: '请填写新密码' }]}
        {...help('newPassword')}
      >
        <Input.Password autoComplete="new-password" maxLength={200} />
      </Form.Item>
      <Form.Item
        name="again"
        label="再填一次新密码"
        dependencies={['newPassword']}
        rules={[{ required: true, message: '请再填一次新密码' }, repeats]}
      >
        <Input.Password autoComplete="new-password" maxLength={200} />
      </Form.Item>
      <Button type="primary" htmlType="submit" block loading={busy}>
        改密码
      </Button>
    </Form>
  )
}
