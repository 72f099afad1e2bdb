import { BellOutlined, FormOutlined, PhoneOutlined } from '@ant-design/icons'
import type { ReactNode } from 'react'
import { getMyChildren } from '#contract/family'
import { listMyCases, listOpenable } from '#contract/flows'
import { countUnread } from '#contract/messages'
import type { AnswerOf } from '#contract/platform'
import { Empty, ErrorNote, Facts, formatDate, Go, Loading, Page, Panel, useAnswer, useMe } from '#web/platform'
import './family.css'

type Child = AnswerOf<typeof getMyChildren>['children'][number]
type Case = AnswerOf<typeof listMyCases>['cases'][number]

/** 我的: what to do, where my requests stand, my child's file. Large, in plain words, for one thumb. [C6 G16] */
export const MyPage = () => {
  const me = useMe()
  const children = useAnswer(getMyChildren, {})
  const found = children.data?.children
  const first = found?.[0]
  return (
    <Page title="我的" tabTitle="我的" lead={`${me.name},您好`}>
      <div className="my">
        {children.error ? <ErrorNote error={children.error} retry={() => void children.refetch()} /> : null}
        {found || children.error ? null : <Loading rows={6} />}
        {found && found.length > 0 ? (
          <>
            <Doors family={found} />
            <Requests />
            {found.map((child) => (
              <ChildPanel
                key={`${child.schoolId} ${child.studentId}`}
                child={child}
                self={me.family === 'student'}
                applies={found.length > 1}
              />
            ))}
          </>
        ) : null}
        {found && !first ? <Empty title="这里暂时没有可以看的资料">如有疑问,请与孩子的班主任或学校联系。</Empty> : null}
      </div>
    </Page>
  )
}

const Door = ({ to, icon, children }: { to: string; icon: ReactNode; children: ReactNode }) => (
  <Go to={to} className="my-door">
    {icon}
    <span>{children}</span>
  </Go>
)

/** Three buttons at most; what does not exist for this family is not there. */
const Doors = ({ family }: { family: readonly Child[] }) => {
  const unread = useAnswer(countUnread, {}, { every: 60_000 }).data?.unread ?? 0
  const teacher = family[0]?.teachers.find(({ phone }) => phone !== null)
  return (
    <nav className="my-doors" aria-label="常用">
      {family.length === 1 ? <Openable child={family[0]} label="我要申请" /> : null}
      <Door to="/messages" icon={<BellOutlined aria-hidden />}>
        {unread > 0 ? `消息(${unread} 条没看)` : '消息'}
      </Door>
      {teacher ? (
        <a className="my-door" href={`tel:${teacher.phone}`}>
          <PhoneOutlined aria-hidden />
          <span>打电话给班主任</span>
        </a>
      ) : null}
    </nav>
  )
}

const Openable = ({ child, label }: { child: Child | undefined; label: string }) => {
  const about = child ? { schoolId: child.schoolId, studentId: child.studentId } : {}
  const openable = useAnswer(listOpenable, { query: about }, { enabled: child !== undefined })
  if (!child || !openable.data || openable.data.flows.length === 0) return null
  return (
    <Door to={`/flows/new?schoolId=${child.schoolId}&studentId=${child.studentId}`} icon={<FormOutlined aria-hidden />}>
      {label}
    </Door>
  )
}

const Requests = () => {
  const cases = useAnswer(listMyCases, {}).data?.cases ?? []
  if (cases.length === 0) return null
  const open = cases.filter(({ final }) => !final)
  const done = cases.filter(({ final }) => final)
  return (
    <Panel title="办到哪一步了">
      <ul className="plain-list">
        {[...open, ...done].map((one) => (
          <Request key={one.caseId} one={one} />
        ))}
      </ul>
    </Panel>
  )
}

const Request = ({ one }: { one: Case }) => (
  <li className="my-request">
    <Go to={`/flows/${one.schoolId}/${one.caseId}`}>{one.title}</Go>
    <div className="strong">{one.told}</div>
    <div className="quiet">
      {formatDate(one.openedAt.slice(0, 10))}提出{one.studentName ? ` · ${one.studentName}` : ''}
    </div>
  </li>
)

const ChildPanel = ({ child, self, applies }: { child: Child; self: boolean; applies: boolean }) => (
  <Panel title={self ? '我的资料' : child.name}>
    <Facts
      rows={[
        ['姓名', self ? child.name : null],
        ['学校', child.schoolName],
        ['班级', child.className],
        ['入学', child.enteredOn ? formatDate(child.enteredOn) : null],
        ...child.teachers.map(
          ({ name, post, phone }) =>
            [
              post,
              <span key={name}>
                {name}{' '}
                {phone ? (
                  <a className="number" href={`tel:${phone}`}>
                    {phone}
                  </a>
                ) : (
                  <span className="quiet">电话请问学校</span>
                )}
              </span>,
            ] as const,
        ),
        ['本学年认定', child.recognisedUntil ? `已办理,${formatDate(child.recognisedUntil)}前有效` : null],
      ]}
    />
    {child.told.length > 0 ? (
      <>
        <h3 className="small-head">您告诉学校的情况</h3>
        <Facts rows={child.told.map(({ label, value, asOf }) => [label, `${value}(${formatDate(asOf)})`] as const)} />
      </>
    ) : null}
    <p>
      <Go to={`/my/records/${child.schoolId}/${child.studentId}`}>
        {self ? '学校为我做过的事' : '学校为孩子做过的事'}
      </Go>
    </p>
    {applies ? <Openable child={child} label={`为${child.name}申请`} /> : null}
    <p className="quiet">资料有不对的地方,请告诉班主任,由学校更正。</p>
  </Panel>
)
