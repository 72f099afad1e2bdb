import type { getCoverage } from '#contract/counts'
import type { AnswerOf } from '#contract/platform'
import { Panel, useIsPhone } from '#web/platform'
import { CoverageBars } from './coverage-bars.tsx'
import { CoverageCards } from './coverage-cards.tsx'
import { CoverageTable } from './coverage-table.tsx'

/** The figures of a coverage page: bars of the unit, and the units below as a table or, on a phone, as cards. */
export function CoverageFigures({ data }: { data: AnswerOf<typeof getCoverage> }) {
  const isPhone = useIsPhone()
  const { unit, coverages, rows, total } = data
  return (
    <>
      <Panel title={coverages.every(({ id }) => id <= 6) ? '六个全覆盖' : '各项覆盖'}>
        <CoverageBars unitId={unit.id} coverages={coverages} total={total} />
      </Panel>
      {rows.length === 0 ? null : (
        <Panel title={`下级单位 ${rows.length} 个`} flush>
          {isPhone ? (
            <CoverageCards coverages={coverages} rows={rows} />
          ) : (
            <CoverageTable
              coverages={coverages}
              rows={rows}
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
