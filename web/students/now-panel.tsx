import { leftWords, Panel, useMe } from '#web/platform'
import { type PickedStudent, type StudentFile, useFileSlots } from './file-slots.tsx'

type Duty = StudentFile['duties'][number]

const rank: Record<Duty['state'], number> = { overdue: 0, due: 1, soon: 2, missed: 3, done: 4 }

/** What is left to do, the most pressing first. */
export const openDuties = (duties: readonly Duty[]): Duty[] =>
  duties
    .filter(({ state }) => state === 'overdue' || state === 'due' || state === 'soon')
    .sort((a, b) => rank[a.state] - rank[b.state] || (a.dueOn ?? '9').localeCompare(b.dueOn ?? '9'))

/** What to do now for this student: one tap to the act. */
export const NowPanel = ({ file, students }: { file: StudentFile; students: readonly PickedStudent[] }) => {
  const { today } = useMe()
  const { RecordButton } = useFileSlots()
  const open = openDuties(file.duties)
  return (
    <Panel title="现在要做">
      {open.length === 0 ? (
        <p className="quiet" style={{ margin: 0 }}>
          眼下没有要做的事。
        </p>
      ) : (
        <ul className="plain-list">
          {open.map((duty) => (
            <li key={`${duty.rule} ${duty.event?.recordId ?? duty.periodLabel}`} className="now-item">
              <div>
                <div className="strong">{duty.title}</div>
                <div className={duty.state === 'overdue' ? 'heed' : 'quiet'}>
                  {duty.state === 'overdue' ? '逾期:' : ''}
                  {leftWords(duty.dueOn, today)} · {duty.periodLabel}
                  {duty.need > 1 ? ` · 已做 ${duty.done}/${duty.need}` : ''}
                </div>
                <div className="quiet">{duty.ownerName ?? '无人负责'}</div>
              </div>
              {duty.recordKind !== null && file.may.includes('records.add-record') ? (
                <RecordButton students={students} kind={duty.recordKind} label="去记录" />
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
