import { App, Button, Flex, Tag } from 'antd'
import { useState } from 'react'
import {
  answers,
  Empty,
  formatDate,
  formatMoment,
  Loading,
  Page,
  Panel,
  refresh,
  useGo,
  useMe,
  useOnline,
} from '#web/platform'
import { discard, savePaper, usePapers } from './device-store.ts'
import { handedIn, type Paper } from './paper.ts'
import { sendWaiting } from './send-papers.ts'

const stateWords: Record<Paper['state'], string> = { draft: '没写完', waiting: '待发送', refused: '没有收下' }

/** What lies on this device: left unfinished, waiting to be sent, or refused with the reason. */
export const PapersPage = () => {
  const { personId } = useMe()
  const papers = usePapers(personId)
  const online = useOnline()
  const [busy, setBusy] = useState(false)
  const waiting = papers?.filter(({ state }) => state === 'waiting') ?? []
  const sendNow = async (): Promise<void> => {
    setBusy(true)
    // A person asking overrides the pause after a fault.
    for (const paper of waiting) await savePaper(handedIn(paper, paper.changedAt))
    await sendWaiting(personId)
    await refresh(answers)
    setBusy(false)
  }
  return (
    <Page
      title="本机上的记录"
      lead="只在这台设备上,加密存放,别人看不到。发出后自动从本机移走。"
      actions={
        waiting.length > 0 ? (
          <Button type="primary" disabled={!online} loading={busy} onClick={() => void sendNow()}>
            现在发送
          </Button>
        ) : null
      }
    >
      <Panel>
        {papers === undefined ? (
          <Loading rows={3} />
        ) : papers.length === 0 ? (
          <Empty title="本机没有留下的记录">写好的都已经发出去了。</Empty>
        ) : (
          <ul className="plain-list">
            {papers.map((paper) => (
              <Line key={paper.id} paper={paper} />
            ))}
          </ul>
        )}
      </Panel>
    </Page>
  )
}

const Line = ({ paper }: { paper: Paper }) => {
  const go = useGo()
  const { modal } = App.useApp()
  const names = paper.students.slice(0, 3).map(({ name }) => name)
  const whom = paper.students.length > 3 ? `${names.join('、')}等 ${paper.students.length} 名学生` : names.join('、')
  const remove = (): void => {
    modal.confirm({
      title: '删除这条本机记录?',
      content: paper.stored ? '记录已经保存在系统里,只删除还没发出的附件。' : '它还没有发出,删除后不能找回。',
      okText: '删除',
      okButtonProps: { danger: true },
      cancelText: '留着',
      onOk: () => discard(paper.id),
    })
  }
  return (
    <li className="now-item">
      <div>
        <span className="strong">{paper.kindLabel}</span>{' '}
        <Tag color={paper.state === 'refused' ? 'warning' : 'default'}>{stateWords[paper.state]}</Tag>
        <div>
          {whom} · {formatDate(paper.actDate)}
        </div>
        {paper.reason ? <div className="heed">{paper.reason.sentence}</div> : null}
        {paper.state === 'waiting' && paper.tries > 0 ? (
          <div className="heed">服务器刚才没有收下,稍后会再试。</div>
        ) : null}
        <div className="quiet">{formatMoment(new Date(paper.changedAt).toISOString())} 存</div>
      </div>
      <Flex gap={8} wrap justify="flex-end">
        <Button onClick={() => go('/records/new', { draft: paper.id })}>
          {paper.state === 'draft' ? '接着写' : '打开'}
        </Button>
        <Button onClick={remove}>删除</Button>
      </Flex>
    </li>
  )
}
