import { getCoverage } from '#contract/counts'
import {
  ErrorNote,
  formatDate,
  Loading,
  Page,
  Panel,
  useAddress,
  useAnswer,
  useIsPhone,
  useMay,
  useMe,
} from '#web/platform'
import { CoverageBars } from './coverage-bars.tsx'
import { CoverageCards } from './coverage-cards.tsx'
import { CoverageTable } from './coverage-table.tsx'
import { ExportCoverage } from './export-buttons.tsx'

/** The six coverages of a unit and of the units right below it; every figure opens into names. [C12] */
export const CoveragePage = () => {
  const { homeUnit } = useMe()
  const { unitId = homeUnit.id } = useAddress<'unitId'>()
  const isPhone = useIsPhone()
  const mayExport = useMay('counts.export')
  const { data, error, refetch } = useAnswer(getCoverage, { params: { unitId } })

  if (error && data === undefined) {
    return (
      <Page title="覆盖率">
        <ErrorNote error={error} retry={() => void refetch()} />
      </Page>
    )
  }
  if (data === undefined) {
    return (
      <Page title="覆盖率">
        <Loading rows={6} />
        <Loading rows={8} />
      </Page>
    )
  }
  const { unit, ancestors, coverages, rows, total } = data
  return (
    <Page
      title={`${unit.name} · 覆盖率`}
      breadcrumb={ancestors.map(({ id, name }) => ({ label: name, to: `/coverage/${id}` }))}
      lead={`${data.periodLabel} · 数字截至${formatDate(data.asOf)}`}
      actions={mayExport ? <ExportCoverage unitId={unit.id} unitName={unit.name} below={rows.length} /> : null}
    >
      <Panel title="六个全覆盖">
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
    </Page>
  )
}
