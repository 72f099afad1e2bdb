import { Segmented, theme } from 'antd'
import { useMemo, useState } from 'react'
import { getCoverageSplits } from '#contract/counts'
import { type DataColumn, DataTable, EChart, ErrorNote, Loading, Panel, useAnswer, useIsPhone } from '#web/platform'
import type { SplitGroup } from './coverage-answer.ts'
import { numberText, reviewedText, shareOf } from './share.ts'
import { type SplitRow, splitsOption, splitTitles, spokenSplits } from './splits-option.ts'

/** A coverage split into groups: a bar for each, and the same numbers as a table beside it. */
export function SplitsPanel({ unitId, coverage, on }: { unitId: string; coverage: number; on?: string | undefined }) {
  const { data, error, refetch } = useAnswer(getCoverageSplits, {
    params: { unitId, coverage },
    query: on ? { on } : {},
  })
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
        groups.length < 2 ? (
          <span className="quiet">{splitTitles[group.by]}</span>
        ) : (
          <Segmented
            aria-label="怎样分组"
            value={group.by}
            onChange={choose}
            options={groups.map(({ by }) => ({ value: by, label: splitTitles[by] }))}
          />
        )
      }
    >
      <div style={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(min(420px, 100%), 1fr))', gap: 24 }}>
        <SplitChart title={splitTitles[group.by]} rows={group.rows} />
        <SplitTable title={splitTitles[group.by]} rows={group.rows} />
      </div>
    </Panel>
  )
}

function SplitChart({ title, rows }: { title: string; rows: readonly SplitRow[] }) {
  const { token } = theme.useToken()
  const { colorPrimary, colorBorder, colorText, colorBorderSecondary, fontFamily, fontSize } = token
  const option = useMemo(
    () =>
      splitsOption(rows, {
        done: colorPrimary,
        rest: colorBorder,
        text: colorText,
        line: colorBorderSecondary,
        font: fontFamily,
        size: fontSize - 1,
      }),
    [rows, colorPrimary, colorBorder, colorText, colorBorderSecondary, fontFamily, fontSize],
  )
  return <EChart option={option} label={spokenSplits(title, rows)} height={72 + rows.length * 40} />
}

function SplitTable({ title, rows }: { title: string; rows: readonly SplitRow[] }) {
  const isPhone = useIsPhone()
  const showsReviewed = rows.some(({ reviewed }) => reviewed !== null)
  const figureOf = (key: string, name: string, read: (row: SplitRow) => string): DataColumn<SplitRow> => ({
    key,
    title: name,
    width: 72,
    align: 'right',
    phone: 'hidden',
    render: (row) => <span className="number">{read(row)}</span>,
  })
  const columns: DataColumn<SplitRow>[] = [
    { key: 'label', title: title.replace('按', ''), width: 110, phone: 'title', render: ({ label }) => label },
    {
      key: 'share',
      title: '比例',
      width: 72,
      align: 'right',
      phone: 'aside',
      render: (row) => <span className="number">{shareOf(row).percent}</span>,
    },
    figureOf('need', '应有', ({ need }) => numberText(need)),
    figureOf('met', '已有', ({ met }) => numberText(met)),
    figureOf('left', '还差', (row) => numberText(shareOf(row).left)),
    ...(showsReviewed
      ? [figureOf('reviewed', '其中已审', ({ reviewed }) => (reviewed === null ? '—' : numberText(reviewed)))]
      : []),
  ]
  // A phone has no room for the columns; the same numbers stand in one line.
  if (isPhone)
    columns.push({
      key: 'line',
      title: '',
      phone: 'bare',
      render: (row) => <span className="quiet number">{lineOf(row)}</span>,
    })
  return <DataTable<SplitRow> label={`${title}的数字`} rows={rows} rowKey={({ label }) => label} columns={columns} />
}

const lineOf = (row: SplitRow): string =>
  [
    `应有 ${numberText(row.need)}`,
    `已有 ${numberText(row.met)}`,
    `还差 ${numberText(shareOf(row).left)}`,
    reviewedText(row),
  ]
    .filter((part) => part !== undefined)
    .join(' · ')
