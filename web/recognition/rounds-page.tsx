import { Alert, Button, Drawer, Input, Radio } from 'antd'
import { useState } from 'react'
import { type AnswerOf, schoolYearOf } from '#contract/platform'
import { getRoundProgress, listRounds, openRound } from '#contract/recognition'
import {
  type DataColumn,
  DataTable,
  Empty,
  ErrorNote,
  formatDate,
  Loading,
  newId,
  Page,
  Panel,
  sentenceOf,
  useAct,
  useAnswer,
  useIsPhone,
  useMay,
  useMe,
} from '#web/platform'

type Progress = AnswerOf<typeof getRoundProgress>
type Line = Progress['lines'][number]

const shownStates = [
  'draft',
  'class-review',
  'college-review',
  'school-review',
  'deciding',
  'announcement',
  'objected',
  'recognised',
  'filing',
  'filed',
  'refused',
]

const columnsFor = ({ states, lines }: Progress): DataColumn<Line>[] => {
  const used = states.filter(({ id }) => shownStates.includes(id) && lines.some(({ byState }) => byState[id]))
  return [
    { key: 'unit', title: '班级', phone: 'title', render: (line) => line.unitName },
    { key: 'school', title: '学校', phone: 'bare', render: (line) => line.schoolName },
    { key: 'total', title: '申请', phone: 'line', align: 'right', render: (line) => line.total },
    ...used.map(({ id, label }) => ({
      key: id,
      title: label,
      phone: 'line' as const,
      align: 'right' as const,
      render: (line: Line) => line.byState[id] ?? '',
    })),
    {
      key: 'overdue',
      title: '逾期',
      phone: 'line',
      align: 'right',
      render: (line) => (line.overdue > 0 ? <span className="heed">{line.overdue}</span> : ''),
    },
  ]
}

/** The yearly rounds of a unit: notice and days, then how far each class has come. [C8] */
export const RoundsPage = () => {
  const me = useMe()
  const unitId = me.posts[0]?.unitId ?? me.homeUnit.id
  const rounds = useAnswer(listRounds, { params: { unitId } })
  const mayOpen = useMay('recognition.open-round')
  const [opening, setOpening] = useState(false)
  return (
    <Page
      title="学年申请"
      breadcrumb={[{ label: '办理', to: '/flows' }]}
      actions={
        mayOpen ? (
          <Button type="primary" onClick={() => setOpening(true)}>
            开展一次
          </Button>
        ) : null
      }
    >
      {rounds.error ? <ErrorNote error={rounds.error} retry={() => void rounds.refetch()} /> : null}
      {rounds.data || rounds.error ? null : <Loading />}
      {rounds.data?.rounds.length === 0 ? (
        <Empty title="还没有开展">由学校或县(区)发出告知、定下日期后开始。</Empty>
      ) : null}
      {rounds.data?.rounds.map((round) => (
        <Panel
          key={round.id}
          title={`${round.schoolYear}—${round.schoolYear + 1} 学年第${round.term === 1 ? '一' : '二'}学期 · ${round.unitName}`}
        >
          <p>
            {formatDate(round.noticeOn)}告知,{formatDate(round.opensOn)}至{formatDate(round.closesOn)}申请
            {round.isOpen ? <b> · 正在申请</b> : null}
          </p>
          <p className="quiet whole">{round.notice}</p>
          <ProgressTable roundId={round.id} unit={unitId} />
        </Panel>
      ))}
      {opening ? <OpenDrawer unitId={unitId} onClose={() => setOpening(false)} /> : null}
    </Page>
  )
}

const ProgressTable = ({ roundId, unit }: { roundId: string; unit: string }) => {
  const answer = useAnswer(getRoundProgress, { params: { roundId }, query: { unit } })
  if (!answer.data) return answer.error ? <ErrorNote error={answer.error} /> : <Loading />
  return (
    <DataTable
      label="各班进度"
      rows={answer.data.lines}
      rowKey={({ unitId }) => unitId}
      columns={columnsFor(answer.data)}
      empty={<Empty title="还没有申请">家长或班主任提出后,这里按班列出。</Empty>}
    />
  )
}

const OpenDrawer = ({ unitId, onClose }: { unitId: string; onClose: () => void }) => {
  const phone = useIsPhone()
  const { today } = useMe()
  const act = useAct(openRound)
  const [id] = useState(newId)
  const [term, setTerm] = useState<1 | 2>(1)
  const thisYear = schoolYearOf(today)
  // In summer those admitted for the year to come apply already.
  const [schoolYear, setSchoolYear] = useState(
    today.slice(5, 7) >= '06' && today.slice(5, 7) < '09' ? thisYear + 1 : thisYear,
  )
  const [days, setDays] = useState({ noticeOn: today, opensOn: '', closesOn: '' })
  const [notice, setNotice] = useState('')
  const dates = [
    ['noticeOn', '告知日期'],
    ['opensOn', '开始申请'],
    ['closesOn', '截止申请'],
  ] as const
  return (
    <Drawer
      open
      onClose={onClose}
      title="开展一次学年申请"
      placement={phone ? 'bottom' : 'right'}
      size={phone ? '92%' : 480}
    >
      {act.error ? (
        <Alert type="warning" showIcon role="alert" title={sentenceOf(act.error)} style={{ marginBottom: 12 }} />
      ) : null}
      <Radio.Group
        aria-label="学年"
        value={schoolYear}
        onChange={(event) => setSchoolYear(event.target.value as number)}
        options={[thisYear, thisYear + 1].map((value) => ({ value, label: `${value}—${value + 1} 学年` }))}
        style={{ marginBottom: 8, display: 'flex' }}
      />
      <Radio.Group
        aria-label="学期"
        value={term}
        onChange={(event) => setTerm(event.target.value as 1 | 2)}
        options={[
          { value: 1, label: '第一学期' },
          { value: 2, label: '第二学期' },
        ]}
        style={{ marginBottom: 16 }}
      />
      {dates.map(([key, label]) => (
        <div className="field" key={key}>
          <label htmlFor={key}>{label}</label>
          <Input
            id={key}
            type="date"
            style={{ width: 180 }}
            value={days[key]}
            onChange={(event) => setDays({ ...days, [key]: event.target.value })}
          />
        </div>
      ))}
      <div className="field">
        <label htmlFor="notice">告知家长的话</label>
        <Input.TextArea
          id="notice"
          value={notice}
          maxLength={2_000}
          autoSize={{ minRows: 4 }}
          onChange={(event) => setNotice(event.target.value)}
        />
        <div className="quiet">写明谁可以申请、怎么申请、问谁。告知之日起家长看得到。</div>
      </div>
      <div className="form-acts">
        <Button
          type="primary"
          size="large"
          loading={act.isPending}
          disabled={notice.trim().length < 10 || Object.values(days).includes('')}
          onClick={() =>
            act.mutate(
              { params: { unitId }, body: { id, term, schoolYear, ...days, notice: notice.trim() } },
              { onSuccess: onClose },
            )
          }
        >
          开展
        </Button>
      </div>
    </Drawer>
  )
}
