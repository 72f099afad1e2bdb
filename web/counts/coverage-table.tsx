import { type DataColumn, DataTable, Go } from '#web/platform'
import type { CoverageHead, CoverageRow, Figures } from './coverage-answer.ts'
import { FigureCell } from './figure-cell.tsx'

interface Props {
  readonly unitId: string
  readonly coverages: readonly CoverageHead[]
  readonly rows: readonly CoverageRow[]
  readonly total: Figures
  readonly totalLabel: string
}

/** Units below as rows, coverages as columns; the sum of all stands first so that it needs no scrolling. */
export function CoverageTable({ unitId, coverages, rows, total, totalLabel }: Props) {
  const sum: CoverageRow = { unitId, name: totalLabel, kind: '', drill: false, figures: total }
  const columns: DataColumn<CoverageRow>[] = [
    {
      key: 'unit',
      title: '单位',
      width: 180,
      render: (row) =>
        row.drill ? (
          <Go to={`/coverage/${row.unitId}`}>{row.name}</Go>
        ) : (
          <span className={row === sum ? 'strong' : ''}>{row.name}</span>
        ),
    },
    ...coverages.map((head) => ({
      key: String(head.id),
      title: head.label,
      width: 150,
      render: (row: CoverageRow) => (
        <FigureCell unitId={row.unitId} head={head} figure={row.figures[String(head.id)]} />
      ),
    })),
  ]
  return (
    <DataTable<CoverageRow>
      label="下级单位的六项覆盖"
      rows={[sum, ...rows]}
      rowKey={(row) => (row === sum ? 'sum' : row.unitId)}
      columns={columns}
    />
  )
}
