import { LockOutlined } from '@ant-design/icons'
import { Alert, Tag, Timeline, Watermark } from 'antd'
import { getCase } from '#contract/flows'
import {
  ErrorNote,
  formatMoment,
  Go,
  isRefusal,
  Loading,
  Missing,
  Page,
  Panel,
  useAddress,
  useAnswer,
  useIsPhone,
  useMay,
  useMe,
} from '#web/platform'
import { CaseFiles } from './case-files.tsx'
import { type ShownCase, useCaseSlots } from './case-slots.tsx'
import { DueWords } from './due-words.tsx'
import { FilledShown } from './filled-fields.tsx'
import { KeptFrom } from './kept-from.tsx'
import { MovePanel } from './move-panel.tsx'
import { useTrail } from './trail.ts'

/** One case: the evidence, where it stands, what may be done now and what follows, how it came here. */
export const CasePage = () => {
  const trail = useTrail()
  const isFamily = useMe().family !== null
  const { schoolId, caseId } = useAddress<'schoolId' | 'caseId'>()
  const answer = useAnswer(getCase, { params: { schoolId, caseId } })
  if (!answer.data)
    return (
      <Page title="事项" breadcrumb={trail}>
        <Panel>
          {answer.error ? (
            isFamily && isRefusal(answer.error) ? (
              <Missing title="没有找到这件事">您的申请和办到哪一步,都在“我的”里。</Missing>
            ) : (
              <ErrorNote error={answer.error} retry={() => void answer.refetch()} />
            )
          ) : (
            <Loading />
          )}
        </Panel>
      </Page>
    )
  return <Shown shown={{ ...answer.data, schoolId, caseId }} />
}

const Shown = ({ shown }: { shown: ShownCase }) => {
  const me = useMe()
  const trail = useTrail()
  const phone = useIsPhone()
  const { parts } = useCaseSlots()
  const Part = parts[shown.flow]
  const opensFile = useMay('students.get-student')
  const isFamily = me.family !== null
  const about = [shown.studentName, shown.className, shown.schoolName].filter(Boolean).join(' · ')
  return (
    <Page title={shown.label} tabTitle={shown.title} breadcrumb={trail} lead={about}>
      {shown.neverPublished ? (
        <Alert
          type="info"
          icon={<LockOutlined />}
          showIcon
          style={{ marginBottom: 16 }}
          title={
            isFamily ? '这件事不公布,只有办理的老师看得到。' : '这件事不公示、不公布。请不要转发、截图或在别处提起。'
          }
        />
      ) : null}
      <Watermark content={`${me.name} ${me.today}`} font={{ color: 'rgba(0,0,0,0.05)' }}>
        <div className="beside">
          <div>
            <Panel
              title={shown.form.length === 0 ? '材料' : isFamily ? '您填写的' : '情况'}
              aside={
                shown.studentId && shown.studentName && opensFile ? (
                  <Go to={`/students/${shown.schoolId}/${shown.studentId}`}>打开档案</Go>
                ) : null
              }
            >
              {Object.keys(shown.content).length > 0 ? (
                <FilledShown fields={shown.form} values={shown.content} outcome={shown.outcome} />
              ) : shown.form.length > 0 || shown.files.length === 0 ? (
                <p className="quiet">{shown.form.length > 0 ? '没有填写内容。' : '没有附材料。'}</p>
              ) : null}
              <CaseFiles shown={shown} />
            </Panel>
            {Part ? <Part shown={shown} /> : <ToldWhy shown={shown} />}
            {phone ? null : <History shown={shown} />}
          </div>
          <div style={phone && isFamily ? { order: -1 } : undefined}>
            <Standing shown={shown} isFamily={isFamily} />
            <MovePanel key={shown.version} shown={shown} />
            {isFamily || !shown.studentId ? null : <KeptFrom shown={shown} />}
          </div>
          {phone ? <History shown={shown} /> : null}
        </div>
      </Watermark>
    </Page>
  )
}

const Standing = ({ shown, isFamily }: { shown: ShownCase; isFamily: boolean }) => (
  <Panel title={isFamily ? '办到哪一步了' : '现在到哪一步'}>
    <p>
      <Tag className="whole" color={shown.final ? 'success' : 'processing'}>
        {shown.stateLabel}
      </Tag>
    </p>
    {shown.waitingFor.length > 0 ? <p>等 {shown.waitingFor.join(';')} 办理</p> : null}
    {shown.final || (isFamily && !shown.dueAt) ? null : (
      <p>{isFamily && shown.overdue ? '比规定的日期晚了,可以打电话问问学校。' : <DueWords {...shown} />}</p>
    )}
    <p className="quiet">{formatMoment(shown.openedAt)} 提出</p>
  </Panel>
)

// Who asked and reads no steps still reads why it came back.
const ToldWhy = ({ shown }: { shown: ShownCase }) =>
  shown.toldWhy && shown.steps.length === 0 ? (
    <Panel title="学校写给您的">
      <p className="whole">{shown.toldWhy}</p>
    </Panel>
  ) : null

const History = ({ shown }: { shown: ShownCase }) =>
  shown.steps.length === 0 ? null : (
    <Panel title="经过">
      <Timeline
        items={shown.steps.map((step) => ({
          key: step.number,
          content: (
            <>
              <div>
                <b>{step.label}</b> {step.by}
                {step.onBehalfOf ? `(代 ${step.onBehalfOf})` : ''}
                {step.late ? <span className="heed"> 逾期办理</span> : null}
              </div>
              <div className="quiet">{formatMoment(step.at)}</div>
              {step.filled.map(({ label, words }) => (
                <div key={label} className="whole">
                  <span className="quiet">{label}:</span>
                  {words}
                </div>
              ))}
              {step.reason ? <div className="whole">{step.reason}</div> : null}
            </>
          ),
        }))}
      />
    </Panel>
  )
