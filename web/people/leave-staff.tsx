import { Button, Flex, Popconfirm } from 'antd'
import { useState } from 'react'
import { getUnit } from '#contract/organisations'
import { getAccount, leaveStaff, listPeople, returnStaff } from '#contract/people'
import { DateInput } from '#web/organisations'
import { formatDate, sentenceOf, useAct, useMe } from '#web/platform'

interface Props {
  readonly person: { readonly id: string; readonly name: string; readonly leftOn: string | null }
  readonly onDone: () => void
}

const refreshes = [getUnit, listPeople, getAccount]

/** Puts a departure on file, or takes it back. What was done before stays under the person's name. [T7 C13] */
export function LeaveStaff({ person, onDone }: Props) {
  return person.leftOn === null ? <Leave person={person} onDone={onDone} /> : <Return person={person} onDone={onDone} />
}

function Leave({ person, onDone }: Props) {
  const { today } = useMe()
  const [on, setOn] = useState(today)
  const act = useAct(leaveStaff, { refreshes })
  return (
    <section aria-label="离职" style={{ marginTop: 24 }}>
      <h3>离职</h3>
      <p className="quiet">岗位全部空出,任务转给上一级;结对结束,学生显示“无导师”;账号立即停用。登记过的都在。</p>
      <Flex gap={8} wrap align="end">
        <Flex vertical gap={8}>
          <label htmlFor="left-on">从哪一天起不在岗</label>
          <DateInput id="left-on" value={on} onChange={setOn} />
        </Flex>
        <Popconfirm
          title={`${person.name}离职?`}
          description="办错了可以撤销,但岗位和结对要重新办。"
          okText="办理离职"
          cancelText="先不办"
          onConfirm={() => act.mutate({ params: { personId: person.id }, body: { on } }, { onSuccess: onDone })}
        >
          <Button danger disabled={on === ''} loading={act.isPending}>
            办理离职
          </Button>
        </Popconfirm>
      </Flex>
      {act.error ? <p role="alert">{sentenceOf(act.error)}</p> : null}
    </section>
  )
}

function Return({ person, onDone }: Props) {
  const act = useAct(returnStaff, { refreshes })
  return (
    <section aria-label="离职" style={{ marginTop: 24 }}>
      <h3>离职</h3>
      <p>{`${formatDate(person.leftOn ?? '')}起已离职。`}</p>
      <Button
        loading={act.isPending}
        onClick={() => act.mutate({ params: { personId: person.id }, body: {} }, { onSuccess: onDone })}
      >
        撤销离职
      </Button>
      <p className="quiet">撤销后重新列入人员;岗位要重新任命,账号要恢复后才能登录。</p>
      {act.error ? <p role="alert">{sentenceOf(act.error)}</p> : null}
    </section>
  )
}
