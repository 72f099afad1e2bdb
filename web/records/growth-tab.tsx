import { Timeline } from 'antd'
import { useState } from 'react'
import { Empty, formatDate } from '#web/platform'
import type { FileTab, StudentFile } from '#web/students'
import { useRecordKinds } from './record-kinds.ts'
import { RecordView } from './record-view.tsx'

// The kinds that tell how a child grows: rewards, traits, key events. [C14 C15 G21]
const growthKinds = ['growth-reward', 'key-event', 'student-traits']

const Growth = ({ file }: { file: StudentFile }) => {
  const { kinds } = useRecordKinds()
  const [opened, setOpened] = useState<string>()
  const numbers = (kinds ?? []).filter(({ id }) => growthKinds.includes(id)).map(({ kind }) => kind)
  const entries = file.timeline.filter(({ kind, superseded }) => numbers.includes(kind) && !superseded)
  if (entries.length === 0) return <Empty title="还没有成长记录">奖励、特长、进步,都可以从“记一笔”写下来。</Empty>
  return (
    <>
      <Timeline
        items={entries.map((entry) => ({
          key: entry.id,
          title: formatDate(entry.actDate),
          content: (
            <button type="button" className="link-button" onClick={() => setOpened(entry.id)}>
              {entry.kindLabel}
            </button>
          ),
        }))}
      />
      <RecordView schoolId={file.student.schoolId} recordId={opened} onClose={() => setOpened(undefined)} />
    </>
  )
}

/** The growth part of a student's file. */
export const growthTab: FileTab = { key: 'growth', label: '成长', shows: () => true, Body: Growth }
