import { Alert, Button } from 'antd'
import { useState } from 'react'
import { openCase } from '#contract/flows'
import { listRounds } from '#contract/recognition'
import {
  ErrorNote,
  formatDate,
  Loading,
  newId,
  Page,
  Panel,
  sentenceOf,
  useAct,
  useAnswer,
  useGo,
  useMe,
  useQueryMembers,
} from '#web/platform'
import { AdmittedPanel } from './admitted-panel.tsx'

/** Before the form: the school's notice and the days, then one large button. [C8] */
export const BeginPage = () => {
  const { family, posts } = useMe()
  const go = useGo()
  const [{ schoolId: named = '', studentId }] = useQueryMembers()
  const schoolId = named || (posts[0]?.unitId ?? '')
  const rounds = useAnswer(listRounds, { params: { unitId: schoolId } }, { enabled: schoolId !== '' })
  const [ids] = useState(() => ({ id: newId(), stepId: newId() }))
  const act = useAct(openCase)
  const open = rounds.data?.rounds.find(({ isOpen }) => isOpen)
  const next = rounds.data?.rounds.find(({ isOpen }) => !isOpen)
  const begin = (): void =>
    act.mutate(
      {
        params: { schoolId },
        body: { ...ids, flow: 'recognition-round', move: 'save', studentId: studentId ?? null, content: {} },
      },
      { onSuccess: ({ id }) => go(`/apply/${schoolId}/${id}`, {}, { replace: true }) },
    )
  return (
    <Page title="学年申请" breadcrumb={[family ? { label: '我的', to: '/my' } : { label: '办理', to: '/flows' }]}>
      {rounds.error ? <ErrorNote error={rounds.error} retry={() => void rounds.refetch()} /> : null}
      {rounds.data || rounds.error ? null : <Loading rows={4} />}
      {open && !studentId && !family ? <AdmittedPanel schoolId={schoolId} /> : null}
      {open && (studentId || family) ? (
        <Panel title="学校告知">
          <p className="whole">{open.notice}</p>
          <p>
            <b>
              {formatDate(open.opensOn)}至{formatDate(open.closesOn)}
            </b>
            期间提交。填到一半可以离开,写过的都在。
          </p>
          <p className="quiet">
            {family
              ? '需要准备:家庭成员的姓名和收入。最后在屏幕上签名。只有办理的老师看得到。'
              : '替不方便用手机的家长填写:照家长说的填,打印出来由家长签字,再拍照附上。'}
          </p>
          {act.error ? <Alert type="warning" showIcon role="alert" title={sentenceOf(act.error)} /> : null}
          <div className="thumb-bar">
            <Button type="primary" size="large" block loading={act.isPending} onClick={begin}>
              开始填写
            </Button>
          </div>
        </Panel>
      ) : null}
      {rounds.data && !open ? (
        <Alert
          type="info"
          showIcon
          title="现在不在申请时间内"
          description={
            next ? `下一次从${formatDate(next.opensOn)}到${formatDate(next.closesOn)}。` : '开始前学校会提前告知。'
          }
        />
      ) : null}
    </Page>
  )
}
