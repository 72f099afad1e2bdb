import { Button } from 'antd'
import { useState } from 'react'
import { Empty, formatDate } from '#web/platform'
import type { FileTab, StudentFile } from '#web/students'
import { EndPairing, PairMentor } from './pairing-forms.tsx'

type Mentor = NonNullable<StudentFile['mentors']>[number]

/** Who walks beside this student. */
const Care = ({ file }: { file: StudentFile }) => {
  const [pairing, setPairing] = useState(false)
  const [ended, setEnded] = useState<Mentor>()
  const key = { schoolId: file.student.schoolId, studentId: file.student.id }
  const mentors = file.mentors ?? []
  return (
    <>
      {mentors.length === 0 ? <Empty title="还没有导师">配一位导师,孩子就有一个固定可找的人。</Empty> : null}
      <ul className="plain-list">
        {mentors.map((mentor) => (
          <li key={mentor.pairingId} className="now-item">
            <div>
              <span className="strong">{mentor.name}</span>
              <div className="quiet">自 {formatDate(mentor.fromDate)} 起</div>
            </div>
            {file.may.includes('mentoring.end-pairing') ? (
              <Button onClick={() => setEnded(mentor)} aria-label={`结束结对:${mentor.name}`}>
                结束结对
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {file.may.includes('mentoring.pair') ? (
        <Button type="primary" style={{ marginTop: 12 }} onClick={() => setPairing(true)}>
          配导师
        </Button>
      ) : null}
      {pairing ? (
        <PairMentor student={key} taken={mentors.map(({ personId }) => personId)} onClose={() => setPairing(false)} />
      ) : null}
      {ended ? <EndPairing student={key} mentor={ended} onClose={() => setEnded(undefined)} /> : null}
    </>
  )
}

/** The mentors' part of a student's file; absent where this person may not know of them. */
export const careTab: FileTab = { key: 'care', label: '帮扶', shows: (file) => file.mentors !== null, Body: Care }
