import { theme } from 'antd'
import { type KeyboardEvent, type ReactNode, useId } from 'react'

export interface TabbedPart {
  readonly key: string
  readonly label: string
  readonly show: () => ReactNode
}

interface Props {
  /** Read out as the name of the row of tabs. */
  readonly label: string
  readonly tabs: readonly TabbedPart[]
  readonly current: string
  readonly onChange: (key: string) => void
}

const stepFor = (key: string, at: number, count: number): number | undefined => {
  if (key === 'ArrowRight') return (at + 1) % count
  if (key === 'ArrowLeft') return (at + count - 1) % count
  if (key === 'Home') return 0
  return key === 'End' ? count - 1 : undefined
}

/** Parts of a page, one at a time. On a phone the row of tabs slides sideways; left, right, home and end by keyboard. */
export const Tabbed = ({ label, tabs, current, onChange }: Props) => {
  const { token } = theme.useToken()
  const id = useId()
  const at = Math.max(
    0,
    tabs.findIndex(({ key }) => key === current),
  )
  const shown = tabs[at]
  if (shown === undefined) return null
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const next = stepFor(event.key, at, tabs.length)
    const tab = next === undefined ? undefined : tabs[next]
    if (next === undefined || tab === undefined) return
    event.preventDefault()
    onChange(tab.key)
    const button = event.currentTarget.children[next]
    if (button instanceof HTMLElement) button.focus()
  }
  return (
    <>
      <div
        role="tablist"
        aria-label={label}
        onKeyDown={onKeyDown}
        style={{
          display: 'flex',
          gap: 24,
          overflowX: 'auto',
          marginBottom: 16,
          borderBottom: `1px solid ${token.colorBorderSecondary}`,
        }}
      >
        {tabs.map((tab) => {
          const isShown = tab === shown
          return (
            <button
              key={tab.key}
              type="button"
              role="tab"
              id={`${id}${tab.key}`}
              aria-selected={isShown}
              aria-controls={`${id}part`}
              tabIndex={isShown ? 0 : -1}
              onClick={(event) => {
                event.currentTarget.scrollIntoView({ block: 'nearest', inline: 'nearest' })
                onChange(tab.key)
              }}
              style={{
                flex: '0 0 auto',
                minHeight: 44,
                padding: '0 2px',
                font: 'inherit',
                fontWeight: isShown ? 600 : 400,
                color: isShown ? token.colorPrimary : token.colorText,
                background: 'none',
                border: 0,
                borderBottom: `2px solid ${isShown ? token.colorPrimary : 'transparent'}`,
                outlineOffset: -2,
                cursor: 'pointer',
              }}
            >
              {tab.label}
            </button>
          )
        })}
      </div>
      <div role="tabpanel" id={`${id}part`} aria-labelledby={`${id}${shown.key}`}>
        {shown.show()}
      </div>
    </>
  )
}
