import type { getCoverage } from '#contract/counts'
import type { AnswerOf } from '#contract/platform'
import { Empty, type Pages, Panel, useIsPhone } from '#web/platform'
import { CoverageBars } from './coverage-bars.tsx'
import { CoverageCards } from './coverage-cards.tsx'
import { CoverageTable } from './coverage-table.tsx'
import { type LaidOut, LayOut } from './laid-out.tsx'
import { numberText } from './share.ts'

type Answer = AnswerOf<typeof getCoverage>

interface Props {
  readonly pages: readonly [Answer, ...Answer[]]
  readonly more: Pages<Answer>['more']
  readonly laid: LaidOut
}

// Fewer are seen at a glance and need no looking for.
const fewUnits = 12

/** The figures of a coverage page: bars of the unit, and the units below as a table or, on a phone, as cards. */
export function CoverageFigures({ pages, more, laid }: Props) {
  const isPhone = useIsPhone()
  const [{ unit, coverages, total, below }] = pages
  const rows = pages.flatMap((page) => page.rows)
  const isAsked = Object.keys(laid.asked).length > 0 || laid.words !== ''
  return (
    <>
      <Panel title={coverages.every(({ id }) => id <= 6) ? '六个全覆盖' : '各项覆盖'}>
        <CoverageBars unitId={unit.id} coverages={coverages} total={total} />
      </Panel>
      {below === 0 && !isAsked ? null : (
        <Panel title={`${laid.asked.find ? '找到' : '下级单位'} ${numberText(below)} 个`} flush>
          {below > fewUnits || isAsked ? <LayOut coverages={coverages} laid={laid} /> : null}
          {rows.length === 0 ? <Empty title="没有名称里有这几个字的下级单位" /> : null}
          {rows.length === 0 ? null : isPhone ? (
            <CoverageCards coverages={coverages} rows={rows} more={more} by={laid.asked.by} />
          ) : (
            <CoverageTable
              coverages={coverages}
              rows={rows}
              more={more}
              total={total}
              totalLabel={`${unit.name}合计`}
              unitId={unit.id}
            />
          )}
        </Panel>
      )}
    </>
  )
}
