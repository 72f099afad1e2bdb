import { Button, Checkbox, Table, type TableColumnType } from 'antd'
import type { Key, KeyboardEvent, MouseEvent, ReactNode } from 'react'
import { Loading } from './loading.tsx'
import { Empty, ErrorNote } from './notes.tsx'
import { useIsPhone } from './reading.tsx'

export interface DataColumn<Row> {
  readonly key: string
  readonly title: string
  readonly render: (row: Row) => ReactNode
  readonly width?: number | string
  readonly align?: 'left' | 'right' | 'center'
  /** Where it stands on a phone's card: `title`, `aside` (right), `line` (its own line, with the name), or not at all. */
  readonly phone?: 'title' | 'aside' | 'line' | 'bare' | 'hidden'
}

export interface DataTableProps<Row> {
  /** Read out as the name of the table. */
  readonly label: string
  readonly rows: readonly Row[] | undefined
  readonly rowKey: (row: Row) => string
  readonly columns: readonly DataColumn<Row>[]
  readonly onOpen?: (row: Row) => void
  readonly error?: unknown
  readonly retry?: () => void
  readonly empty?: ReactNode
  /** Chosen rows by key, and the acts offered for them. */
  readonly selection?: {
    readonly keys: readonly string[]
    readonly onChange: (keys: string[]) => void
    readonly acts: ReactNode
  }
  readonly more?: { readonly has: boolean; readonly loading: boolean; readonly load: () => void }
  readonly expand?: { readonly has: (row: Row) => boolean; readonly show: (row: Row) => ReactNode }
  readonly footer?: ReactNode
}

/** Rows to compare on a desk, cards on a phone; up, down, enter and space by keyboard. */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const phone = useIsPhone()
  if (props.error && !props.rows)
    return <ErrorNote error={props.error} {...(props.retry ? { retry: props.retry } : {})} />
  if (!props.rows) return <Loading />
  if (props.rows.length === 0) return props.empty ?? <Empty title="没有内容" />
  return (
    <>
      {phone ? <Cards {...props} rows={props.rows} /> : <Rows {...props} rows={props.rows} />}
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

type Shown<Row> = DataTableProps<Row> & { readonly rows: readonly Row[] }

const toggled = (keys: readonly string[], key: string): string[] =>
  keys.includes(key) ? keys.filter((other) => other !== key) : [...keys, key]

// A click on a button of the row, or in a menu such a button opened, is not a click on the row.
const isOnControl = ({ target, currentTarget }: MouseEvent<HTMLElement>): boolean =>
  target instanceof Element && (!currentTarget.contains(target) || target.closest('button, a, input, label') !== null)

function Rows<Row extends object>(props: Shown<Row>) {
  const { selection, onOpen } = props
  const onKeyDown = (row: Row) => (event: KeyboardEvent<HTMLElement>) => {
    // Keys pressed in a button or a checkbox of the row are theirs.
    if (event.target !== event.currentTarget) return
    const step =
      event.key === 'ArrowDown' ? 'nextElementSibling' : event.key === 'ArrowUp' ? 'previousElementSibling' : undefined
    if (step) (event.currentTarget[step] as HTMLElement | null)?.focus()
    if (event.key === 'Enter') onOpen?.(row)
    if (event.key === ' ' && selection) selection.onChange(toggled(selection.keys, props.rowKey(row)))
    if (step || event.key === ' ') event.preventDefault()
  }
  const columns: TableColumnType<Row>[] = props.columns.map((column) => ({
    key: column.key,
    title: column.title,
    render: (_: unknown, row: Row) => column.render(row),
    ...(column.width === undefined ? {} : { width: column.width }),
    ...(column.align === undefined ? {} : { align: column.align }),
  }))
  return (
    <Table<Row>
      aria-label={props.label}
      dataSource={props.rows as Row[]}
      rowKey={props.rowKey}
      columns={columns}
      pagination={false}
      sticky
      size="middle"
      scroll={{ x: 'max-content' }}
      onRow={(row, index) => ({
        tabIndex: index === 0 ? 0 : -1,
        className: onOpen ? 'table-row' : '',
        onKeyDown: onKeyDown(row),
        onClick: (event) => {
          if (!isOnControl(event)) onOpen?.(row)
        },
      })}
      {...(selection
        ? {
            rowSelection: {
              selectedRowKeys: selection.keys as Key[],
              onChange: (keys: Key[]) => selection.onChange(keys.map(String)),
              columnWidth: 48,
              getTitleCheckboxProps: () => ({ 'aria-label': '选择本页全部' }),
              getCheckboxProps: () => ({ 'aria-label': '选择这一行' }),
              onCell: () => ({ onClick: (event) => event.stopPropagation() }),
            },
          }
        : {})}
      {...(props.expand
        ? { expandable: { rowExpandable: props.expand.has, expandedRowRender: props.expand.show } }
        : {})}
    />
  )
}

// What a row does not have is not named on its card.
const Line = ({ title, content }: { title: string; content: ReactNode }) =>
  content === null || content === undefined || content === '' ? null : (
    <div className="card-line">
      <span className="quiet">{title}</span>
      <span>{content}</span>
    </div>
  )

function Cards<Row extends object>(props: Shown<Row>) {
  const at = (place: DataColumn<Row>['phone']) => props.columns.filter((column) => (column.phone ?? 'line') === place)
  const title = at('title')[0] ?? props.columns[0]
  const { selection, onOpen } = props
  return (
    <ul className="cards" aria-label={props.label}>
      {props.rows.map((row) => {
        const key = props.rowKey(row)
        return (
          <li className="card-row" key={key}>
            {selection ? (
              <Checkbox
                aria-label="选择这一项"
                checked={selection.keys.includes(key)}
                onChange={() => selection.onChange(toggled(selection.keys, key))}
              />
            ) : null}
            <div className="card-body">
              {onOpen ? (
                <button type="button" className="card-open" onClick={() => onOpen(row)}>
                  {title?.render(row)}
                </button>
              ) : (
                <div className="strong">{title?.render(row)}</div>
              )}
              {at('bare').map((column) => (
                <div className="card-line" key={column.key}>
                  {column.render(row)}
                </div>
              ))}
              {at('line').map((column) => (
                <Line key={column.key} title={column.title} content={column.render(row)} />
              ))}
              {props.expand?.has(row) ? props.expand.show(row) : null}
            </div>
            <div className="card-aside">
              {at('aside').map((column) => (
                <div key={column.key}>{column.render(row)}</div>
              ))}
            </div>
          </li>
        )
      })}
    </ul>
  )
}
