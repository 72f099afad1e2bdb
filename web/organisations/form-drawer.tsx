import { Button, Drawer } from 'antd'
import type { ReactNode } from 'react'
import { ErrorNote, useIsPhone } from '#web/platform'

interface Props {
  readonly title: string
  readonly open: boolean
  readonly onClose: () => void
  readonly onSend: () => void
  readonly sendLabel: string
  readonly sending: boolean
  readonly error: unknown
  /** What will happen, said before the button. */
  readonly effect: string
  readonly children: ReactNode
}

/** A form beside the page: one column, the act at the thumb, what was typed stays after a refusal. */
export function FormDrawer({ title, open, onClose, onSend, sendLabel, sending, error, effect, children }: Props) {
  const isPhone = useIsPhone()
  return (
    <Drawer
      title={title}
      open={open}
      onClose={onClose}
      placement={isPhone ? 'bottom' : 'right'}
      size={isPhone ? '92%' : 480}
      destroyOnHidden
      footer={
        <div className="page-acts" style={{ padding: '8px 0' }}>
          <Button type="primary" size="large" loading={sending} onClick={onSend}>
            {sendLabel}
          </Button>
          <Button size="large" onClick={onClose}>
            先不办
          </Button>
        </div>
      }
    >
      {children}
      <p className="quiet">{effect}</p>
      {error ? <ErrorNote error={error} safe="您填的内容都还在。" /> : null}
    </Drawer>
  )
}
