import { getCarePlan } from '#contract/care'
import { Empty, ErrorNote, Facts, formatDate, Go, Loading, useAnswer } from '#web/platform'
import type { FileTab, StudentFile } from '#web/students'

/** What was confirmed for this student: the care, who leads it, when it is looked at again. For the care team alone. [G3 G6 G28] */
const Plan = ({ file }: { file: StudentFile }) => {
  const { schoolId, id: studentId } = file.student
  const { data, error, refetch } = useAnswer(getCarePlan, { params: { schoolId, studentId } }, { freshFor: 0 })
  if (!data) return error ? <ErrorNote error={error} retry={() => void refetch()} /> : <Loading rows={4} />
  const { plan } = data
  if (!plan)
    return <Empty title="没有您可以看到的支持计划">学校确认以后,育人团队在这里看到内容、牵头部门和负责人。</Empty>
  return (
    <>
      <p className="quiet">只有育人团队和备案的人看得到;打开会留下记录。请不要转发、截图或向无关的人提起。</p>
      <Facts
        rows={[
          [
            '确认的内容',
            plan.care ? (
              <span key="care" className="whole">
                {plan.care}
              </span>
            ) : null,
          ],
          ['关注的方面', plan.concerns.join('、')],
          ['牵头部门', plan.owner],
          ['负责人', plan.keeper],
          ['确认', `${formatDate(plan.since)} ${plan.confirmedBy}`],
          ['下次评议', plan.reviewOn ? `${formatDate(plan.reviewOn)}前` : null],
          ['现在', plan.stateLabel],
          ['备案回执', plan.receipt],
        ]}
      />
      {plan.caseId ? (
        <p>
          <Go to={`/flows/${schoolId}/${plan.caseId}`}>看经过</Go>
        </p>
      ) : null}
    </>
  )
}

/** Left out for whoever may not know of mentors and care. */
export const planTab: FileTab = { key: 'plan', label: '支持计划', shows: (file) => file.mentors !== null, Body: Plan }
