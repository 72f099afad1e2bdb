import { Alert, App } from 'antd'
import { getPanel } from '#contract/flows'
import { notRecognised } from '#contract/recognition'
import {
  answers,
  call,
  Empty,
  ErrorNote,
  Loading,
  Page,
  Panel,
  refresh,
  sentenceOf,
  useAddress,
  useAnswer,
  useMe,
} from '#web/platform'
import { JudgedCase } from './panel-case.tsx'
import { ClosePanel, Members } from './panel-keeping.tsx'
import type { Do, Judged, Sitting } from './sitting.ts'

// Levels from the highest down, "no level" last, whatever their codes are.
const order = [1, 21, 22, notRecognised]
const inOrder = (choices: Sitting['choices']): Sitting['choices'] =>
  choices.every(({ code }) => order.includes(code))
    ? [...choices].sort((one, other) => order.indexOf(one.code) - order.indexOf(other.code))
    : choices

const hasResult = ({ result, choice }: Judged): boolean => result === 'agreed' || (result === 'tied' && choice !== null)

/** One sitting: who is here, the evidence case by case, the ballot, the result; at the end the minutes. [C19] */
export const PanelPage = () => {
  const { panelId } = useAddress<'panelId'>()
  const { family } = useMe()
  const { message } = App.useApp()
  const answer = useAnswer(getPanel, { params: { panelId } }, { every: 10_000 })
  const trail = family
    ? [{ label: '我的', to: '/my' }]
    : [
        { label: '办理', to: '/flows' },
        { label: '评议', to: '/flows/panels' },
      ]
  const act: Do = async (endpoint, input, done) => {
    try {
      await call(endpoint, input)
      if (done) message.success(done)
      return true
    } catch (error) {
      message.error(sentenceOf(error))
      return false
    } finally {
      await refresh(answers, [getPanel])
    }
  }
  if (!answer.data)
    return (
      <Page title="评议" breadcrumb={trail}>
        {answer.error ? <ErrorNote error={answer.error} retry={() => void answer.refetch()} /> : <Loading />}
      </Page>
    )
  const sitting = { ...answer.data, choices: inOrder(answer.data.choices) }
  const done = sitting.cases.filter(hasResult).length
  return (
    <Page
      title={`${sitting.unitName} · 评议`}
      breadcrumb={trail}
      lead={`${sitting.title} ${sitting.cases.length} 件,${sitting.closedAt ? '已经结束' : `已有结果 ${done} 件`}`}
    >
      <Alert
        type="info"
        showIcon
        style={{ marginBottom: 16 }}
        title={
          family
            ? '只按您自己知道的情况投票,不打听、不议论。这里的内容不外传,谁投了什么不显示。'
            : '只看材料,不让学生当众诉苦、互相比较。这里的内容不外传,谁投了什么不显示。'
        }
      />
      <div className="beside">
        <div>
          {sitting.cases.map((one) => (
            <JudgedCase key={one.caseId} panelId={panelId} sitting={sitting} one={one} act={act} />
          ))}
          {sitting.cases.length === 0 ? (
            <Panel>
              <Empty title="没有要您评议的">您应当回避的不在这里。</Empty>
            </Panel>
          ) : null}
        </div>
        <div>
          <Members panelId={panelId} sitting={sitting} act={act} />
          {sitting.keeps && !sitting.closedAt ? (
            <ClosePanel panelId={panelId} left={sitting.cases.length - done} act={act} />
          ) : null}
          {sitting.minutes ? (
            <Panel title="纪要(已封存)">
              <p className="whole">{sitting.minutes.text}</p>
              <p className="quiet">
                {sitting.minutes.closedBy}结束,校验码{' '}
                <span className="number">{sitting.minutes.sha256.slice(0, 16)}</span>
              </p>
            </Panel>
          ) : null}
        </div>
      </div>
    </Page>
  )
}
