import { Input, Tag } from 'antd'
import { useState } from 'react'
import { addDays, isPlainDate } from '#contract/platform'
import { getStudentOn } from '#contract/policies'
import { Empty, ErrorNote, formatDate, Loading, useAnswer, useMe } from '#web/platform'
import type { FileTab, StudentFile } from '#web/students'

/** How a student stood on a day gone by: classes, duties and what was done by then, with what is known now. [T1 C15] */
const AsOfTab = ({ file }: { file: StudentFile }) => {
  const { today } = useMe()
  const [day, setDay] = useState(addDays(today, -30))
  return (
    <>
      <div className="field">
        <label htmlFor="as-of-day">看哪一天</label>
        <Input
          id="as-of-day"
          type="date"
          style={{ width: 180 }}
          max={today}
          value={day}
          onChange={(event) => setDay(event.target.value)}
        />
      </div>
      {isPlainDate(day) && day <= today ? (
        <StoodOn file={file} day={day} />
      ) : (
        <p className="quiet">请选一个不晚于今天的日子。</p>
      )}
    </>
  )
}

const StoodOn = ({ file, day }: { file: StudentFile; day: string }) => {
  const { schoolId, id: studentId } = file.student
  const { data, error, refetch } = useAnswer(getStudentOn, { params: { schoolId, studentId }, query: { on: day } })
  if (error && !data) return <ErrorNote error={error} retry={() => void refetch()} />
  if (!data) return <Loading rows={4} />
  if (data.classes.length === 0 && data.duties.length === 0)
    return (
      <Empty title={`${formatDate(day)},没有记录在案的类别和任务`}>按事情发生的日子推算,以现在知道的情况为准。</Empty>
    )
  return (
    <>
      <p className="quiet">按事情发生的日子推算,以现在知道的情况为准。</p>
      <h3>那天属于的类别</h3>
      <ul className="plain-list">
        {data.classes.map(({ rule, label, since, until, proposes }) => (
          <li key={rule} className="now-item">
            <div>
              <div className="strong">{label}</div>
              <div className="quiet">
                {formatDate(since)}起{until ? `,到${formatDate(until)}` : ''}
              </div>
            </div>
            {proposes ? <Tag>待确认</Tag> : null}
          </li>
        ))}
      </ul>
      <h3>那天的任务</h3>
      <ul className="plain-list">
        {data.duties.map(({ ref, title, period, sentence, cite, done, need, met }) => (
          <li key={`${ref} ${period}`} className="now-item">
            <div>
              <div className="strong">{title}</div>
              <div className="quiet">{period}</div>
              <div className="quiet">{sentence}</div>
              <div className="quiet">依据:{cite}</div>
            </div>
            <Tag color={met ? 'success' : 'default'} style={{ marginInlineEnd: 0 }}>
              {met ? '已完成' : `${done}/${need}`}
            </Tag>
          </li>
        ))}
      </ul>
    </>
  )
}

/** The tab of a student's file for a day gone by. */
export const asOfTab: FileTab = { key: 'as-of', label: '某一天', shows: () => true, Body: AsOfTab }
