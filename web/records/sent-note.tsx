import { CheckCircleOutlined, CloudSyncOutlined } from '@ant-design/icons'
import { Button, Flex } from 'antd'
import { Empty, Page, Panel, useGo } from '#web/platform'
import { usePaperHere } from './device-store.ts'
import type { Paper, Sent } from './paper.ts'

interface Props {
  readonly paper: Paper
  readonly sent: Sent | undefined
  /** Something of it still lies on the device. */
  readonly waiting: boolean
}

/** What became of a record handed in, and where to go next. */
export const SentNote = ({ paper, sent, waiting: atFirst }: Props) => {
  const go = useGo()
  const left = usePaperHere(paper.id)
  // It may have been sent while this page stood open.
  const waiting = atFirst && left !== null
  const only = paper.students.length === 1 ? paper.students[0] : undefined
  const stored = sent !== undefined || paper.stored || left === null || left?.stored === true
  const title = stored ? (waiting ? '记录已保存,附件等待发送' : '记下了') : '已存在本机,等待发送'
  const acts = (
    <Flex gap={12} justify="center" wrap style={{ marginTop: 16 }}>
      <Button type="primary" size="large" onClick={() => window.history.back()}>
        继续下一名
      </Button>
      {only ? (
        <Button size="large" onClick={() => go(`/students/${only.schoolId}/${only.id}`, {}, { replace: true })}>
          看学生档案
        </Button>
      ) : null}
      <Button size="large" onClick={() => go('/', {}, { replace: true })}>
        回到工作台
      </Button>
    </Flex>
  )
  return (
    <Page title={paper.kindLabel}>
      <Panel>
        <Empty title={title} mark={stored && !waiting ? <CheckCircleOutlined /> : <CloudSyncOutlined />} act={acts}>
          {waiting ? '连上网络后会自动发送;在那之前请不要清除浏览器数据。' : countedWords(sent)}
        </Empty>
      </Panel>
    </Page>
  )
}

const countedWords = (sent: Sent | undefined): string => {
  const met = (sent?.counted ?? []).filter((counted) => counted.met).map(({ title }) => `“${title}”`)
  const begun = (sent?.counted ?? []).filter((counted) => !counted.met).map(({ title }) => `“${title}”`)
  if (met.length > 0) return `${met.join('、')}本期已完成。`
  return begun.length > 0 ? `已计入${begun.join('、')},本期还没有做满。` : '已写进学生的成长经过。'
}
