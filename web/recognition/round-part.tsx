import type { ShownCase } from '#web/flows'
import { Facts, Go, Panel } from '#web/platform'
import { HomeFindings } from '#web/records'

const levels: Readonly<Record<number, string>> = { 1: '特别困难', 21: '困难', 22: '一般困难', 3: '不认定' }
const word = (code: unknown): string | null => (typeof code === 'number' ? (levels[code] ?? null) : null)

/** What the yearly application adds to its page: going on with a draft, why it came back, score beside the level. */
export const RoundPart = ({ shown }: { readonly shown: ShownCase }) => {
  const { score, panelLevel, level, receipt } = shown.outcome
  const isFilling = shown.state === 'draft' && shown.moves.some(({ id }) => id === 'submit')
  return (
    <>
      {shown.toldWhy ? (
        <Panel title="学校写给您的">
          <p className="whole">{shown.toldWhy}</p>
        </Panel>
      ) : null}
      {isFilling ? (
        <Panel title="还没有提交">
          <Go to={`/apply/${shown.schoolId}/${shown.caseId}`}>继续填写</Go>
        </Panel>
      ) : null}
      {score !== undefined || level !== undefined ? (
        <Panel title="参考与结果" aside={<SheetLink shown={shown} />}>
          <Facts
            rows={[
              ['参考分(平台口径,只作参考)', typeof score === 'number' ? `${score} 分` : null],
              ['评议等级', word(panelLevel)],
              ['拟定等级', word(level)],
              ['备案回执', typeof receipt === 'string' ? receipt : null],
            ]}
          />
        </Panel>
      ) : shown.state === 'admitted' || shown.state === 'withdrawn' ? null : (
        <p>
          <SheetLink shown={shown} />
        </p>
      )}
      {shown.studentId && !isFilling ? <HomeFindings schoolId={shown.schoolId} studentId={shown.studentId} /> : null}
      {shown.state === 'announcement' ? (
        <p>
          <Go to={`/announcement/${shown.schoolId}`}>看公示</Go>
        </p>
      ) : null}
    </>
  )
}

const SheetLink = ({ shown }: { readonly shown: ShownCase }) => (
  <Go to={`/apply/${shown.schoolId}/${shown.caseId}/sheet`}>打印申请表</Go>
)
