import { CheckCircleOutlined, EditOutlined, StopOutlined, SyncOutlined } from '@ant-design/icons'
import { Tag } from 'antd'
import { type ImportState, stateWords } from './words.ts'

const looks = {
  working: { color: 'processing', icon: <SyncOutlined spin aria-hidden /> },
  waiting: { color: 'warning', icon: <EditOutlined aria-hidden /> },
  done: { color: 'success', icon: <CheckCircleOutlined aria-hidden /> },
  stopped: { color: 'default', icon: <StopOutlined aria-hidden /> },
} as const

/** Where an import stands: word, sign and colour. */
export function StateTag({ state }: { state: ImportState }) {
  const { label, tone } = stateWords[state]
  return (
    <Tag color={looks[tone].color} icon={looks[tone].icon}>
      {label}
    </Tag>
  )
}
