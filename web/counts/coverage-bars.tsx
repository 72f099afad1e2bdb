import { Flex } from 'antd'
import { BarCell, Go, useIsPhone } from '#web/platform'
import { Basis } from './basis.tsx'
import { type CoverageHead, coveragePath, type Figures } from './coverage-answer.ts'
import { numberText, reviewedText, sentenceFor, shareOf, spokenFigure } from './share.ts'

interface Props {
  readonly unitId: string
  readonly coverages: readonly CoverageHead[]
  readonly total: Figures
}

/** Six bars under each other, each with what is still to do in words. */
export function CoverageBars({ unitId, coverages, total }: Props) {
  return (
    <ul className="plain-list">
      {coverages.map((head) => (
        <CoverageLine key={head.id} unitId={unitId} head={head} figure={total[String(head.id)]} />
      ))}
    </ul>
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
  const share = figure === undefined ? undefined : shareOf(figure)
  const reviewed = figure === undefined ? undefined : reviewedText(figure)
  return (
    <li style={{ padding: '10px 0' }}>
      <Flex gap={isPhone ? 4 : 24} vertical={isPhone} align={isPhone ? 'stretch' : 'center'}>
        <Flex style={{ flex: '0 0 260px', minWidth: 0 }} justify="space-between" gap={8}>
          <Go to={coveragePath(unitId, head.id)}>{head.label}</Go>
          <Basis head={head} />
        </Flex>
        <div style={{ flex: '1 1 200px', minWidth: 0 }}>
          {figure === undefined ? null : (
            <>
              <span className="only-read">{spokenFigure(head.label, figure)}</span>
              <div aria-hidden>
                <BarCell part={figure.met} whole={figure.need} />
              </div>
            </>
          )}
        </div>
        <Flex style={{ flex: '0 0 360px', minWidth: 0 }} vertical>
          <span className={share !== undefined && share.left > 0 ? 'strong' : ''}>
            {sentenceFor(head.sentence, figure)}
          </span>
          {figure === undefined || figure.need === 0 ? null : (
            <span className="quiet number">
              {[
                `应有 ${numberText(figure.need)}`,
                `已有 ${numberText(figure.met)}`,
                reviewed,
                head.namesOpen ? undefined : '名单不对您的岗位开放',
              ]
                .filter((part) => part !== undefined)
                .join(' · ')}
            </span>
          )}
        </Flex>
      </Flex>
    </li>
  )
}
