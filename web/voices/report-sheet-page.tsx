import { Alert, Button } from 'antd'
import type { ReactNode } from 'react'
import { getCase } from '#contract/flows'
import { getStudent } from '#contract/students'
import { mandatoryReport, reportedTo } from '#contract/voices'
import { ErrorNote, formatDate, formatMoment, Go, Loading, Page, useAddress, useAnswer } from '#web/platform'
import './report-sheet.css'

const sexes: Readonly<Record<number, string>> = { 1: '男', 2: '女' }
const blank = '\u3000'

const Line = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)

/**
 * The report to police or civil affairs on one sheet: what was found, by whom, who signed, with room for who takes it in
 * and the number of the receipt, which stand printed once they are on file. Only for who finds the case. [G33]
 */
export const ReportSheetPage = () => {
  const params = useAddress<'schoolId' | 'caseId'>()
  const answer = useAnswer(getCase, { params })
  const told = answer.data?.flow === mandatoryReport.id ? answer.data : undefined
  const studentId = typeof told?.outcome.student === 'string' ? told.outcome.student : undefined
  const student = useAnswer(
    getStudent,
    { params: { schoolId: params.schoolId, studentId: studentId ?? '' } },
    { enabled: studentId !== undefined },
  )
  const crumbs = [
    { label: '办理', to: '/flows' },
    { label: '专报事项', to: `/flows/${params.schoolId}/${params.caseId}` },
  ]
  if (!told || (studentId && !student.data && !student.error))
    return (
      <Page title="报告单" breadcrumb={crumbs}>
        {answer.error || answer.data ? <ErrorNote error={answer.error ?? new Error('没有这份报告单')} /> : <Loading />}
      </Page>
    )
  const stepOf = (move: string) => told.steps.find(({ label }) => label === labelOf(move))
  const filledIn = (move: string): string | undefined => stepOf(move)?.filled[0]?.words
  const signed = stepOf('sign')
  const who = student.data?.student
  const to = reportedTo[told.content.to as keyof typeof reportedTo]
  return (
    <Page
      title="报告单"
      breadcrumb={crumbs}
      lead="打印后由专人送交,送交后回到事项里登记接报人和回执编号。"
      actions={
        <Button type="primary" onClick={() => window.print()}>
          打印
        </Button>
      }
    >
      {signed ? null : (
        <Alert
          className="page-acts"
          type="info"
          showIcon
          style={{ marginBottom: 12 }}
          title="还没有签发,签发以后再送交。"
        />
      )}
      <article className="report-sheet" aria-label="报告单">
        <h2>关于未成年人可能受到侵害的报告</h2>
        <p>依据《中华人民共和国未成年人保护法》第十一条报告。本单只给接收机关和签发、经办的人,不得告知其他人。</p>
        <dl>
          <Line name="报告单位">{told.schoolName}</Line>
          <Line name="报送">{to ?? blank}</Line>
          <Line name="学生">
            {who
              ? [
                  who.name,
                  who.sex ? sexes[who.sex] : null,
                  who.birthDate ? `${formatDate(who.birthDate)}生` : null,
                  who.className,
                ]
                  .filter(Boolean)
                  .join(' ')
              : blank}
          </Line>
          <Line name="发现的情况">{String(told.content.facts ?? '')}</Line>
          <Line name="已经采取的保护措施">{String(told.content.measures ?? blank)}</Line>
          <Line name="报告人">{told.steps[0] ? `${told.steps[0].by} ${formatMoment(told.steps[0].at)}` : blank}</Line>
          <Line name="签发人">{signed ? `${signed.by} ${formatMoment(signed.at)}` : blank}</Line>
          <Line name="接收单位和接报人">{filledIn('dispatch') ?? blank}</Line>
          <Line name="回执编号">{filledIn('receipt') ?? blank}</Line>
        </dl>
      </article>
      <p className="page-acts" style={{ marginTop: 12 }}>
        <Go to={`/flows/${params.schoolId}/${params.caseId}`}>回到事项</Go>
      </p>
    </Page>
  )
}

const labelOf = (move: string): string | undefined => mandatoryReport.moves.find(({ id }) => id === move)?.label
