import { Alert, Button, Popconfirm, Tag } from 'antd'
import { useState } from 'react'
import {
  codeDays,
  inviteFamily,
  listFamilyAccounts,
  renewFamilyCode,
  reopenFamilyAccount,
  stopFamilyAccount,
} from '#contract/people'
import type { AnswerOf } from '#contract/platform'
import { ErrorNote, Facts, Loading, sentenceOf, useAct, useAnswer } from '#web/platform'

type Relative = AnswerOf<typeof listFamilyAccounts>['people'][number]
type Invited = AnswerOf<typeof inviteFamily>

interface ChildKey {
  readonly schoolId: string
  readonly studentId: string
}

const stateWords: Readonly<Record<Relative['state'], string>> = {
  none: '没有账号',
  invited: '已开通,还没有登录改密码',
  active: '在用',
  stopped: '已停用',
}

/** Accounts of a child's family: who signs in, who could, a new code, stopped and reopened. */
export const FamilyAccountsPanel = ({ schoolId, studentId }: ChildKey) => {
  const params = { schoolId, studentId }
  const { data, error, refetch } = useAnswer(listFamilyAccounts, { params })
  const [told, setTold] = useState<Invited>()
  return (
    <section style={{ marginTop: 24 }}>
      <h2 className="small-head">家长账号和学生账号</h2>
      {told ? <Slip invited={told} onClose={() => setTold(undefined)} /> : null}
      {data ? null : error ? <ErrorNote error={error} retry={() => void refetch()} /> : <Loading rows={3} />}
      <ul className="plain-list">
        {data?.people.map((relative) => (
          <RelativeLine key={relative.contactId ?? 'own'} relative={relative} of={params} onTold={setTold} />
        ))}
      </ul>
    </section>
  )
}

interface LineProps {
  readonly relative: Relative
  readonly of: ChildKey
  readonly onTold: (invited: Invited) => void
}

const RelativeLine = ({ relative, of, onTold }: LineProps) => {
  const refreshes = { refreshes: [listFamilyAccounts] }
  const invite = useAct(inviteFamily, refreshes)
  const renew = useAct(renewFamilyCode, refreshes)
  const stop = useAct(stopFamilyAccount, refreshes)
  const reopen = useAct(reopenFamilyAccount, refreshes)
  const { name, relation, state, personId, contactId, loginName, whyNot, hasPhone } = relative
  const failure = invite.error ?? renew.error ?? stop.error ?? reopen.error
  const one = { params: { ...of, personId: personId ?? '' }, body: {} }
  const open = (send: boolean): void => invite.mutate({ params: of, body: { contactId, send } }, { onSuccess: onTold })
  return (
    <li className="now-item">
      <div>
        <span className="strong">{name}</span> <span className="quiet">{relation}</span>{' '}
        {state === 'none' ? null : <Tag>{stateWords[state]}</Tag>}
        {loginName ? <div className="quiet number">账号 {loginName}</div> : null}
        {whyNot ? (
          <div className="quiet">
            {state === 'none' ? whyNot : '按登记的联系限制或监护情况,这个账号看不到孩子的资料。'}
          </div>
        ) : null}
        {failure ? <div role="alert">{sentenceOf(failure)}</div> : null}
      </div>
      <div className="page-acts">
        {state === 'none' && !whyNot ? (
          <>
            <Button loading={invite.isPending} onClick={() => open(false)} aria-label={`给${name}开通账号`}>
              开通账号
            </Button>
            {hasPhone ? (
              <Button loading={invite.isPending} onClick={() => open(true)} aria-label={`开通并发短信给${name}`}>
                开通并发短信
              </Button>
            ) : null}
          </>
        ) : null}
        {state === 'invited' || state === 'active' ? (
          <>
            <Popconfirm
              title="重发一次性密码?"
              description="原来的密码作废,已登录的设备立即退出。"
              okText="重发"
              cancelText="先不办"
              onConfirm={() => renew.mutate({ ...one, body: {} }, { onSuccess: onTold })}
            >
              <Button loading={renew.isPending}>重发一次性密码</Button>
            </Popconfirm>
            <Popconfirm
              title="停用账号?"
              description="立即退出,不能再登录;随时可以恢复。"
              okText="停用"
              cancelText="先不办"
              onConfirm={() => stop.mutate(one)}
            >
              <Button danger loading={stop.isPending}>
                停用
              </Button>
            </Popconfirm>
          </>
        ) : null}
        {state === 'stopped' ? (
          <Button loading={reopen.isPending} onClick={() => reopen.mutate(one)}>
            恢复账号
          </Button>
        ) : null}
      </div>
    </li>
  )
}

/** What is told once. On paper it says only whose account it is and how to sign in. */
const Slip = ({ invited, onClose }: { invited: Invited; onClose: () => void }) =>
  invited.code === null ? (
    <Alert
      type="success"
      showIcon
      style={{ marginBottom: 16 }}
      title={`${invited.name}已有账号 ${invited.loginName},孩子已加进去`}
      description="用原来的密码登录就能看到,不用再发密码。"
    />
  ) : (
    <Alert
      type="success"
      showIcon
      style={{ marginBottom: 16 }}
      title="一次性密码只显示这一次"
      description={
        <>
          <div className="account-slip">
            <h3>家校账号</h3>
            <Facts
              rows={[
                ['姓名', invited.name],
                ['网址', window.location.host],
                [
                  '账号',
                  <span key="login" className="number strong">
                    {invited.loginName}
                  </span>,
                ],
                [
                  '一次性密码',
                  <span key="code" className="number strong">
                    {invited.code}
                  </span>,
                ],
              ]}
            />
            <p>{codeDays} 天内有效。第一次登录时请改成自己的密码;以后也可以用登记的手机号登录。请不要告诉别人。</p>
          </div>
          {invited.sent ? <p>短信正在发出。</p> : null}
          <div className="page-acts">
            <Button onClick={() => window.print()}>打印纸条</Button>
            <Button onClick={onClose}>已经告诉本人</Button>
          </div>
        </>
      }
    />
  )
