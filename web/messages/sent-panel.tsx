import { Button } from 'antd'
import { listSent } from '#contract/messages'
import { Empty, ErrorNote, formatMoment, Go, Loading, Panel, useAnswerPages, useMay, useMe } from '#web/platform'

/** What I sent, to all or about one student: by which way it went, whether it arrived and was read. */
export const SentPanel = ({ studentId }: { studentId?: string }) => {
  const query = studentId ? { student: studentId } : {}
  const { pages, error, retry, more } = useAnswerPages(listSent, { query })
  const messages = pages?.flatMap((page) => page.messages)
  if (!messages) return error ? <ErrorNote error={error} retry={retry} /> : <Loading rows={3} />
  if (messages.length === 0)
    return studentId ? null : (
      <Panel aside={<SlipLinks />}>
        <Empty title="还没有发出过消息">在学生档案的“家人”里,可以给监护人发一条消息。</Empty>
      </Panel>
    )
  return (
    <Panel title={studentId ? undefined : '我发出的'} aside={studentId ? undefined : <SlipLinks />}>
      <ul className="plain-list">
        {messages.map(({ id, title, toName, studentName, at, readAt, channels }) => (
          <li key={id} className="now-item">
            <div>
              <div>
                <span className="strong">{title}</span> → {toName}
                {studentId || !studentName ? null : <span className="quiet"> · 关于 {studentName}</span>}
              </div>
              <div className="quiet">
                {formatMoment(at)}
                {channels.map(({ channel, label, words }) => (
                  <span key={channel}>
                    {' · '}
                    {label}:{words}
                  </span>
                ))}
              </div>
            </div>
            <span className={readAt ? undefined : 'quiet'}>{readAt ? `已读 ${formatMoment(readAt)}` : '未读'}</span>
          </li>
        ))}
      </ul>
      {more.has ? (
        <div className="list-more">
          <Button loading={more.loading} onClick={more.load}>
            更早的
          </Button>
        </div>
      ) : null}
    </Panel>
  )
}

const handing = ['class-teacher', 'counsellor', 'school-aid-officer', 'principal', 'leader-in-charge']

/** Where slips of my class or school wait. */
const SlipLinks = () => {
  const may = useMay('messages.hand-out-slips')
  const { posts } = useMe()
  if (!may) return null
  const units = new Map(posts.filter(({ post }) => handing.includes(post)).map((post) => [post.unitId, post.unitName]))
  return (
    <span>
      {[...units].map(([id, name]) => (
        <Go key={id} to={`/messages/slips/${id}`} style={{ marginInlineStart: 12 }}>
          {name}待转交的纸条
        </Go>
      ))}
    </span>
  )
}
