import { Alert } from 'antd'
import { listMissing } from '#contract/counts'
import { type DataColumn, DataTable, Empty, Go, useAnswerPages } from '#web/platform'
import type { MissingStudent, MissingUnit } from './coverage-answer.ts'

const studentColumns: readonly DataColumn<MissingStudent>[] = [
  {
    key: 'name',
    title: '姓名',
    width: 140,
    phone: 'title',
    render: ({ schoolId, id, name }) => <Go to={`/students/${schoolId}/${id}`}>{name}</Go>,
  },
  {
    key: 'number',
    title: '学号',
    width: 160,
    phone: 'hidden',
    render: ({ number }) => <span className="number">{number ?? '—'}</span>,
  },
  { key: 'class', title: '班级', width: 160, phone: 'bare', render: ({ className }) => className },
  { key: 'school', title: '学校', width: 220, phone: 'bare', render: ({ schoolName }) => schoolName },
  {
    key: 'owner',
    title: '谁来做',
    width: 140,
    phone: 'aside',
    render: ({ ownerName }) => ownerName ?? <span className="heed strong">无人负责</span>,
  },
]

const unitColumns: readonly DataColumn<MissingUnit>[] = [
  {
    key: 'name',
    title: '单位',
    width: 240,
    phone: 'title',
    render: ({ id, name }) => <Go to={`/units/${id}`}>{name}</Go>,
  },
  { key: 'missing', title: '还缺什么', width: 480, phone: 'bare', render: ({ missing }) => missing },
]

type Pages = ReturnType<typeof useAnswerPages<typeof listMissing>>

/** Who is missing, today or on a day gone by. */
export function MissingList({ unitId, coverage, on }: { unitId: string; coverage: number; on?: string | undefined }) {
  const list = useAnswerPages(listMissing, { params: { unitId, coverage }, query: on ? { on } : {} })
  return <MissingTable list={list} />
}

/** Who is missing: students with whose turn it is, or units with what their centre lacks. Fifty at a time. */
export function MissingTable({ list }: { list: Pages }) {
  const { pages, error, retry, more } = list
  const students = pages?.flatMap((page) => page.students)
  const units = pages?.flatMap((page) => page.units)
  const state = { error: error ?? undefined, retry, more }
  const empty = <Empty title="没有缺的">这一项已经全部完成。</Empty>

  if (units !== undefined && units.length > 0) {
    return (
      <DataTable<MissingUnit>
        label="还没有建全的单位"
        rows={units}
        rowKey={({ id }) => id}
        columns={unitColumns}
        {...state}
      />
    )
  }
  return (
    <>
      {students !== undefined && students.length > 0 ? (
        <Alert
          type="info"
          showIcon
          title="名单只用于开展帮扶,不得转发、张贴、公布。"
          style={{ margin: '0 16px 12px' }}
        />
      ) : null}
      <DataTable<MissingStudent>
        label="未完成名单"
        rows={students}
        rowKey={({ schoolId, id }) => `${schoolId}/${id}`}
        columns={studentColumns}
        empty={empty}
        {...state}
      />
    </>
  )
}
