import { Tag } from 'antd'
import { formatDate } from '#web/platform'
import type { StudentFile } from './file-slots.tsx'

type Duty = StudentFile['duties'][number]
type State = Duty['state']

export const stateWords: Record<State, string> = {
  overdue: '逾期',
  due: '该做了',
  soon: '还有时间',
  done: '已完成',
  missed: '错过了',
}
const colours: Record<State, string> = {
  overdue: 'warning',
  due: 'processing',
  soon: 'default',
  done: 'success',
  missed: 'warning',
}

/** All that is to be done for this student in the periods now running, whose it is, and by which article. */
export const DutiesTab = ({ file }: { file: StudentFile }) => (
  <ul className="plain-list">
    {file.duties.map((duty) => (
      <li key={`${duty.rule} ${duty.event?.recordId ?? duty.periodLabel}`} className="now-item">
        <div>
          <div className="strong">{duty.title}</div>
          <div className="quiet">
            {duty.periodLabel}
            {duty.dueOn ? ` · ${formatDate(duty.dueOn)}前` : ''} · {duty.ownerName ?? `${duty.post}(无人负责)`}
          </div>
          <div className="quiet">依据:{duty.cite}</div>
          {duty.event ? <EventOf event={duty.event} /> : null}
        </div>
        <div style={{ textAlign: 'end' }}>
          <Tag color={colours[duty.state]} style={{ marginInlineEnd: 0 }}>
            {duty.event?.late ? '已补办' : stateWords[duty.state]}
          </Tag>
          {duty.need > 1 ? (
            <div className="quiet number">
              {duty.done}/{duty.need}
            </div>
          ) : null}
        </div>
      </li>
    ))}
  </ul>
)

/** What made it due, and when it was settled: both stand in the story. */
const EventOf = ({ event }: { event: NonNullable<Duty['event']> }) => (
  <div className="quiet">
    起因:{formatDate(event.on)}的记录
    {event.settledOn ? `;${formatDate(event.settledOn)}的记录办理${event.late ? '(晚于规定)' : ''}` : ''}
  </div>
)
