import { Alert, Button, Form, Input } from 'antd'
import { useState } from 'react'
import { signIn } from '#contract/people'
import { call, sentenceOf } from '#web/platform'

interface Typed {
  readonly loginName: string
  readonly password: string
}

/** Account and password. A refusal is shown above and nothing typed is lost. */
export const SignInForm = (props: { onDone: () => void | Promise<void>; loginName?: string }) => {
  const [failure, setFailure] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const submit = async (typed: Typed): Promise<void> => {
    setBusy(true)
    setFailure(undefined)
    try {
      await call(signIn, { body: typed })
      await props.onDone()
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Form<Typed>
      layout="vertical"
      requiredMark={false}
      onFinish={submit}
      initialValues={{ loginName: props.loginName ?? '', password: '' }}
    >
      {failure ? (
        <Alert type="warning" showIcon title={sentenceOf(failure)} style={{ marginBottom: 16 }} role="alert" />
      ) : null}
      <Form.Item name="loginName" label="账号" rules={[{ required: true, whitespace: true, message: '请填写账号' }]}>
        <Input autoComplete="username" maxLength={60} autoFocus />
      </Form.Item>
      <Form.Item name="password" label="密码" rules={[{ required: true, message: '请填写密码' }]}>
        <Input.Password autoComplete="current-password" maxLength={200} />
      </Form.Item>
      <Button type="primary" htmlType="submit" block loading={busy}>
        登录
      </Button>
    </Form>
  )
}
