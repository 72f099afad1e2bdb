import { CoffeeOutlined } from '@ant-design/icons'
import { getDesk } from '#contract/duties'
import { countWords } from '#contract/flows'
import type { AnswerOf } from '#contract/platform'
import { MyStudentsPanel } from '#web/mentoring'
import {
  agoWords,
  Empty,
  ErrorNote,
  formatDate,
  Go,
  Loading,
  Page,
  Panel,
  useAnswer,
  useMay,
  useMe,
} from '#web/platform'
import { useDeskSlots } from './desk-slots.tsx'
import { DutyGroup } from './duty-group.tsx'
import { byUrgency, type Group, greetingFor, urgencyWords } from './urgency.ts'

type Desk = AnswerOf<typeof getDesk>

/** What is mine today: overdue, due, coming; what waits for me; what is new with my students. */
export const DeskPage = () => {
  const me = useMe()
  const desk = useAnswer(getDesk, {})
  const hasMentees =
    useMay('mentoring.my-students') && me.posts.some(({ post }) => post === 'mentor' || post === 'county-cadre')
  const today = new Date(`${me.today}T00:00:00Z`)
  const lead = `${formatDate(me.today)} 星期${'日一二三四五六'[today.getUTCDay()]}`
  return (
    <Page title={`${greetingFor(new Date())},${me.name}`} tabTitle="工作台" lead={lead}>
      {hasMentees ? <MyStudentsPanel /> : null}
      {desk.data ? (
        <Laid desk={desk.data} />
      ) : (
        <Panel>
          {desk.error ? (
            <ErrorNote error={desk.error} retry={() => void desk.refetch()} safe="本机上没有发出的记录都在。" />
          ) : (
            <Loading />
          )}
        </Panel>
      )}
    </Page>
  )
}

const Laid = ({ desk }: { desk: Desk }) => {
  const states = byUrgency(desk.groups)
  const { Glance } = useDeskSlots()
  // Officers and leaders have no acts of their own due: how far their unit is comes first.
  const overlooks = useMay('counts.export') && states.length === 0
  const quiet = states.length === 0 && desk.waiting.length === 0 && !overlooks
  return (
    <div className={desk.waiting.length > 0 || desk.news.length > 0 ? 'beside' : undefined}>
      <div>
        {quiet ? (
          <Panel>
            <Empty title="今天没有要办的事" mark={<CoffeeOutlined />} act={<Go to="/students">看看学生</Go>}>
              该做的都做了。和学生聊聊天,有新情况随时记一笔。
            </Empty>
          </Panel>
        ) : null}
        {overlooks ? <Glance /> : null}
        {states.map(([state, groups]) => (
          <Panel key={state} title={urgencyWords[state]}>
            <ul className="plain-list">
              {groups.map((group: Group) => (
                <DutyGroup key={`${group.rule} ${group.periodLabel} ${group.because}`} group={group} />
              ))}
            </ul>
          </Panel>
        ))}
      </div>
      <div>
        <Waiting waiting={desk.waiting} />
        <News news={desk.news} />
      </div>
    </div>
  )
}

// What lies on a desk is counted only so far; the rest is counted out.
const countedOf = (kind: Desk['waiting'][number]['kind'], count: number): string =>
  kind === 'flow' || kind === 'flow-overdue' ? countWords(count) : count.toLocaleString('zh-CN')

const Waiting = ({ waiting }: { waiting: Desk['waiting'] }) => {
  if (waiting.length === 0) return null
  return (
    <Panel title="等我处理">
      <ul className="plain-list">
        {waiting.map(({ kind, title, count, to }) => (
          <li key={`${kind} ${to}`} className="now-item">
            <div>
              <Go to={to}>{title}</Go>
            </div>
            <span className="number strong">{countedOf(kind, count)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

const News = ({ news }: { news: Desk['news'] }) => {
  const { today } = useMe()
  if (news.length === 0) return null
  return (
    <Panel title="我的学生的新动向">
      <ul className="plain-list">
        {news.map((item) => (
          <li key={`${item.studentId} ${item.at} ${item.text}`} className="now-item">
            <div>
              <Go to={`/students/${item.schoolId}/${item.studentId}`}>{item.name}</Go> {item.text}
            </div>
            <span className="quiet">{agoWords(item.at, today)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
