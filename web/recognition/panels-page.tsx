import { Button, Tag } from 'antd'
import { useState } from 'react'
import { listPanels } from '#contract/flows'
import type { AnswerOf } from '#contract/platform'
import { panelSides } from '#contract/policies'
import { type DataColumn, DataTable, Empty, formatDate, Page, Panel, useAnswer, useGo } from '#web/platform'
import { ConveneDrawer, type WaitingUnit } from './convene-drawer.tsx'

type Sitting = AnswerOf<typeof listPanels>['panels'][number]

const columns: DataColumn<Sitting>[] = [
  { key: 'unit', title: '单位', phone: 'title', render: (row) => row.unitName },
  { key: 'title', title: '事项', phone: 'bare', render: (row) => row.title },
  { key: 'cases', title: '件数', phone: 'line', align: 'right', render: (row) => row.cases },
  { key: 'on', title: '组成于', phone: 'line', render: (row) => formatDate(row.convenedAt.slice(0, 10)) },
  {
    key: 'state',
    title: '',
    phone: 'aside',
    render: (row) =>
      row.closedAt ? <Tag>已结束</Tag> : <Tag color="processing">{row.isMember ? '等您评议' : '评议中'}</Tag>,
  },
]

const placeOf = ({ unitName, schoolName, mayAlone }: WaitingUnit): string =>
  mayAlone || unitName === schoolName ? unitName : `${schoolName} ${unitName}`

const howToSit = ({ sides, least, joins, mayAlone, joint }: WaitingUnit): string => {
  if (sides.length === 0) return '本地规定不设评议组'
  if (!mayAlone) return `可以在${joint?.unitName ?? ''}与其他班一起评议`
  const join = joins.length > 0 ? `;人数凑不齐的,由上一级(${joins.join('、')})组织联合评议` : ''
  return `至少 ${least} 人:${sides.map((side) => panelSides[side]).join('、')}${join}`
}

/** Sittings of mine and of my unit, and classes where cases wait for one. [C19] */
export const PanelsPage = () => {
  const go = useGo()
  const answer = useAnswer(listPanels, {})
  const [convening, setConvening] = useState<WaitingUnit>()
  const all = answer.data?.waiting ?? []
  const waiting = all.filter(({ mayAlone, joint }) => mayAlone || joint !== null)
  const together = (one: WaitingUnit): WaitingUnit[] =>
    waiting.filter(
      ({ flow, state, unitId, mayAlone, joint }) =>
        flow === one.flow &&
        state === one.state &&
        unitId !== one.unitId &&
        !mayAlone &&
        joint?.unitId === one.joint?.unitId,
    )
  return (
    <Page title="评议" breadcrumb={[{ label: '办理', to: '/flows' }]} lead="一人一票,与自己有亲属关系的自动回避。">
      {waiting.length > 0 ? (
        <Panel title="等待组成评议组">
          <ul className="plain-list">
            {waiting.map((one) => (
              <li key={`${one.flow} ${one.state} ${one.unitId}`} className="now-item">
                <div>
                  <div>
                    <span className="strong">{placeOf(one)}</span> {one.cases} 件{one.title},{one.stateLabel}
                  </div>
                  <div className="quiet">{howToSit(one)}</div>
                </div>
                {one.sides.length > 0 ? (
                  <Button
                    type={waiting.length === 1 ? 'primary' : 'default'}
                    onClick={() => setConvening(one)}
                    aria-label={`为 ${one.unitName} ${one.mayAlone ? '组成评议组' : '组织联合评议'}`}
                  >
                    {one.mayAlone ? '组成评议组' : '联合评议'}
                  </Button>
                ) : null}
              </li>
            ))}
          </ul>
        </Panel>
      ) : null}
      <Panel flush>
        <DataTable
          label="评议"
          rows={answer.data?.panels}
          rowKey={({ id }) => id}
          columns={columns}
          onOpen={({ id }) => go(`/flows/panels/${id}`)}
          error={answer.error}
          retry={() => void answer.refetch()}
          empty={<Empty title="还没有评议">有申请等待评议时,上面会列出班级。</Empty>}
        />
      </Panel>
      {convening ? (
        <ConveneDrawer waiting={convening} others={together(convening)} onClose={() => setConvening(undefined)} />
      ) : null}
    </Page>
  )
}
