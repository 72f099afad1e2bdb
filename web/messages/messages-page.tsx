import { Button } from 'antd'
import { useState } from 'react'
import { countUnread, listMessages, markRead } from '#contract/messages'
import type { AnswerOf } from '#contract/platform'
import {
  Empty,
  ErrorNote,
  formatMoment,
  Go,
  Loading,
  Page,
  Panel,
  TabStrip,
  useAct,
  useAnswerPages,
  useMe,
} from '#web/platform'
import { MailPanel } from './mail-panel.tsx'
import { SentPanel } from './sent-panel.tsx'
import { useUnread } from './unread.ts'

type Message = AnswerOf<typeof listMessages>['messages'][number]

/** 消息: what I was told, the newest first; for staff also what became of what they sent. */
export const MessagesPage = () => {
  const { family } = useMe()
  const unread = useUnread()
  const [tab, setTab] = useState('mine')
  const read = useAct(markRead, { refreshes: [listMessages, countUnread] })
  const mine = (
    <>
      <Mine onRead={(id) => read.mutate({ body: { ids: [id] } })} />
      <MailPanel />
    </>
  )
  const tabs = [
    { key: 'mine', label: '收到的' },
    { key: 'sent', label: '我发出的' },
  ]
  return (
    <Page
      title="消息"
      actions={
        tab === 'mine' && unread > 0 ? (
          <Button loading={read.isPending} onClick={() => read.mutate({ body: {} })}>
            全部标为已读
          </Button>
        ) : null
      }
    >
      {family ? (
        mine
      ) : (
        <TabStrip label="消息" tabs={tabs} active={tab} onChange={setTab}>
          {tab === 'mine' ? mine : <SentPanel />}
        </TabStrip>
      )}
    </Page>
  )
}

const Mine = ({ onRead }: { onRead: (id: string) => void }) => {
  const { pages, error, retry, more } = useAnswerPages(listMessages, {})
  const messages = pages?.flatMap((page) => page.messages)
  if (!messages) return error ? <ErrorNote error={error} retry={retry} /> : <Loading rows={6} />
  if (messages.length === 0)
    return (
      <Panel>
        <Empty title="还没有消息">有事要告诉您的时候,会出现在这里。</Empty>
      </Panel>
    )
  return (
    <Panel>
      <ul className="plain-list">
        {messages.map((message) => (
          <Line key={message.id} message={message} onRead={onRead} />
        ))}
      </ul>
      {more.has ? (
        <div className="list-more">
          <Button loading={more.loading} onClick={more.load}>
            更早的消息
          </Button>
        </div>
      ) : null}
    </Panel>
  )
}

const Line = ({ message, onRead }: { message: Message; onRead: (id: string) => void }) => (
  <li className="now-item">
    <div>
      <div className={message.read ? undefined : 'strong'}>
        {message.read ? null : '● '}
        {message.title}
        {message.read ? null : <span className="only-read">(未读)</span>}
      </div>
      <div>{message.body}</div>
      <div className="quiet">
        {formatMoment(message.at)}
        {message.from ? ` · ${message.from}` : ''}
      </div>
      {message.link ? <Go to={message.link}>去看看</Go> : null}
    </div>
    {message.read ? null : (
      <Button onClick={() => onRead(message.id)} aria-label={`知道了:${message.title}`}>
        知道了
      </Button>
    )}
  </li>
)
