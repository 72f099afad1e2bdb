import { Button, Tag } from 'antd'
import { useState } from 'react'
import { listScreenings } from '#contract/care'
import type { AnswerOf } from '#contract/platform'
import {
  BarCell,
  CountText,
  type DataColumn,
  DataTable,
  Empty,
  ErrorNote,
  formatDate,
  Go,
  Loading,
  newId,
  Page,
  Panel,
  useAnswer,
  useGo,
  useIsPhone,
  useMay,
  useMe,
  useQueryMembers,
} from '#web/platform'
import { OpenScreening } from './open-screening.tsx'

type Round = AnswerOf<typeof listScreenings>['rounds'][number]
type Line = Round['lines'][number]

const columnsFor = (round: Round, onAnswer: (line: Line) => void): DataColumn<Line>[] => [
  {
    key: 'name',
    title: '班级或单位',
    phone: 'title',
    render: ({ unitId, name, isClass }) => (isClass ? name : <Go to={`/flows/screenings?unit=${unitId}`}>{name}</Go>),
  },
  {
    key: 'students',
    title: '学生',
    phone: 'line',
    align: 'right',
    render: ({ students }) => students.toLocaleString('zh-CN'),
  },
  {
    key: 'answered',
    title: '已填',
    phone: 'line',
    align: 'right',
    render: ({ answered }) => answered.toLocaleString('zh-CN'),
  },
  {
    key: 'left',
    title: '还差',
    phone: 'line',
    align: 'right',
    render: ({ students, answered }) =>
      students > answered ? <span className="heed">{(students - answered).toLocaleString('zh-CN')}</span> : '填完了',
  },
  {
    key: 'act',
    title: '',
    align: 'right',
    phone: 'aside',
    render: (line) =>
      round.open && line.isClass && line.students > line.answered ? (
        <Button size="small" type="primary" onClick={() => onAnswer(line)} aria-label={`填写 ${line.name}`}>
          填写
        </Button>
      ) : null,
  },
]

const total = (lines: readonly Line[], key: 'students' | 'answered'): number =>
  lines.reduce((sum, line) => sum + line[key], 0)

/** Rounds of questions over classes: which, until when, who has answered. Answers stand in the students' files. [X2 G26] */
export const ScreeningsPage = () => {
  const me = useMe()
  const go = useGo()
  const [{ unit }] = useQueryMembers()
  const home = me.posts[0]?.unitId ?? me.homeUnit.id
  const unitId = unit ?? home
  const isHome = unitId === home
  const { data, error, refetch } = useAnswer(listScreenings, { params: { unitId } })
  const phone = useIsPhone()
  const mayOpen = useMay('care.open-screening')
  const [opening, setOpening] = useState<string>()
  return (
    <Page
      title={isHome || !data ? '摸排' : `${data.unitName} · 摸排`}
      breadcrumb={[{ label: '办理', to: '/flows' }, ...(isHome ? [] : [{ label: '摸排', to: '/flows/screenings' }])]}
      lead="按班填写,填的内容记进每个学生的档案;不知道的可以不选。"
      actions={
        mayOpen && isHome ? (
          <Button type="primary" onClick={() => setOpening(newId())}>
            发起一轮
          </Button>
        ) : null
      }
    >
      {error ? <ErrorNote error={error} retry={() => void refetch()} /> : null}
      {data || error ? null : <Loading />}
      {data?.rounds.length === 0 ? (
        <Panel>
          <Empty title="还没有摸排">学校或县(区)发起后,各班填到哪里列在这里。</Empty>
        </Panel>
      ) : null}
      {data?.rounds.map((round) => {
        const [all, done] = [total(round.lines, 'students'), total(round.lines, 'answered')]
        return (
          <Panel
            key={round.id}
            flush
            title={round.title}
            aside={<Tag color={round.open ? 'processing' : 'default'}>{round.open ? '正在填写' : '不在填写时间'}</Tag>}
          >
            <div style={{ padding: phone ? '0 16px 12px' : '0 24px 12px' }}>
              <p>
                {formatDate(round.fromDate)}至{formatDate(round.untilDate)},问:
                {round.items.map(({ label }) => label).join('、')}
              </p>
              {all > 0 ? (
                <div style={{ maxWidth: 420 }}>
                  <CountText left={all - done} of="没有填" done="全部填完" />
                  <BarCell part={done} whole={all} />
                </div>
              ) : null}
            </div>
            <DataTable
              label={`${round.title} 填到哪里`}
              rows={round.lines}
              rowKey={(line) => line.unitId}
              columns={columnsFor(round, (line) => go(`/flows/screenings/${round.unitId}/${round.id}/${line.unitId}`))}
              empty={<Empty title="没有您看得到的班级">由班主任或辅导员填写。</Empty>}
            />
          </Panel>
        )
      })}
      {opening ? <OpenScreening id={opening} unitId={unitId} onClose={() => setOpening(undefined)} /> : null}
    </Page>
  )
}
