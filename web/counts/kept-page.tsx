import { Alert } from 'antd'
import { getFrozenCoverage } from '#contract/counts'
import { ErrorNote, formatDate, formatMoment, Loading, Page, Panel, useAddress, useAnswerPages } from '#web/platform'
import { NamesAt, namesKept } from './coverage-answer.ts'
import { CoverageFigures } from './coverage-figures.tsx'
import { useLaidOut } from './laid-out.tsx'

/** A coverage page as it was known when somebody kept it. [C12] */
export const KeptPage = () => {
  const { unitId, freezeId } = useAddress<'unitId' | 'freezeId'>()
  const laid = useLaidOut()
  const { pages, error, retry, more } = useAnswerPages(getFrozenCoverage, {
    params: { unitId, freezeId },
    query: laid.asked,
  })
  const [data, ...further] = pages ?? []
  if (data === undefined)
    return (
      <Page title="定格的覆盖率" breadcrumb={[{ label: '覆盖率', to: `/coverage/${unitId}` }]}>
        <Panel>{error ? <ErrorNote error={error} retry={retry} /> : <Loading rows={8} />}</Panel>
      </Page>
    )
  const { frozen, unit, periodLabel, asOf } = data
  return (
    <Page
      title={`${unit.name} · 定格的覆盖率`}
      tabTitle="覆盖率"
      breadcrumb={[{ label: '覆盖率', to: `/coverage/${unitId}` }]}
      lead={`${periodLabel} · 数字截至${formatDate(asOf)}`}
    >
      <Alert
        type="info"
        showIcon
        style={{ marginBottom: 16 }}
        title={`${frozen.frozenBy} ${formatMoment(frozen.frozenAt)} 定格${frozen.note === '' ? '' : `:${frozen.note}`}`}
        description="这里是当时所知的数字和名单,以后的更正不改变这一页。"
      />
      <NamesAt value={namesKept(unitId, freezeId)}>
        <CoverageFigures pages={[data, ...further]} more={more} laid={laid} />
      </NamesAt>
    </Page>
  )
}
