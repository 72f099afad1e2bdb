import { useState } from 'react'
import { listDue } from '#contract/duties'
import type { AnswerOf } from '#contract/platform'
import { agoWords, type DataColumn, DataTable, Empty, Go, useAnswerPages, useGo, useMe } from '#web/platform'
import { useRecordKinds } from '#web/records'
import { useFileSlots } from '#web/students'

type Due = AnswerOf<typeof listDue>['students'][number]

const fileOf = (row: Due): string => `${row.schoolId}/${row.id}`
// A student may stand twice where two things happened.
const keyOf = (row: Due): string => `${fileOf(row)}${row.asked ? ` ${row.asked}` : ''}`

const columnsFor = (today: string, kind: number | null, manySchools: boolean, byEvent: boolean): DataColumn<Due>[] => [
  { key: 'name', title: '姓名', phone: 'title', render: (row) => row.name },
  {
    key: 'class',
    title: '班级',
    phone: 'bare',
    render: (row) => (manySchools ? `${row.schoolName} ${row.className}` : row.className),
  },
  {
    key: 'owner',
    title: '负责人',
    phone: 'line',
    render: (row) => (
      <span className={row.ownerName ? 'one-line' : 'one-line heed'}>{row.ownerName ?? '无人负责'}</span>
    ),
  },
  byEvent
    ? { key: 'asked', title: '应在何时前', phone: 'line', render: (row) => row.asked }
    : {
        key: 'last',
        title: '上一次',
        phone: 'line',
        render: (row) => (
          <span className={row.lastOn ? 'one-line' : 'one-line quiet'}>
            {row.lastOn ? agoWords(row.lastOn, today) : '没有过'}
          </span>
        ),
      },
  { key: 'act', title: '', phone: 'aside', align: 'right', render: (row) => <Start row={row} kind={kind} /> },
]

// What no record can settle (a mentor, a complete archive) is settled in the file.
const Start = ({ row, kind }: { row: Due; kind: number | null }) => {
  const { RecordButton } = useFileSlots()
  if (kind === null) return <Go to={`/students/${fileOf(row)}`}>打开档案</Go>
  return <RecordButton students={[row]} kind={kind} label="去记录" />
}

/** The students for whom a duty is still to be done. Several of one school can be recorded at once. */
export const DueList = ({ rule, unit }: { rule: number; unit?: string }) => {
  const { today } = useMe()
  const go = useGo()
  const { RecordButton } = useFileSlots()
  const [picked, setPicked] = useState<readonly string[]>([])
  const list = useAnswerPages(listDue, { params: { rule }, query: unit ? { unit } : {} })
  const rows = list.pages?.flatMap(({ students }) => students)
  const kind = list.pages?.[0]?.recordKind ?? null
  const isForMany = useRecordKinds().kinds?.some((one) => one.kind === kind && one.many) ?? false
  const chosen = (rows ?? []).filter((row) => picked.includes(keyOf(row)))
  const oneSchool = new Set(chosen.map(({ schoolId }) => schoolId)).size === 1
  const manySchools = new Set(rows?.map(({ schoolId }) => schoolId)).size > 1
  return (
    <DataTable
      label="还没完成的学生"
      rows={rows}
      rowKey={keyOf}
      columns={columnsFor(
        today,
        kind,
        manySchools,
        (rows ?? []).some(({ asked }) => asked !== null),
      )}
      onOpen={(row) => go(`/students/${fileOf(row)}`)}
      error={list.error}
      retry={list.retry}
      more={list.more}
      empty={<Empty title="都完成了">这一项没有落下的学生。</Empty>}
      {...(kind === null || !isForMany
        ? {}
        : {
            selection: {
              keys: chosen.map(keyOf),
              onChange: setPicked,
              acts: oneSchool ? (
                <RecordButton students={chosen} kind={kind} label="一起记录" primary />
              ) : (
                <span>一次只能为同一所学校的学生记录</span>
              ),
            },
          })}
    />
  )
}
