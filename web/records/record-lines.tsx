import type { AnswerOf } from '#contract/platform'
import type { listToReview } from '#contract/records'
import { type DataColumn, formatDate } from '#web/platform'

export type RecordLine = AnswerOf<typeof listToReview>['records'][number]

/** The key of a line in a list. */
export const lineKey = (row: RecordLine): string => `${row.schoolId}/${row.id}`

/** Whom a record is about, in a few words. */
export const whoWords = ({ studentName, students }: RecordLine): string => {
  if (studentName === null) return '不在您名下了'
  return students > 1 ? `${studentName}等 ${students} 人` : studentName
}

/** Columns that every list of records begins with; schools only where there are several. */
export const lineColumns = <Row extends RecordLine>(manySchools: boolean): DataColumn<Row>[] => [
  { key: 'student', title: '学生', width: 160, phone: 'title', render: whoWords },
  {
    key: 'class',
    title: '班级',
    phone: 'bare',
    render: ({ className, schoolName }) => (manySchools ? `${schoolName} ${className ?? ''}` : (className ?? '—')),
  },
  {
    key: 'day',
    title: '日期',
    width: 150,
    phone: 'line',
    render: ({ actDate }) => <span className="one-line">{formatDate(actDate)}</span>,
  },
  { key: 'mode', title: '方式', width: 100, phone: 'line', render: ({ modeLabel }) => modeLabel ?? '—' },
]

/** Whether the lines are of more than one school. */
export const hasManySchools = (rows: readonly RecordLine[] | undefined): boolean =>
  new Set(rows?.map(({ schoolId }) => schoolId)).size > 1
