import { Button } from 'antd'
import type { DataTableProps } from './data-column.ts'
import { Loading } from './loading.tsx'
import { Empty, ErrorNote } from './notes.tsx'
import { useIsPhone } from './reading.tsx'
import { TableCards } from './table-cards.tsx'
import { TableRows } from './table-rows.tsx'

/** Rows to compare on a desk, cards on a phone; up, down, enter and space by keyboard. */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const phone = useIsPhone()
  if (props.error && !props.rows)
    return <ErrorNote error={props.error} {...(props.retry ? { retry: props.retry } : {})} />
  if (!props.rows) return <Loading />
  if (props.rows.length === 0) return props.empty ?? <Empty title="没有内容" />
  return (
    <>
      {phone ? <TableCards {...props} rows={props.rows} /> : <TableRows {...props} rows={props.rows} />}
      {props.more?.has ? (
        <div className="list-more">
          <Button onClick={props.more.load} loading={props.more.loading}>
            再看 50 条
          </Button>
        </div>
      ) : null}
      {props.footer}
      {props.selection && props.selection.keys.length > 0 ? (
        <section className="bulk" aria-label="对所选的操作">
          <span>已选 {props.selection.keys.length} 项</span>
          {props.selection.acts}
          <Button type="text" onClick={() => props.selection?.onChange([])}>
            取消选择
          </Button>
        </section>
      ) : null}
    </>
  )
}
