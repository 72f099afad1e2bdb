import { getCoverage } from '#contract/counts'
import { isPlainDate } from '#contract/platform'
import {
  ErrorNote,
  Figure,
  formatDate,
  Go,
  Loading,
  Missing,
  Page,
  Panel,
  useAddress,
  useAnswer,
  useMay,
  useMe,
  useQueryMembers,
} from '#web/platform'
import { Basis } from './basis.tsx'
import { ExportMissing } from './export-buttons.tsx'
import { MissingList } from './missing-list.tsx'
import { numberText, sentenceFor, shareOf } from './share.ts'
import { SplitsPanel } from './splits-panel.tsx'

/** One coverage at a unit: how far, split by stage, urban and rural, class; and who is missing by name. [C12] */
export const OneCoveragePage = () => {
  const { unitId, number } = useAddress<'unitId' | 'number'>()
  const coverage = Number(number)
  const mayExport = useMay('counts.export')
  const { today } = useMe()
  const [members] = useQueryMembers()
  const on = members.on && isPlainDate(members.on) && members.on < today ? members.on : undefined
  const { data, error, refetch } = useAnswer(getCoverage, {
    params: { unitId },
    query: { limit: 0, ...(on && { on }) },
  })
  const head = data?.coverages.find(({ id }) => id === coverage)

  if (data === undefined || head === undefined) {
    return (
      <Page title="覆盖率" breadcrumb={[{ label: '覆盖率', to: `/coverage/${unitId}` }]}>
        <Panel>
          {error ? <ErrorNote error={error} retry={() => void refetch()} /> : null}
          {data === undefined && !error ? <Loading rows={8} /> : null}
          {data !== undefined && !error ? (
            <Missing title="没有这一项覆盖" act={<Go to={`/coverage/${unitId}`}>看全部覆盖率</Go>} />
          ) : null}
        </Panel>
      </Page>
    )
  }
  const figure = data.total[String(coverage)]
  const share = figure === undefined ? undefined : shareOf(figure)
  const left = share?.left ?? 0
  return (
    <Page
      title={head.label}
      tabTitle="覆盖率"
      breadcrumb={[...data.ancestors, data.unit].map(({ id, name }) => ({ label: name, to: `/coverage/${id}` }))}
      lead={
        <>
          {`${data.unit.name} · ${data.periodLabel}${on ? ` · 数字截至${formatDate(on)}` : ''} · ${sentenceFor(head.sentence, figure)} `}
          <Basis head={head} />
        </>
      }
      actions={
        mayExport && head.namesOpen && left > 0 && on === undefined ? (
          <ExportMissing unitId={unitId} coverage={coverage} left={left} ofUnits={coverage === 1} />
        ) : null
      }
    >
      {figure === undefined ? null : (
        <Panel>
          <div className="figures" style={{ gridTemplateColumns: 'repeat(auto-fill, minmax(112px, 1fr))' }}>
            <Figure label="比例" value={share?.percent ?? null} />
            <Figure label="应有" value={figure.need} />
            <Figure label="已有" value={figure.met} />
            <Figure label="还差" value={left} />
            {figure.reviewed === null ? null : (
              <Figure label="其中已审" value={figure.reviewed} note="审核慢不算未完成" />
            )}
          </div>
        </Panel>
      )}
      <SplitsPanel unitId={unitId} coverage={coverage} on={on} />
      <Panel title={left > 0 ? `未完成名单 ${numberText(left)}` : '未完成名单'} flush>
        {head.namesOpen ? (
          <MissingList unitId={unitId} coverage={coverage} on={on} />
        ) : (
          <p className="quiet" style={{ padding: '0 24px 20px', margin: 0 }}>
            这一项的名单只对帮扶小组和规定的负责人开放,您可以看上面的数字。
          </p>
        )}
      </Panel>
    </Page>
  )
}
