import { Alert, Button, Drawer, Flex, Form, Input, Popconfirm, Typography } from 'antd'
import { useState } from 'react'
import {
  getAccount,
  giveAccount,
  reopenAccount,
  type resetPassword as reset,
  resetPassword,
  stopAccount,
} from '#contract/people'
import type { AnswerOf } from '#contract/platform'
import { ErrorNote, Facts, Loading, reasonFor, sentenceOf, useAct, useAnswer, useIsPhone } from '#web/platform'
import { LeaveStaff } from './leave-staff.tsx'

type OneTime = AnswerOf<typeof reset>
type Account = NonNullable<AnswerOf<typeof getAccount>['account']>

export interface AccountHolder {
  readonly id: string
  readonly name: string
  readonly employeeNumber: string | null
  readonly leftOn: string | null
}

interface Props {
  readonly person: AccountHolder
  readonly onClose: () => void
}

/** Somebody's account: given, reset, stopped and reopened here; a one-time password stands until the drawer is closed. */
export function AccountDrawer({ person, onClose }: Props) {
  const isPhone = useIsPhone()
  const params = { personId: person.id }
  const { data, error, refetch } = useAnswer(getAccount, { params }, { freshFor: 0 })
  const [told, setTold] = useState<OneTime>()
  return (
    <Drawer
      title={`${person.name} · 账号与离职`}
      open
      onClose={onClose}
      placement={isPhone ? 'bottom' : 'right'}
      size={isPhone ? '92%' : 480}
      mask={{ closable: told === undefined }}
    >
      {told ? <Told oneTime={told} name={person.name} /> : null}
      {data === undefined ? (
        error ? (
          <ErrorNote error={error} retry={() => void refetch()} />
        ) : (
          <Loading rows={4} />
        )
      ) : data.account === null ? (
        <Give person={person} onTold={setTold} />
      ) : (
        <Keep person={person} account={data.account} onTold={setTold} />
      )}
      {data && told === undefined ? <LeaveStaff person={person} onDone={onClose} /> : null}
    </Drawer>
  )
}

function Told({ oneTime, name }: { oneTime: OneTime; name: string }) {
  return (
    <Alert
      type="success"
      showIcon
      style={{ marginBottom: 16 }}
      title="一次性密码只显示这一次"
      description={
        <>
          <p>{`请当面或用可靠的方式告诉${name}。第一次登录时必须改成自己的密码。`}</p>
          <Facts
            rows={[
              [
                '账号',
                <Typography.Text key="login" copyable>
                  {oneTime.loginName}
                </Typography.Text>,
              ],
              [
                '一次性密码',
                <Typography.Text key="password" className="number strong" copyable>
                  {oneTime.password}
                </Typography.Text>,
              ],
            ]}
          />
        </>
      }
    />
  )
}

interface ActProps {
  readonly person: AccountHolder
  readonly onTold: (oneTime: OneTime) => void
}

function Give({ person, onTold }: ActProps) {
  const act = useAct(giveAccount, { refreshes: [getAccount] })
  const reason = reasonFor(act.error, 'loginName')
  return (
    <Form<{ loginName: string }>
      layout="vertical"
      requiredMark={false}
      initialValues={{ loginName: (person.employeeNumber ?? '').toLowerCase() }}
      onFinish={(body) => act.mutate({ params: { personId: person.id }, body }, { onSuccess: onTold })}
    >
      <p>还没有账号。开通后得到一次性密码,本人第一次登录时改成自己的密码。</p>
      <Form.Item
        name="loginName"
        label="账号"
        extra="字母、数字、点、横线,2 至 40 位;常用工号或姓名拼音。"
        rules={[{ required: true, whitespace: true, message: '请填账号' }]}
        {...(reason === undefined ? {} : { help: reason, validateStatus: 'error' as const })}
      >
        <Input maxLength={40} autoComplete="off" autoCapitalize="none" spellCheck={false} />
      </Form.Item>
      {act.error && reason === undefined ? <p role="alert">{sentenceOf(act.error)}</p> : null}
      <Button type="primary" htmlType="submit" size="large" loading={act.isPending}>
        开通账号
      </Button>
    </Form>
  )
}

const standing = ({ status, mustChange, signedIn, resting }: Account): string => {
  if (resting) return '没有岗位,已停用;再任命岗位时自动恢复'
  if (status === 'stopped') return '已停用,不能登录'
  if (mustChange) return '可以登录,还没有改一次性密码'
  return signedIn ? '可以登录,现在已登录' : '可以登录'
}

function Keep({ person, account, onTold }: ActProps & { account: Account }) {
  const again = useAct(resetPassword, { refreshes: [getAccount] })
  const stop = useAct(stopAccount, { refreshes: [getAccount] })
  const open = useAct(reopenAccount, { refreshes: [getAccount] })
  const input = { params: { personId: person.id }, body: {} }
  const failure = again.error ?? stop.error ?? open.error
  return (
    <Flex vertical gap={16}>
      <Facts
        rows={[
          ['账号', account.loginName],
          ['状态', standing(account)],
        ]}
      />
      {failure ? <p role="alert">{sentenceOf(failure)}</p> : null}
      {account.status === 'stopped' ? (
        <Flex vertical gap={8} align="start">
          <Button type="primary" loading={open.isPending} onClick={() => open.mutate(input)}>
            恢复账号
          </Button>
          <span className="quiet">恢复后用原来的密码登录;忘记了再重置。</span>
        </Flex>
      ) : (
        <Flex gap={8} wrap>
          <Popconfirm
            title="重置密码?"
            description="原密码作废,已登录的设备立即退出。"
            okText="重置"
            cancelText="先不办"
            onConfirm={() => again.mutate(input, { onSuccess: onTold })}
          >
            <Button loading={again.isPending}>重置密码</Button>
          </Popconfirm>
          <Popconfirm
            title="停用账号?"
            description="立即退出,不能再登录;登记过的都在,随时可以恢复。"
            okText="停用"
            cancelText="先不办"
            onConfirm={() => stop.mutate(input)}
          >
            <Button danger loading={stop.isPending}>
              停用账号
            </Button>
          </Popconfirm>
        </Flex>
      )}
    </Flex>
  )
}
