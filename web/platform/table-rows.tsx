import { type KeyboardEvent, type MouseEvent, useEffect, useRef } from 'react'
import { type DataColumn, type ShownTable, toggled } from './data-column.ts'

// A click on a control of the row, or in a menu such a control opened, is not a click on the row.
const isOnControl = ({ target, currentTarget }: MouseEvent<HTMLElement>): boolean =>
  target instanceof Element && (!currentTarget.contains(target) || target.closest('button, a, input, label') !== null)

/** The rows as a plain table under a sticky head: a thousand of them stay quick. Up, down, enter and space by keyboard. */
export function TableRows<Row extends object>(props: ShownTable<Row>) {
  const { selection, onOpen } = props
  const chosen = new Set(selection?.keys)
  const onKeyDown = (event: KeyboardEvent<HTMLTableRowElement>, row: Row, key: string): void => {
    // Keys pressed in a control of the row are the control's.
    if (event.target !== event.currentTarget) return
    const { nextElementSibling, previousElementSibling } = event.currentTarget
    const beside =
      event.key === 'ArrowDown' ? nextElementSibling : event.key === 'ArrowUp' ? previousElementSibling : undefined
    if (beside instanceof HTMLElement) beside.focus()
    if (event.key === 'Enter') onOpen?.(row)
    if (event.key === ' ') selection?.onChange(toggled(selection.keys, key))
    if (beside !== undefined || event.key === ' ') event.preventDefault()
  }
  return (
    <table className="table" aria-label={props.label}>
      <thead>
        <tr>
          {selection ? (
            <th scope="col" className="table-tick">
              <TickAll
                all={props.rows.length}
                chosen={chosen.size}
                onChange={(on) => selection.onChange(on ? props.rows.map(props.rowKey) : [])}
              />
            </th>
          ) : null}
          {props.columns.map((column) => (
            <Head key={column.key} column={column} />
          ))}
        </tr>
      </thead>
      <tbody>
        {props.rows.map((row, index) => {
          const key = props.rowKey(row)
          return (
            <tr
              key={key}
              tabIndex={index === 0 ? 0 : -1}
              className={onOpen ? 'table-row' : undefined}
              data-chosen={chosen.has(key) || undefined}
              onKeyDown={(event) => onKeyDown(event, row, key)}
              onClick={(event) => {
                if (!isOnControl(event)) onOpen?.(row)
              }}
            >
              {selection ? (
                <td className="table-tick">
                  <input
                    type="checkbox"
                    className="tick"
                    aria-label="选择这一行"
                    checked={chosen.has(key)}
                    onChange={() => selection.onChange(toggled(selection.keys, key))}
                  />
                </td>
              ) : null}
              {props.columns.map((column) => (
                <td key={column.key} align={column.align} className={pinned(column)}>
                  {column.render(row)}
                </td>
              ))}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

const pinned = <Row,>({ pinned }: DataColumn<Row>): string | undefined => (pinned ? 'table-pinned' : undefined)

function Head<Row>({ column }: { column: DataColumn<Row> }) {
  const width = column.width === undefined ? {} : { width: column.width }
  return column.title === '' ? (
    <td style={width} />
  ) : (
    <th
      scope="col"
      align={column.align}
      style={width}
      className={pinned(column)}
      {...(column.fullTitle === undefined ? {} : { title: column.fullTitle })}
    >
      {column.title}
    </th>
  )
}

/** Ticks or clears all rows shown; half-ticked when only some are. */
const TickAll = ({ all, chosen, onChange }: { all: number; chosen: number; onChange: (on: boolean) => void }) => {
  const box = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (box.current) box.current.indeterminate = chosen > 0 && chosen < all
  }, [chosen, all])
  return (
    <input
      ref={box}
      type="checkbox"
      className="tick"
      aria-label="选择列出的全部"
      checked={chosen > 0 && chosen === all}
      onChange={(event) => onChange(event.target.checked)}
    />
  )
}
