import { Tag } from 'antd'
import type { StudentLine } from '#contract/students'
import { agoWords, type DataColumn } from '#web/platform'
import { sexWord } from './student-words.ts'

/** The columns of the list; schools only where there are several, classes only when asked for. */
export const columnsFor = (manySchools: boolean, withClasses: boolean, today: string): DataColumn<StudentLine>[] => [
  { key: 'name', title: '姓名', width: 140, phone: 'title', render: (row) => row.name },
  {
    key: 'number',
    title: '学号',
    width: 190,
    phone: 'hidden',
    render: (row) => <span className="number">{row.number ?? '—'}</span>,
  },
  { key: 'sex', title: '性别', width: 64, phone: 'hidden', render: (row) => sexWord(row.sex) },
  { key: 'class', title: '班级', width: 150, phone: 'bare', render: (row) => row.className },
  ...(manySchools
    ? [
        {
          key: 'school',
          title: '学校',
          width: 200,
          phone: 'bare',
          render: (row) => row.schoolName,
        } satisfies DataColumn<StudentLine>,
      ]
    : []),
  {
    key: 'visit',
    title: '最近家访',
    width: 120,
    phone: 'line',
    render: (row) => <Visit on={row.lastVisit} today={today} />,
  },
  ...(withClasses
    ? [
        {
          key: 'classes',
          title: '类别',
          phone: 'bare',
          render: (row) => <Chips row={row} />,
        } satisfies DataColumn<StudentLine>,
      ]
    : []),
]

const Visit = ({ on, today }: { on: string | null; today: string }) =>
  on ? <span title={on}>{agoWords(on, today)}</span> : <span className="quiet">没有记录</span>

const Chips = ({ row }: { row: StudentLine }) => (
  <>
    {(row.classes ?? []).map(({ rule, label }) => (
      <Tag key={rule}>{label}</Tag>
    ))}
  </>
)
