import { Tag } from 'antd'
import { formatDate } from '#web/platform'
import type { StudentFile } from './file-slots.tsx'

type State = StudentFile['duties'][number]['state']

export const stateWords: Record<State, string> = {
  overdue: '逾期',
  due: '该做了',
  soon: '快到期',
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
      <li key={`${duty.rule} ${duty.periodLabel}`} className="now-item">
        <div>
          <div className="strong">{duty.title}</div>
          <div className="quiet">
            {duty.periodLabel}
            {duty.dueOn ? ` · ${formatDate(duty.dueOn)}前` : ''} · {duty.ownerName ?? `${duty.post}(无人负责)`}
          </div>
          <div className="quiet">依据:{duty.cite}</div>
        </div>
        <div style={{ textAlign: 'end' }}>
          <Tag color={colours[duty.state]} style={{ marginInlineEnd: 0 }}>
            {stateWords[duty.state]}
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
