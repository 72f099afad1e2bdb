import { HomeOutlined } from '@ant-design/icons'
import { Tag } from 'antd'
import { useState } from 'react'
import type { AnswerOf } from '#contract/platform'
import { listMine } from '#contract/records'
import { type DataColumn, DataTable, Empty, Go, Panel, useAnswerPages } from '#web/platform'
import { hasManySchools, lineColumns, lineKey } from './record-lines.tsx'
import { RecordView } from './record-view.tsx'

type Mine = AnswerOf<typeof listMine>['records'][number]

const visits = { query: { kind: 'home-visit' } }

const stateTags = {
  waiting: <Tag>待审核</Tag>,
  reviewed: <Tag color="success">已审核</Tag>,
  withdrawn: <Tag>已撤回</Tag>,
} as const

const state: DataColumn<Mine> = {
  key: 'state',
  title: '审核',
  width: 110,
  phone: 'aside',
  render: (row) => (row.state === null ? null : stateTags[row.state]),
}

/** The visits this person wrote, newest first. */
export const MyVisits = () => {
  const [opened, setOpened] = useState<Mine>()
  const list = useAnswerPages(listMine, visits)
  const rows = list.pages?.flatMap(({ records }) => records)
  return (
    <Panel flush>
      <DataTable
        label="我的家访"
        rows={rows}
        rowKey={lineKey}
        columns={[...lineColumns<Mine>(hasManySchools(rows)), state]}
        onOpen={setOpened}
        error={list.error}
        retry={list.retry}
        more={list.more}
        empty={
          <Empty title="您还没有记过家访" mark={<HomeOutlined />} act={<Go to="/students">去选学生</Go>}>
            打开学生的档案,从“记一笔”写下来;没有网络时也能写。
          </Empty>
        }
      />
      <RecordView schoolId={opened?.schoolId ?? ''} recordId={opened?.id} onClose={() => setOpened(undefined)} />
    </Panel>
  )
}
