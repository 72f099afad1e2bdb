import { listHomeFindings } from '#contract/records'
import { Facts, formatDate, Panel, useAnswer, useMe } from '#web/platform'

interface Props {
  readonly schoolId: string
  readonly studentId: string
}

/** What the latest visits found of the household's means, beside a decision about a level. Staff only; silent when nobody visited. [T5] */
export const HomeFindings = ({ schoolId, studentId }: Props) => {
  const isFamily = useMe().family !== null
  const answer = useAnswer(
    listHomeFindings,
    { params: { schoolId, studentId } },
    { enabled: !isFamily, freshFor: 60_000 },
  )
  const visits = answer.data?.visits ?? []
  if (visits.length === 0) return null
  return (
    <Panel title="走访了解到的家庭情况">
      {visits.map((visit) => (
        <section key={visit.recordId} style={{ marginBottom: 12 }}>
          <p className="strong">
            {formatDate(visit.actDate)}{' '}
            {[visit.kindLabel, visit.modeLabel, visit.authorName].filter(Boolean).join(' · ')}
            {visit.reviewed ? ' · 已审核' : ''}
          </p>
          {visit.fields.length > 0 ? (
            <Facts rows={visit.fields.map(({ label, value }) => [label, value] as const)} />
          ) : (
            <p className="quiet">这次没有填写家庭经济。</p>
          )}
        </section>
      ))}
    </Panel>
  )
}
