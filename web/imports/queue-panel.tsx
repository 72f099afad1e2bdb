import { CheckCircleOutlined, ClockCircleOutlined, CloseCircleOutlined, CloudUploadOutlined } from '@ant-design/icons'
import { Button, Flex, Progress, Typography, theme } from 'antd'
import { Go, Panel } from '#web/platform'
import { type QueuedFile, sizeText } from './upload-queue.ts'
import { dismissFile, maySendAgain, sendAgain, useUploadQueue } from './upload-store.ts'

/** Files on their way: one at a time, those behind wait, those refused say why. */
export function QueuePanel() {
  const queue = useUploadQueue()
  if (queue.length === 0) return null
  return (
    <Panel title="正在交的表">
      <Flex vertical gap={12} component="ul" className="plain-list" aria-live="polite">
        {queue.map((file) => (
          <QueueLine key={file.id} file={file} />
        ))}
      </Flex>
    </Panel>
  )
}

function QueueLine({ file }: { file: QueuedFile }) {
  return (
    <li>
      <Flex align="center" gap={12} wrap>
        <StateIcon state={file.state} />
        <Flex vertical flex="1 1 220px" style={{ minWidth: 0 }}>
          <Typography.Text ellipsis={{ tooltip: file.name }}>{file.name}</Typography.Text>
          <Typography.Text type={file.state === 'refused' ? 'danger' : 'secondary'}>{wordsFor(file)}</Typography.Text>
          {file.state === 'sending' ? (
            <Progress percent={Math.floor(file.sent * 100)} size="small" aria-label={`${file.name} 上传进度`} />
          ) : null}
        </Flex>
        {file.state === 'sent' ? <Go to={`/imports/${file.id}`}>去确认</Go> : null}
        {file.state === 'refused' && maySendAgain(file.id) ? (
          <Button size="small" onClick={() => sendAgain(file.id)}>
            再交一次
          </Button>
        ) : null}
        {file.state === 'sending' ? null : (
          <Button size="small" type="text" aria-label={`从列表移去 ${file.name}`} onClick={() => dismissFile(file.id)}>
            {file.state === 'waiting' ? '不交了' : '知道了'}
          </Button>
        )}
      </Flex>
    </li>
  )
}

const wordsFor = ({ state, size, sent, reason }: QueuedFile): string => {
  if (state === 'waiting') return `排队中 · ${sizeText(size)}`
  if (state === 'sending') return sent >= 1 ? '已传完,正在收下' : `正在上传 · ${sizeText(size)}`
  if (state === 'sent') return '已收到,正在核对这份表能不能由您交'
  return reason ?? '没有交成'
}

function StateIcon({ state }: { state: QueuedFile['state'] }) {
  const { token } = theme.useToken()
  if (state === 'waiting') return <ClockCircleOutlined aria-hidden style={{ color: token.colorTextSecondary }} />
  if (state === 'sending') return <CloudUploadOutlined aria-hidden style={{ color: token.colorPrimary }} />
  if (state === 'sent') return <CheckCircleOutlined aria-hidden style={{ color: token.colorSuccess }} />
  return <CloseCircleOutlined aria-hidden style={{ color: token.colorError }} />
}
