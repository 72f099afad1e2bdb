import { Button, Tag } from 'antd'
import { useState } from 'react'
import { Facts, formatDate } from '#web/platform'
import { type StudentFile, useFileSlots } from './file-slots.tsx'
import { WhyDrawer } from './why-drawer.tsx'

const basisWords: Readonly<Record<string, string>> = { direct: '直接确认', 'trusted-list': '免申即享(部门名单)' }

/** The classes this student falls into, each with its why, and what people have decided. */
export const ClassesTab = ({ file }: { file: StudentFile }) => {
  const [why, setWhy] = useState<number>()
  const { Decisions } = useFileSlots()
  const { recognition, student } = file
  return (
    <>
      <ul className="plain-list">
        {file.classes.map(({ rule, label, since, proposes }) => (
          <li key={rule} className="now-item">
            <div>
              <span className="strong">{label}</span> {proposes ? <Tag>待确认</Tag> : null}
              <div className="quiet">自 {formatDate(since)} 起</div>
            </div>
            <Button onClick={() => setWhy(rule)} aria-label={`为什么:${label}`}>
              为什么
            </Button>
          </li>
        ))}
      </ul>
      {recognition ? (
        <section style={{ marginTop: 24 }}>
          <h2 className="small-head">认定</h2>
          <Facts
            rows={[
              ['等级', recognition.levelLabel],
              ['依据', basisWords[recognition.basis] ?? recognition.basis],
              ['有效期', `${formatDate(recognition.fromDate)} 至 ${formatDate(recognition.untilDate)}`],
              ['认定人', recognition.decidedByName],
            ]}
          />
        </section>
      ) : null}
      <Decisions file={file} />
      <WhyDrawer schoolId={student.schoolId} studentId={student.id} rule={why} onClose={() => setWhy(undefined)} />
    </>
  )
}
