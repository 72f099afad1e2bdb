import { Segmented, theme } from 'antd'
import { useMemo, useState } from 'react'
import { getCoverageSplits } from '#contract/counts'
import { BarCell, type DataColumn, DataTable, EChart, ErrorNote, Loading, Panel, useAnswer } from '#web/platform'
import type { SplitGroup } from './coverage-answer.ts'
import { numberText, shareOf } from './share.ts'
import { type SplitRow, splitsOption, splitTitles, spokenSplits } from './splits-option.ts'

/** A coverage split into groups: a bar for each, and the same numbers as a table beside it. */
export function SplitsPanel({ unitId, coverage }: { unitId: string; coverage: number }) {
  const { data, error, refetch } = useAnswer(getCoverageSplits, { params: { unitId, coverage } })
  const [chosen, choose] = useState<SplitGroup['by']>()
  const groups = data?.groups.filter(({ rows }) => rows.length > 0) ?? []
  const group = groups.find(({ by }) => by === chosen) ?? groups[0]
  if (error && data === undefined) {
    return (
      <Panel title="分组情况">
        <ErrorNote error={error} retry={() => void refetch()} />
      </Panel>
    )
  }
  if (data === undefined) {
    return (
      <Panel title="分组情况">
        <Loading rows={4} />
      </Panel>
    )
  }
  if (group === undefined) return null
  return (
    <Panel
      title="分组情况"
      aside={
        <Segmented
          aria-label="怎样分组"
          value={group.by}
          onChange={choose}
          options={groups.map(({ by }) => ({ value: by, label: splitTitles[by] }))}
        />
      }
    >
      <SplitChart title={splitTitles[group.by]} rows={group.rows} />
      <SplitTable title={splitTitles[group.by]} rows={group.rows} />
    </Panel>
  )
}

function SplitChart({ title, rows }: { title: string; rows: readonly SplitRow[] }) {
  const { token } = theme.useToken()
  const { colorPrimary, colorBorder, colorText, colorBorderSecondary } = token
  const option = useMemo(
    () => splitsOption(rows, { done: colorPrimary, rest: colorBorder, text: colorText, line: colorBorderSecondary }),
    [rows, colorPrimary, colorBorder, colorText, colorBorderSecondary],
  )
  return <EChart option={option} label={spokenSplits(title, rows)} height={72 + rows.length * 40} />
}

function SplitTable({ title, rows }: { title: string; rows: readonly SplitRow[] }) {
  const showsReviewed = rows.some(({ reviewed }) => reviewed !== null)
  const columns: DataColumn<SplitRow>[] = [
    { key: 'label', title: title.replace('按', ''), width: 180, phone: 'title', render: ({ label }) => label },
    {
      key: 'share',
      title: '比例',
      width: 200,
      phone: 'bare',
      render: ({ met, need }) => <BarCell part={met} whole={need} />,
    },
    {
      key: 'need',
      title: '应有',
      width: 96,
      align: 'right',
      render: ({ need }) => <span className="number">{numberText(need)}</span>,
    },
    {
      key: 'met',
      title: '已有',
      width: 96,
      align: 'right',
      render: ({ met }) => <span className="number">{numberText(met)}</span>,
    },
    {
      key: 'left',
      title: '还差',
      width: 96,
      align: 'right',
      render: (row) => <span className="number">{numberText(shareOf(row).left)}</span>,
    },
    ...(showsReviewed
      ? [
          {
            key: 'reviewed',
            title: '其中已审',
            width: 96,
            align: 'right' as const,
            render: ({ reviewed }: SplitRow) => (
              <span className="number">{reviewed === null ? '—' : numberText(reviewed)}</span>
            ),
          },
        ]
      : []),
  ]
  return <DataTable<SplitRow> label={`${title}的数字`} rows={rows} rowKey={({ label }) => label} columns={columns} />
}
