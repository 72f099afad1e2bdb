import type { ReactNode } from 'react'
import { type DataColumn, type ShownTable, toggled } from './data-column.ts'

// What a row does not have is not named on its card.
const Line = ({ title, content }: { title: string; content: ReactNode }) =>
  content === null || content === undefined || content === '' ? null : (
    <div className="card-line">
      <span className="quiet">{title}</span>
      <span>{content}</span>
    </div>
  )

/** The same rows as cards, for one hand. */
export function TableCards<Row extends object>(props: ShownTable<Row>) {
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
              <input
                type="checkbox"
                className="tick"
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
