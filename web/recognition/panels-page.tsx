import { Button, Tag } from 'antd'
import { useState } from 'react'
import { listPanels } from '#contract/flows'
import type { AnswerOf } from '#contract/platform'
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

/** Sittings of mine and of my unit, and classes where cases wait for one. [C19] */
export const PanelsPage = () => {
  const go = useGo()
  const answer = useAnswer(listPanels, {})
  const [convening, setConvening] = useState<WaitingUnit>()
  const waiting = answer.data?.waiting ?? []
  return (
    <Page title="评议" breadcrumb={[{ label: '办理', to: '/flows' }]} lead="一人一票,与自己有亲属关系的自动回避。">
      {waiting.length > 0 ? (
        <Panel title="等待组成评议组">
          <ul className="plain-list">
            {waiting.map((one) => (
              <li key={`${one.flow} ${one.state} ${one.unitId}`} className="now-item">
                <span>
                  <b>{one.unitName}</b> {one.cases} 件{one.title},{one.stateLabel}
                </span>
                {one.sides.length > 0 ? (
                  <Button type="primary" onClick={() => setConvening(one)} aria-label={`为 ${one.unitName} 组成评议组`}>
                    组成评议组
                  </Button>
                ) : (
                  <span className="quiet">本地规定不设评议组</span>
                )}
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
      {convening ? <ConveneDrawer waiting={convening} onClose={() => setConvening(undefined)} /> : null}
    </Page>
  )
}
