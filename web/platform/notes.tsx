import {
  CheckCircleOutlined,
  DisconnectOutlined,
  FileSearchOutlined,
  LockOutlined,
  WarningOutlined,
} from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { isRefusal, isUnreachable, sentenceOf } from './failures.ts'
import { Go } from './going.tsx'

interface NoteProps {
  readonly title: string
  readonly children?: ReactNode
  readonly mark?: ReactNode
  readonly act?: ReactNode
}

const Note = ({ title, children, mark, act, alert }: NoteProps & { alert?: boolean }) => (
  <div className="note" role={alert ? 'alert' : undefined}>
    {mark ? (
      <div className="note-mark" aria-hidden>
        {mark}
      </div>
    ) : null}
    <h2>{title}</h2>
    {children ? <p>{children}</p> : null}
    {act}
  </div>
)

/** Nothing here, said so that it feels good or tells what to do. */
export const Empty = (props: NoteProps) => <Note mark={<CheckCircleOutlined />} {...props} />

/** What was looked for is not there: no tick, which would say that all is well. */
export const Missing = (props: NoteProps & { alert?: boolean }) => <Note mark={<FileSearchOutlined />} {...props} />

/** A place this person's posts do not open. */
export const NoPermission = ({ children }: { children?: ReactNode }) => (
  <Note title="这里不在您的工作范围内" mark={<LockOutlined />}>
    {children ?? '如果工作需要,请联系本单位管理员调整岗位。您可以从左侧或下方的导航回到自己的工作。'}
  </Note>
)

const adviceFor = (error: unknown): string => {
  if (isUnreachable(error)) return '请检查网络后再试。'
  return isRefusal(error) ? '' : '可以稍后再试;多次出现时,请把编号告诉管理员。'
}

/** What happened, what is safe, what to do. `safe` says what was not lost. */
export const ErrorNote = (props: { error: unknown; retry?: () => void; safe?: string }) => {
  const { error, retry } = props
  if (isRefusal(error) && error.status === 403) return <NoPermission>{error.sentence}</NoPermission>
  // Asking once more finds nothing either.
  if (isRefusal(error) && error.status === 404)
    return <Missing title={error.sentence} act={<Go to="/">回到首页</Go>} alert />
  const safe = props.safe ?? '已经保存的内容都在。'
  const act = retry ? <Button onClick={retry}>再试一次</Button> : undefined
  const mark = isUnreachable(error) ? <DisconnectOutlined /> : <WarningOutlined />
  return (
    <Note title={sentenceOf(error)} mark={mark} act={act} alert>
      {`${safe}${adviceFor(error)}`}
    </Note>
  )
}
