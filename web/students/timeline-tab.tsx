import { PaperClipOutlined } from '@ant-design/icons'
import { Tag, Timeline } from 'antd'
import { useState } from 'react'
import { Empty, formatDate } from '#web/platform'
import { type StudentFile, useFileSlots } from './file-slots.tsx'

type Entry = StudentFile['timeline'][number]

/** What happened with this student, newest first. A record opens in full over the page. */
export const TimelineTab = ({ file }: { file: StudentFile }) => {
  const { RecordView } = useFileSlots()
  const [opened, setOpened] = useState<string>()
  if (file.timeline.length === 0)
    return <Empty title="还没有记录">第一次家访、谈话或成长记录写下后,会按时间排在这里。</Empty>
  return (
    <>
      <Timeline
        items={file.timeline.map((entry) => ({
          key: entry.id,
          color: entry.superseded ? 'gray' : 'blue',
          content: <Line entry={entry} onOpen={() => setOpened(entry.id)} />,
        }))}
      />
      {file.timeline.length >= 20 ? <p className="quiet">这里是最近 20 条。</p> : null}
      <RecordView schoolId={file.student.schoolId} recordId={opened} onClose={() => setOpened(undefined)} />
    </>
  )
}

/** One line of the story, with a way to open it. */
export const Line = ({ entry, onOpen }: { entry: Entry; onOpen: () => void }) => (
  <div>
    <div className="quiet">{formatDate(entry.actDate)}</div>
    <button type="button" className="link-button" onClick={onOpen}>
      <span className="strong">{entry.kindLabel}</span>
      {entry.modeLabel ? `(${entry.modeLabel})` : ''}
    </button>{' '}
    {entry.superseded ? <Tag>已更正或撤回</Tag> : null}
    {entry.reviewed ? <Tag>已审核</Tag> : null}
    <div className="quiet">
      {entry.authorName}
      {entry.subjects > 1 ? ` · 共 ${entry.subjects} 名学生` : ''}
      {entry.attachments > 0 ? (
        <>
          {' · '}
          <PaperClipOutlined aria-hidden /> {entry.attachments} 个附件
        </>
      ) : null}
    </div>
  </div>
)
