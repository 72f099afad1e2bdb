import { getCoverage } from '#contract/counts'
import { BarCell, ErrorNote, Go, Loading, Panel, useAnswer, useIsPhone, useMe } from '#web/platform'
import { type CoverageHead, coveragePath, type Figures } from './coverage-answer.ts'
import { sentenceFor, spokenFigure } from './share.ts'

/** How far one's own unit is, in six short bars; each opens into what is still to do. [C12] */
export function CoverageGlance() {
  const { homeUnit } = useMe()
  const { data, error, refetch } = useAnswer(getCoverage, { params: { unitId: homeUnit.id }, query: { limit: 0 } })
  return (
    <Panel title={`${homeUnit.name} · 还要做什么`} aside={<Go to={`/coverage/${homeUnit.id}`}>全部覆盖率</Go>}>
      {data === undefined ? (
        error ? (
          <ErrorNote error={error} retry={() => void refetch()} />
        ) : (
          <Loading rows={6} />
        )
      ) : (
        <ul className="plain-list">
          {data.coverages.map((head) => (
            <Line key={head.id} unitId={homeUnit.id} head={head} figure={data.total[String(head.id)]} />
          ))}
        </ul>
      )}
    </Panel>
  )
}

function Line({ unitId, head, figure }: { unitId: string; head: CoverageHead; figure: Figures[string] | undefined }) {
  const isPhone = useIsPhone()
  return (
    <li
      style={{
        display: 'grid',
        gridTemplateColumns: isPhone ? 'minmax(0, 1fr)' : '140px minmax(120px, 1fr) minmax(0, 260px)',
        gap: isPhone ? 4 : 16,
        alignItems: 'center',
        padding: '10px 0',
      }}
    >
      <Go to={coveragePath(unitId, head.id)}>{head.short}</Go>
      <div>
        {figure === undefined ? null : (
          <>
            <span className="only-read">{spokenFigure(head.short, figure)}</span>
            <div aria-hidden>
              <BarCell part={figure.met} whole={figure.need} />
            </div>
          </>
        )}
      </div>
      <div>{sentenceFor(head.sentence, figure)}</div>
    </li>
  )
}
