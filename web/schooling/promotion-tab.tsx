import { Alert, App, Button, Segmented } from 'antd'
import { useEffect, useState } from 'react'
import { isSchoolKind } from '#contract/organisations'
import { type AnswerOf, schoolYearOf } from '#contract/platform'
import { promote } from '#contract/schooling'
import type { UnitTab } from '#web/people'
import { type DataColumn, DataTable, Empty, isRefusal, Panel, sentenceOf, useAct, useMe } from '#web/platform'

type Line = AnswerOf<typeof promote>['classes'][number]

const afterWords = ({ to, graduates }: Line): string => (graduates ? '毕业,班级结束' : to === null ? '—' : `${to} 年级`)

const columns: readonly DataColumn<Line>[] = [
  { key: 'name', title: '班级', phone: 'title', render: ({ name }) => name },
  {
    key: 'from',
    title: '现在',
    phone: 'line',
    width: 120,
    render: ({ from }) => (from === null ? '—' : `${from} 年级`),
  },
  {
    key: 'to',
    title: '新学年',
    phone: 'line',
    width: 200,
    render: (line) =>
      line.from === null ? <span className="heed">没有填年级,不升级,请先补上</span> : afterWords(line),
  },
  {
    key: 'students',
    title: '学生',
    phone: 'aside',
    width: 96,
    align: 'right',
    render: ({ students }) => `${students} 人`,
  },
]

const yearWords = (year: number): string => `${year}—${year + 1} 学年`

/** Taking a school into a new school year: what becomes of each class is seen first, then done once. [T2] */
const Promotion: UnitTab['Body'] = ({ answer: { unit } }) => {
  const { today } = useMe()
  const { modal } = App.useApp()
  const thisYear = schoolYearOf(today)
  const month = Number(today.slice(5, 7))
  // When school has just begun that is the year; else the one to come is prepared.
  const [year, setYear] = useState(month === 9 || month === 10 ? thisYear : thisYear + 1)
  const isEarly = today < `${year}-06-01`
  const look = useAct(promote, { refreshes: [] })
  const act = useAct(promote)
  const { mutate: preview } = look
  useEffect(() => {
    preview({ params: { schoolId: unit.id }, body: { schoolYear: year, preview: true } })
  }, [preview, unit.id, year])
  const classes = look.data?.classes ?? []
  const up = classes.filter(({ to }) => to !== null)
  const leaving = classes.filter(({ graduates }) => graduates)
  const many = (those: readonly Line[]): number => those.reduce((sum, { students }) => sum + students, 0)
  const isDone = act.isSuccess || (isRefusal(look.error) && look.error.code === 'schooling.promoted')
  const ask = (): void => {
    modal.confirm({
      title: `升入 ${yearWords(year)}?`,
      content: `${up.length} 个班升一级;${leaving.length} 个毕业班的 ${many(leaving)} 名学生毕业,班级结束。一个学年只升一次,升过不能退回。`,
      okText: '升级',
      cancelText: '先不升',
      onOk: () => act.mutate({ params: { schoolId: unit.id }, body: { schoolYear: year, preview: false } }),
    })
  }
  return (
    <>
      <div className="list-tools">
        <Segmented<number>
          aria-label="升入哪个学年"
          value={year}
          options={[thisYear, thisYear + 1].map((value) => ({ value, label: yearWords(value) }))}
          onChange={(next) => {
            act.reset()
            setYear(next)
          }}
        />
        {isDone || classes.length === 0 ? null : (
          <span className="list-count quiet" role="status">
            {up.length} 个班升级,{leaving.length} 个班毕业
          </span>
        )}
        {isDone || isEarly || up.length + leaving.length === 0 ? null : (
          <Button type="primary" loading={act.isPending} onClick={ask}>
            升级…
          </Button>
        )}
      </div>
      {isDone ? null : (
        <Alert
          type="info"
          showIcon
          style={{ marginBottom: 12 }}
          title={
            isEarly
              ? `${year} 年 6 月起才能升级,现在可以先看结果。`
              : '各班现在的年级如果已经是这个学年的(名单在开学以后导入),就不要再升。'
          }
        />
      )}
      {act.error ? (
        <Alert type="warning" showIcon role="alert" style={{ marginBottom: 12 }} title={sentenceOf(act.error)} />
      ) : null}
      {isDone ? (
        <Panel>
          <Empty title={`${yearWords(year)}已经升过级了`}>
            各班的年级已经更新,毕业生的档案只供查阅。个别学生的变动,在学生档案里“发起事项”。
          </Empty>
        </Panel>
      ) : (
        <Panel flush>
          <DataTable
            label="各班升级"
            rows={look.data?.classes}
            rowKey={({ classId }) => classId}
            columns={columns}
            error={look.error}
            retry={() => preview({ params: { schoolId: unit.id }, body: { schoolYear: year, preview: true } })}
            empty={<Empty title="还没有班级">导入学籍名单或新设班级后,这里按班列出。</Empty>}
          />
        </Panel>
      )}
    </>
  )
}

export const promotionTab: UnitTab = {
  key: 'promotion',
  label: '新学年升级',
  shows: ({ unit, mayKeep }) => mayKeep && isSchoolKind(unit.kind) && unit.closedOn === null,
  Body: Promotion,
}
