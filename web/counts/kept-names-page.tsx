import { getFrozenCoverage, listFrozenMissing } from '#contract/counts'
import {
  ErrorNote,
  formatDate,
  formatMoment,
  Go,
  Loading,
  Missing,
  Page,
  Panel,
  useAddress,
  useAnswer,
  useAnswerPages,
} from '#web/platform'
import { MissingTable } from './missing-list.tsx'

/** Who was missing from one coverage when the page was kept. [C12 G3] */
export const KeptNamesPage = () => {
  const { unitId, freezeId, number } = useAddress<'unitId' | 'freezeId' | 'number'>()
  const coverage = Number(number)
  const { data, error, refetch } = useAnswer(getFrozenCoverage, { params: { unitId, freezeId }, query: {} })
  const list = useAnswerPages(listFrozenMissing, { params: { unitId, freezeId, coverage } })
  const head = data?.coverages.find(({ id }) => id === coverage)
  const back = [
    { label: '覆盖率', to: `/coverage/${unitId}` },
    { label: '定格的覆盖率', to: `/coverage/${unitId}/kept/${freezeId}` },
  ]
  if (data === undefined || head === undefined)
    return (
      <Page title="定格的名单" breadcrumb={back}>
        <Panel>
          {error ? <ErrorNote error={error} retry={() => void refetch()} /> : null}
          {data === undefined && !error ? <Loading rows={8} /> : null}
          {data !== undefined && !error ? (
            <Missing
              title="没有这一项定格的名单"
              act={<Go to={`/coverage/${unitId}/kept/${freezeId}`}>看定格的覆盖率</Go>}
            />
          ) : null}
        </Panel>
      </Page>
    )
  return (
    <Page
      title={head.label}
      tabTitle="覆盖率"
      breadcrumb={back}
      lead={`${data.unit.name} · 数字截至${formatDate(data.asOf)} · ${data.frozen.frozenBy} ${formatMoment(data.frozen.frozenAt)} 定格`}
    >
      <Panel title="定格时的未完成名单" flush>
        {head.namesOpen ? (
          <MissingTable list={list} />
        ) : (
          <p className="quiet" style={{ padding: '0 24px 20px', margin: 0 }}>
            这一项的名单只对帮扶小组和规定的负责人开放,您可以看数字。
          </p>
        )}
      </Panel>
    </Page>
  )
}
