import { Alert, Flex } from 'antd'
import { useContext } from 'react'
import { BarCell, Go, useIsPhone } from '#web/platform'
import { Basis } from './basis.tsx'
import { type CoverageHead, type Figures, NamesAt } from './coverage-answer.ts'
import { numberText, reviewedText, sentenceFor, shareOf, spokenFigure } from './share.ts'

interface Props {
  readonly unitId: string
  readonly coverages: readonly CoverageHead[]
  readonly total: Figures
}

/** Six bars under each other, each with what is still to do in words. */
export function CoverageBars({ unitId, coverages, total }: Props) {
  const nobody = Object.values(total).every(({ need }) => need === 0)
  return (
    <>
      {nobody ? (
        <Alert
          type="info"
          showIcon
          title="还没有应覆盖的对象"
          description="导入学生和各部门名单、确认认定以后,这里会自动出数。"
          style={{ marginBottom: 8 }}
        />
      ) : null}
      <ul className="plain-list">
        {coverages.map((head) => (
          <CoverageLine key={head.id} unitId={unitId} head={head} figure={total[String(head.id)]} />
        ))}
      </ul>
    </>
  )
}

function CoverageLine({
  unitId,
  head,
  figure,
}: {
  unitId: string
  head: CoverageHead
  figure: Figures[string] | undefined
}) {
  const isPhone = useIsPhone()
  const to = useContext(NamesAt)(unitId, head.id)
  const share = figure === undefined ? undefined : shareOf(figure)
  const numbers =
    figure === undefined || figure.need === 0
      ? []
      : [`应有 ${numberText(figure.need)}`, `已有 ${numberText(figure.met)}`, reviewedText(figure)].filter(
          (part) => part !== undefined,
        )
  const columns = isPhone ? 'minmax(0, 1fr)' : 'minmax(0, 280px) minmax(80px, 1fr) minmax(0, 340px)'
  return (
    <li
      style={{
        display: 'grid',
        gridTemplateColumns: columns,
        gap: isPhone ? 4 : 24,
        alignItems: 'center',
        padding: '10px 0',
      }}
    >
      <Flex justify="space-between" gap={8}>
        {to ? <Go to={to}>{head.label}</Go> : <span>{head.label}</span>}
        <Basis head={head} />
      </Flex>
      <div>
        {figure === undefined ? null : (
          <>
            <span className="only-read">{spokenFigure(head.label, figure)}</span>
            <div aria-hidden>
              <BarCell part={figure.met} whole={figure.need} />
            </div>
          </>
        )}
      </div>
      <div>
        <div className={share !== undefined && share.left > 0 ? 'strong' : ''}>
          {sentenceFor(head.sentence, figure)}
        </div>
        {numbers.length === 0 ? null : <div className="quiet number">{numbers.join(' · ')}</div>}
        {head.namesOpen || figure === undefined ? null : (
          <div className="quiet">名单只对帮扶小组和规定的负责人开放</div>
        )}
      </div>
    </li>
  )
}
