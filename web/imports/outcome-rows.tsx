import { Tag } from 'antd'
import { listImportRows } from '#contract/imports'
import { type DataColumn, DataTable, Empty, useAnswerPages } from '#web/platform'
import { type FaultLine, faultLines, type ImportRow, type OutcomeTab, outcomeWords } from './outcomes.ts'

// the name of a sheet may go on a line of its own, the number of a row not
const unbroken = (place: string): string => place.replace(/第 (\d+) 行/, '第\u00a0$1\u00a0行')

/** The rows of one outcome, fifty at a time: which row, who, and what is new, changed or wrong. */
export function OutcomeRows({ importId, tab }: { importId: string; tab: OutcomeTab }) {
  const { pages, error, retry, more } = useAnswerPages(listImportRows, {
    params: { importId },
    query: { outcome: tab },
  })
  const state = { error: error ?? undefined, retry, more, empty: <Empty title={outcomeWords[tab].empty} /> }
  const rows = pages?.flatMap((page) => page.rows)
  if (tab === 'faults' || tab === 'refused') {
    const lines = rows === undefined ? undefined : faultLines(rows)
    return (
      <DataTable<FaultLine>
        label="有问题的格"
        rows={lines}
        rowKey={({ key }) => key}
        columns={faultColumns}
        {...state}
      />
    )
  }
  return (
    <DataTable<ImportRow>
      label={outcomeWords[tab].label}
      rows={rows}
      rowKey={({ row }) => String(row)}
      columns={rowColumns(tab === 'changed', rows?.some(({ faults }) => faults.length > 0) ?? false)}
      {...state}
    />
  )
}

const faultColumns: readonly DataColumn<FaultLine>[] = [
  {
    key: 'row',
    title: '行',
    width: 132,
    phone: 'aside',
    render: ({ place }) => <span className="number">{unbroken(place)}</span>,
  },
  {
    key: 'title',
    title: '姓名',
    width: 140,
    phone: 'title',
    render: ({ title }) => title || <span className="quiet">没有姓名</span>,
  },
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

const rowColumns = (changed: boolean, reminded: boolean): DataColumn<ImportRow>[] => [
  {
    key: 'row',
    title: '行',
    width: 132,
    phone: 'aside',
    render: ({ place }) => <span className="number">{unbroken(place)}</span>,
  },
  {
    key: 'title',
    title: '姓名',
    width: 140,
    phone: 'title',
    render: ({ title }) => title || <span className="quiet">没有姓名</span>,
  },
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
  ...(reminded
    ? [
        {
          key: 'faults',
          title: '顺带提醒',
          width: 280,
          phone: 'bare' as const,
          render: (row: ImportRow) => <Faults row={row} />,
        },
      ]
    : []),
]

function Faults({ row }: { row: ImportRow }) {
  if (row.faults.length === 0) return null
  return <span className="heed">{row.faults.map(({ column, reason }) => `${column}:${reason}`).join(';')}</span>
}
