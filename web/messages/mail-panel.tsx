import { Button, Form, Input } from 'antd'
import { getChannels, setMail } from '#contract/messages'
import { Panel, reasonFor, sentenceOf, useAct, useAnswer } from '#web/platform'

/** A mail address for being told; only where the installation sends mail. */
export const MailPanel = () => {
  const { data } = useAnswer(getChannels, {})
  const act = useAct(setMail, { refreshes: [getChannels] })
  if (!data?.mailWorks) return null
  const reason = reasonFor(act.error, 'mail')
  return (
    <Panel title="也用邮件提醒我">
      <Form<{ mail?: string }>
        layout="vertical"
        requiredMark={false}
        initialValues={{ mail: data.mail ?? '' }}
        onFinish={({ mail }) => act.mutate({ body: { mail: mail?.trim() || null } })}
      >
        <Form.Item
          name="mail"
          label="邮箱"
          extra="邮件里只写“有一条消息给您”,不写内容。不填就不发邮件。"
          {...(reason ? { help: reason, validateStatus: 'error' as const } : {})}
        >
          <Input inputMode="email" autoComplete="email" maxLength={120} />
        </Form.Item>
        {act.error && !reason ? <p role="alert">{sentenceOf(act.error)}</p> : null}
        {act.isSuccess ? <p role="status">已保存</p> : null}
        <Button htmlType="submit" loading={act.isPending}>
          保存
        </Button>
      </Form>
    </Panel>
  )
}
