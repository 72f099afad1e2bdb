import { Tag } from 'antd'
import type { ReactNode } from 'react'
import { type UnitNode, unitKinds } from '#contract/organisations'
import { type DataColumn, DataTable, Empty, Panel, useGo } from '#web/platform'
import { childrenOf, urbanLabel } from './tree-rows.ts'

const columns: readonly DataColumn<UnitNode>[] = [
  {
    key: 'name',
    title: '单位',
    width: 260,
    phone: 'title',
    render: ({ name, closedOn }) => (
      <>
        {name} {closedOn === null ? null : <Tag>已撤销</Tag>}
      </>
    ),
  },
  { key: 'kind', title: '类别', width: 140, phone: 'aside', render: ({ kind }) => unitKinds[kind].label },
  {
    key: 'code',
    title: '标识码',
    width: 140,
    phone: 'hidden',
    render: ({ code }) => <span className="number">{code ?? '—'}</span>,
  },
  { key: 'urban', title: '城乡', width: 96, phone: 'hidden', render: ({ urban }) => urbanLabel(urban) ?? '—' },
  {
    key: 'children',
    title: '下级',
    width: 96,
    align: 'right',
    phone: 'hidden',
    render: ({ children }) => (children > 0 ? children : '—'),
  },
]

/** The units right below one. */
export function ChildrenPanel({ unitId, units, act }: { unitId: string; units: readonly UnitNode[]; act: ReactNode }) {
  const go = useGo()
  return (
    <Panel title={`下级单位 ${units.length}`} aside={act} flush>
      <DataTable<UnitNode>
        label="下级单位"
        rows={childrenOf(units, unitId)}
        rowKey={({ id }) => id}
        columns={columns}
        onOpen={({ id }) => go(`/units/${id}`)}
        empty={<Empty title="没有下级单位" />}
      />
    </Panel>
  )
}
