import { Flex, Tag } from 'antd'
import { useState } from 'react'
import { listImportRows } from '#contract/imports'
import { type DataColumn, DataTable, Empty, ErrorNote, Loading, useAnswer } from '#web/platform'
import { type FaultLine, faultLines, type ImportRow, type OutcomeTab, outcomeWords } from './outcomes.ts'
import { PageTurner } from './page-turner.tsx'

/** The rows of one outcome, fifty at a time: which row, who, and what is new, changed or wrong. */
export function OutcomeRows({ importId, tab }: { importId: string; tab: OutcomeTab }) {
  const [starts, setStarts] = useState<readonly number[]>([0])
  const after = starts.at(-1) ?? 0
  const { data, error, isPending } = useAnswer(
    listImportRows,
    { params: { importId }, query: { outcome: tab, after } },
    { keepLast: true },
  )
  if (error) return <ErrorNote error={error} />
  if (isPending || data === undefined) return <Loading />
  if (data.rows.length === 0) return <Empty title={outcomeWords[tab].empty} />
  const showsFaults = tab === 'faults' || tab === 'refused'
  return (
    <Flex vertical gap={12}>
      {showsFaults ? <FaultTable lines={faultLines(data.rows)} /> : <RowTable rows={data.rows} tab={tab} />}
      <PageTurner
        page={starts.length}
        onBack={starts.length > 1 ? () => setStarts(starts.slice(0, -1)) : undefined}
        onNext={data.after === null ? undefined : () => setStarts([...starts, data.after ?? 0])}
      />
    </Flex>
  )
}

const faultColumns: readonly DataColumn<FaultLine>[] = [
  {
    key: 'row',
    title: '行',
    width: 72,
    align: 'right',
    phone: 'aside',
    render: ({ row }) => <span className="number">{`第 ${row} 行`}</span>,
  },
  { key: 'title', title: '姓名', width: 140, phone: 'title', render: ({ title }) => title },
  { key: 'column', title: '列', width: 160, render: ({ column }) => column },
  {
    key: 'value',
    title: '表里写的',
    width: 240,
    render: ({ value }) => (value === '' ? <span className="quiet">(空)</span> : value),
  },
  { key: 'reason', title: '原因', width: 320, render: ({ reason }) => reason },
  { key: 'effect', title: '结果', width: 140, render: ({ effect }) => <Tag>{effect}</Tag> },
]

function FaultTable({ lines }: { lines: readonly FaultLine[] }) {
  return <DataTable<FaultLine> label="有问题的格" rows={lines} rowKey={({ key }) => key} columns={faultColumns} />
}

function RowTable({ rows, tab }: { rows: readonly ImportRow[]; tab: OutcomeTab }) {
  const changed = tab === 'changed'
  const columns: DataColumn<ImportRow>[] = [
    {
      key: 'row',
      title: '行',
      width: 88,
      align: 'right',
      phone: 'aside',
      render: ({ row }) => <span className="number">{`第 ${row} 行`}</span>,
    },
    { key: 'title', title: '姓名', width: 140, phone: 'title', render: ({ title }) => title },
    {
      key: 'what',
      title: changed ? '改了什么' : '内容',
      width: 560,
      phone: 'bare',
      render: ({ changes, cells }) =>
        changed && changes.length > 0
          ? changes.join(';')
          : cells.map(({ label, value }) => `${label} ${value}`).join(' · '),
    },
    { key: 'faults', title: '顺带提醒', width: 280, phone: 'bare', render: (row) => <Faults row={row} /> },
  ]
  return (
    <DataTable<ImportRow>
      label={outcomeWords[tab].label}
      rows={rows}
      rowKey={({ row }) => String(row)}
      columns={columns}
    />
  )
}

function Faults({ row }: { row: ImportRow }) {
  if (row.faults.length === 0) return null
  return <span className="heed">{row.faults.map(({ column, reason }) => `${column}:${reason}`).join(';')}</span>
}
