import { type DataColumn, DataTable, Go, type Pages } from '#web/platform'
import type { CoverageHead, CoverageRow, Figures } from './coverage-answer.ts'
import { FigureCell } from './figure-cell.tsx'

interface Props {
  readonly unitId: string
  readonly coverages: readonly CoverageHead[]
  readonly rows: readonly CoverageRow[]
  readonly total: Figures
  readonly totalLabel: string
  readonly more: Pages<unknown>['more']
}

/** A school's name fits on one line, two at most. */
const nameWidth = 200
const figureWidth = 128

/** Units below as rows, coverages as columns; the sum of all stands first so that it needs no scrolling. */
export function CoverageTable({ unitId, coverages, rows, total, totalLabel, more }: Props) {
  const sum: CoverageRow = { unitId, name: totalLabel, kind: '', drill: false, figures: total }
  const columns: DataColumn<CoverageRow>[] = [
    {
      key: 'unit',
      title: '单位',
      pinned: true,
      render: (row) => (
        <div style={{ width: nameWidth }}>
          {row.drill ? (
            <Go to={`/coverage/${row.unitId}`}>{row.name}</Go>
          ) : (
            <span className={row === sum ? 'strong' : ''}>{row.name}</span>
          )}
        </div>
      ),
    },
    ...coverages.map((head) => ({
      key: String(head.id),
      title: head.short,
      fullTitle: head.label,
      width: figureWidth,
      render: (row: CoverageRow) => (
        <FigureCell unitId={row.unitId} head={head} figure={row.figures[String(head.id)]} />
      ),
    })),
  ]
  return (
    <section className="table-wide" aria-label="下级单位的各项覆盖">
      <DataTable<CoverageRow>
        label="下级单位的六项覆盖"
        rows={[sum, ...rows]}
        rowKey={(row) => (row === sum ? 'sum' : row.unitId)}
        columns={columns}
        more={more}
      />
    </section>
  )
}
