import { Alert, Button, Watermark } from 'antd'
import { useState } from 'react'
import { type DataColumn, DataTable, Empty, formatDate, Panel, useGo, useMay, useMe } from '#web/platform'
import { UnitChoice } from '#web/students'
import { type Candidate, keyOf, useCandidates } from './candidates.ts'
import { KeyListingDrawer } from './key-listing-drawer.tsx'

const columnsFor = (mayDecide: boolean, onDecide: (row: Candidate) => void): DataColumn<Candidate>[] => [
  { key: 'name', title: '姓名', phone: 'title', render: (row) => row.name },
  { key: 'class', title: '班级', phone: 'bare', render: (row) => `${row.schoolName} ${row.className}` },
  { key: 'rule', title: '规则提出', phone: 'line', render: (row) => row.ruleLabel },
  { key: 'since', title: '自', phone: 'line', render: (row) => formatDate(row.since) },
  ...(mayDecide
    ? [
        {
          key: 'act',
          title: '',
          phone: 'aside',
          align: 'right',
          render: (row) => (
            <Button size="small" type="primary" onClick={() => onDecide(row)} aria-label={`研判 ${row.name}`}>
              研判
            </Button>
          ),
        } satisfies DataColumn<Candidate>,
      ]
    : []),
]

/** Proposed for special care, decided one by one; nothing of this list may ever be published. [C2 G3] */
export const KeyListingPanel = () => {
  const go = useGo()
  const me = useMe()
  const list = useCandidates('key-listing')
  const mayDecide = useMay('recognition.decide-key-listing')
  const [decided, setDecided] = useState<Candidate>()
  return (
    <>
      <Alert
        type="warning"
        showIcon
        style={{ marginBottom: 12 }}
        title="此名单不得公布"
        description="不公示、不张贴、不导出、不在群里转发,也不向无关的老师、学生和家长提起。打开和处理都会留下记录。"
      />
      <div className="list-tools">
        <UnitChoice unit={list.unit?.id} unitName={list.unit?.name} onChange={list.setUnit} />
        <span className="list-count quiet" role="status">
          {list.total === undefined ? '' : `共 ${list.total} 人待研判`}
        </span>
      </div>
      <Watermark content={`${me.name} ${me.today}`} font={{ color: 'rgba(0,0,0,0.06)' }}>
        <Panel flush>
          <DataTable
            label="待研判名单"
            rows={list.rows}
            rowKey={keyOf}
            columns={columnsFor(mayDecide, setDecided)}
            onOpen={(row) => go(`/students/${row.schoolId}/${row.studentId}`)}
            error={list.error}
            retry={list.retry}
            more={list.more}
            empty={<Empty title="没有等待研判的学生">规则提出新的学生时,会列在这里。</Empty>}
          />
        </Panel>
      </Watermark>
      {decided ? <KeyListingDrawer candidate={decided} onClose={() => setDecided(undefined)} /> : null}
    </>
  )
}
