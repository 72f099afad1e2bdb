import { myStudents } from '#contract/mentoring'
import type { AnswerOf } from '#contract/platform'
import {
  agoWords,
  type DataColumn,
  DataTable,
  ErrorNote,
  Loading,
  leftWords,
  Panel,
  useAnswer,
  useGo,
  useMe,
} from '#web/platform'
import { useFileSlots } from '#web/students'

type Mine = AnswerOf<typeof myStudents>['students'][number]

const columnsFor = (today: string): DataColumn<Mine>[] => [
  { key: 'name', title: '姓名', phone: 'title', render: (row) => row.name },
  { key: 'class', title: '班级', phone: 'bare', render: (row) => row.className },
  {
    key: 'last',
    title: '最近联系',
    phone: 'line',
    render: (row) => (row.lastContact ? agoWords(row.lastContact, today) : <span className="quiet">还没有联系过</span>),
  },
  {
    key: 'next',
    title: '下一件事',
    phone: 'line',
    render: (row) => row.nextTitle ?? <span className="quiet">没有安排</span>,
  },
  {
    key: 'due',
    title: '期限',
    phone: 'line',
    render: (row) =>
      row.nextTitle ? <span className={late(row, today) ? 'heed' : ''}>{leftWords(row.nextDue, today)}</span> : null,
  },
  { key: 'act', title: '', phone: 'aside', align: 'right', render: (row) => <Start row={row} /> },
]

const late = (row: Mine, today: string): boolean => row.nextDue !== null && row.nextDue < today

const Start = ({ row }: { row: Mine }) => {
  const { RecordButton } = useFileSlots()
  return <RecordButton students={[row]} />
}

/** A mentor's own students: the last contact and what comes next. Shown only to whom students are paired. */
export const MyStudentsPanel = () => {
  const { today } = useMe()
  const go = useGo()
  const answer = useAnswer(myStudents, {})
  if (answer.error && !answer.data) {
    return (
      <Panel title="我的学生">
        <ErrorNote error={answer.error} retry={() => void answer.refetch()} />
      </Panel>
    )
  }
  if (!answer.data) return <Panel title="我的学生">{<Loading rows={3} />}</Panel>
  const { students } = answer.data
  if (students.length === 0) return null
  return (
    <Panel title="我的学生" aside={<span className="quiet">{students.length} 人</span>} flush>
      <DataTable
        label="我的学生"
        rows={students}
        rowKey={(row) => `${row.schoolId}/${row.id}`}
        columns={columnsFor(today)}
        onOpen={(row) => go(`/students/${row.schoolId}/${row.id}`)}
      />
    </Panel>
  )
}
