import { LockOutlined } from '@ant-design/icons'
import { listOpenable } from '#contract/flows'
import { Empty, ErrorNote, Go, Loading, Page, Panel, useAnswer, useMe, useQueryMembers } from '#web/platform'
import { useTrail } from './trail.ts'

/** What I may open: for the student whose file I come from, or for my unit. */
export const OpenablePage = () => {
  const trail = useTrail()
  const isFamily = useMe().family !== null
  const [members] = useQueryMembers()
  const about =
    members.schoolId && members.studentId ? { schoolId: members.schoolId, studentId: members.studentId } : {}
  const answer = useAnswer(listOpenable, { query: about })
  const flows = answer.data?.flows
  return (
    <Page
      title={isFamily ? '我要申请' : '发起事项'}
      breadcrumb={trail}
      lead={isFamily ? null : members.studentId ? '为这名学生发起' : '为学生发起的事项,请从学生档案进入。'}
    >
      <Panel>
        {answer.error ? (
          <ErrorNote error={answer.error} retry={() => void answer.refetch()} />
        ) : flows ? null : (
          <Loading />
        )}
        {flows && flows.length === 0 ? (
          isFamily ? (
            <Empty title="现在没有可以申请的">开放申请时学校会告诉您。</Empty>
          ) : (
            <Empty title="这里没有您可以发起的事项" act={<Go to="/students">去找学生</Go>}>
              为学生提出的申请,请先打开学生档案,再点“发起事项”。
            </Empty>
          )
        ) : null}
        <ul className="plain-list">
          {flows?.map((flow) => (
            <li key={flow.id} className="now-item">
              <Go to={`/flows/new/${flow.id}`} query={about}>
                {flow.label}
              </Go>
              {flow.neverPublished ? (
                <span className="quiet">
                  <LockOutlined aria-hidden /> 不公布
                </span>
              ) : null}
            </li>
          ))}
        </ul>
      </Panel>
    </Page>
  )
}
