import type { ReactNode } from 'react'

/** A share as written on screen: `87.3%`; `—` when there is nothing to divide by. */
export const shareOf = (part: number, whole: number): string =>
  whole === 0 ? '—' : `${(Math.floor((part / whole) * 1000) / 10).toFixed(1).replace(/\.0$/, '')}%`

/** `还有 12 名学生没有家访`, or `done` in words when none is left. */
export const CountText = (props: { left: number; of: string; done: string; unit?: string }) =>
  props.left === 0 ? (
    <span>{props.done}</span>
  ) : (
    <span>
      还有 <b className="number">{props.left.toLocaleString('zh-CN')}</b> {props.unit ?? '名学生'}
      {props.of}
    </span>
  )

/** One number with its name. With `onOpen` it opens into what it counts. */
export const Figure = (props: {
  label: string
  value: number | string | null
  note?: ReactNode
  onOpen?: () => void
}) => {
  const value = typeof props.value === 'number' ? props.value.toLocaleString('zh-CN') : (props.value ?? '—')
  return (
    <div className="figure">
      <div className="quiet">{props.label}</div>
      {props.onOpen ? (
        <button
          type="button"
          className="link-button"
          onClick={props.onOpen}
          aria-label={`${props.label} ${value},打开名单`}
        >
          <span className="figure-value number">{value}</span>
        </button>
      ) : (
        <div className="figure-value number">{value}</div>
      )}
      {props.note ? <div className="quiet">{props.note}</div> : null}
    </div>
  )
}

/** A share as a bar with its number beside it, for tables. */
export const BarCell = ({ part, whole }: { part: number; whole: number }) => (
  <div className="bar-cell">
    <div className="bar-track" aria-hidden>
      <span className="bar-fill" style={{ width: whole === 0 ? 0 : `${Math.min(100, (part / whole) * 100)}%` }} />
    </div>
    <span className="number">{shareOf(part, whole)}</span>
  </div>
)
