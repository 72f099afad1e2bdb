import { Alert, App, Button, Checkbox, Input, Modal, Tag } from 'antd'
import { useState } from 'react'
import { castVote, closePanel, decideTie, getPanel, markPresence, standAside } from '#contract/flows'
import type { AnswerOf, Endpoint } from '#contract/platform'
import { panelSides } from '#contract/policies'
import {
  answers,
  call,
  ErrorNote,
  Facts,
  Go,
  type InputOf,
  Loading,
  Page,
  Panel,
  refresh,
  sentenceOf,
  useAddress,
  useAnswer,
} from '#web/platform'

type Sitting = AnswerOf<typeof getPanel>
type Judged = Sitting['cases'][number]
type Do = <E extends Endpoint>(endpoint: E, input: InputOf<E>, done?: string) => Promise<boolean>

/** One sitting: who is here, the evidence case by case, the ballot, the result; at the end the minutes. [C19] */
export const PanelPage = () => {
  const { panelId } = useAddress<'panelId'>()
  const { message } = App.useApp()
  const answer = useAnswer(getPanel, { params: { panelId } }, { every: 10_000 })
  const act: Do = async (endpoint, input, done) => {
    try {
      await call(endpoint, input)
      if (done) message.success(done)
      return true
    } catch (error) {
      message.error(sentenceOf(error))
      return false
    } finally {
      await refresh(answers, [getPanel])
    }
  }
  if (!answer.data)
    return answer.error ? <ErrorNote error={answer.error} retry={() => void answer.refetch()} /> : <Loading />
  const sitting = answer.data
  const done = sitting.cases.filter(
    ({ result, choice }) => result === 'agreed' || (result === 'tied' && choice !== null),
  ).length
  return (
    <Page
      title={`评议 · ${sitting.unitName}`}
      breadcrumb={[
        { label: '办理', to: '/flows' },
        { label: '评议', to: '/flows/panels' },
      ]}
      lead={`${sitting.title} ${sitting.cases.length} 件,已有结果 ${done} 件${sitting.closedAt ? ' · 已结束' : ''}`}
    >
      <Alert
        type="info"
        showIcon
        style={{ marginBottom: 16 }}
        title="只看材料,不让学生当众诉苦、互相比较;这里的内容不外传。"
      />
      <div className="beside">
        <div>
          {sitting.cases.map((one) => (
            <Case key={one.caseId} panelId={panelId} sitting={sitting} one={one} act={act} />
          ))}
        </div>
        <div>
          <Members panelId={panelId} sitting={sitting} act={act} />
          {sitting.keeps && !sitting.closedAt ? <Close panelId={panelId} act={act} /> : null}
          {sitting.minutes ? (
            <Panel title="纪要(已封存)">
              <p className="whole">{sitting.minutes.text}</p>
              <p className="quiet">
                {sitting.minutes.closedBy} 结束,校验码 {sitting.minutes.sha256.slice(0, 16)}
              </p>
            </Panel>
          ) : null}
        </div>
      </div>
    </Page>
  )
}

interface PartProps {
  readonly panelId: string
  readonly sitting: Sitting
  readonly act: Do
}

const Members = ({ panelId, sitting, act }: PartProps) => {
  const present = sitting.members.filter((one) => one.present).map(({ seat }) => seat)
  const mark = (seats: readonly string[]): void =>
    void act(markPresence, { params: { panelId }, body: { present: [...seats] } })
  return (
    <Panel title="到会">
      <p>
        到会 {sitting.quorum.present} 人,至少 {sitting.quorum.needed} 人
        {sitting.quorum.present < sitting.quorum.needed ? <span className="heed"> 人数不够</span> : null}
      </p>
      <ul className="plain-list">
        {sitting.members.map((one) => (
          <li key={one.seat}>
            <Checkbox
              checked={one.present}
              disabled={!sitting.keeps || sitting.closedAt !== null}
              onChange={({ target }) =>
                mark(target.checked ? [...present, one.seat] : present.filter((seat) => seat !== one.seat))
              }
            >
              {one.name} <span className="quiet">{panelSides[one.side]}</span>
              {one.chair ? <Tag style={{ marginInlineStart: 8 }}>组长</Tag> : null}
              {one.account ? null : <span className="quiet"> 纸票</span>}
            </Checkbox>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

const Case = ({ panelId, sitting, one, act }: PartProps & { readonly one: Judged }) => {
  const open = sitting.closedAt === null
  const label = (code: number | null): string => sitting.choices.find((choice) => choice.code === code)?.label ?? '弃权'
  const mine = sitting.members.find(({ seat }) => seat === sitting.mySeat)
  const paper = sitting.members.filter(
    (member) =>
      !member.account && member.present && !one.aside.includes(member.seat) && !one.votedSeats.includes(member.seat),
  )
  const vote = (seat: string) => (choice: number | null) =>
    void act(castVote, { params: { panelId, caseId: one.caseId }, body: { seat, choice } }, '已表决')
  return (
    <Panel
      title={`${one.number}. ${one.studentName ?? '(不显示姓名)'} ${one.className ?? ''}`}
      aside={one.opensPapers ? <Go to={`/flows/${one.schoolId}/${one.caseId}`}>看材料</Go> : null}
    >
      {one.advice.length > 0 ? (
        <Facts rows={one.advice.map(({ label: name, words }) => [name, words] as const)} />
      ) : null}
      <p>
        已表决 {one.voted}/{one.due}
        {one.result === 'agreed' ? (
          <Tag color="success" style={{ marginInlineStart: 8 }}>
            {label(one.choice)}
          </Tag>
        ) : null}
        {one.votes.length > 0 ? (
          <span className="quiet">
            {' '}
            {one.votes.map(({ choice, count }) => `${label(choice)} ${count} 票`).join(',')}
          </span>
        ) : null}
      </p>
      {open && mine?.present && !one.hasVoted && sitting.mySeat ? (
        <Ballot name={one.studentName} choices={sitting.choices} onVote={vote(sitting.mySeat)} />
      ) : null}
      {open && sitting.keeps
        ? paper.map((member) => (
            <div key={member.seat}>
              <p className="quiet">录入 {member.name} 的纸票:</p>
              <Ballot name={member.name} choices={sitting.choices} onVote={vote(member.seat)} />
            </div>
          ))
        : null}
      {open && one.result === 'tied' && one.choice === null && sitting.isChair ? (
        <Tie panelId={panelId} one={one} label={label} choices={sitting.choices.map(({ code }) => code)} act={act} />
      ) : null}
      {open && sitting.mySeat && !one.hasVoted ? (
        <Aside panelId={panelId} one={one} seat={sitting.mySeat} act={act} />
      ) : null}
    </Panel>
  )
}

interface BallotProps {
  readonly name: string | null
  readonly choices: Sitting['choices']
  readonly onVote: (choice: number | null) => void
}

const Ballot = ({ name, choices, onVote }: BallotProps) => (
  <fieldset className="bare" style={{ display: 'flex', gap: 8, flexWrap: 'wrap' }} aria-label={`表决 ${name ?? ''}`}>
    {choices.map(({ code, label }) => (
      <Button key={code} onClick={() => onVote(code)}>
        {label}
      </Button>
    ))}
    <Button type="text" onClick={() => onVote(null)}>
      弃权
    </Button>
  </fieldset>
)

interface OneProps {
  readonly panelId: string
  readonly one: Judged
  readonly act: Do
}

const Tie = ({
  panelId,
  one,
  label,
  choices,
  act,
}: OneProps & { label: (code: number) => string; choices: number[] }) => {
  const [reason, setReason] = useState('')
  const between = one.between.length > 0 ? one.between : choices
  return (
    <div className="field">
      <label htmlFor={`tie-${one.caseId}`}>没有过半数,请组长写明理由后决定</label>
      <Input.TextArea
        id={`tie-${one.caseId}`}
        value={reason}
        maxLength={500}
        autoSize={{ minRows: 2 }}
        onChange={(event) => setReason(event.target.value)}
      />
      <div style={{ display: 'flex', gap: 8, marginTop: 8 }}>
        {between.map((choice) => (
          <Button
            key={choice}
            type="primary"
            disabled={reason.trim().length < 4}
            onClick={() =>
              void act(decideTie, { params: { panelId, caseId: one.caseId }, body: { choice, reason } }, '已决定')
            }
          >
            定为{label(choice)}
          </Button>
        ))}
      </div>
    </div>
  )
}

const Aside = ({ panelId, one, seat, act }: OneProps & { readonly seat: string }) => {
  const [isOpen, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  return (
    <>
      <Button type="link" style={{ paddingInline: 0 }} onClick={() => setOpen(true)}>
        我应当回避
      </Button>
      <Modal
        open={isOpen}
        title="回避"
        okText="确认回避"
        cancelText="返回"
        okButtonProps={{ disabled: reason.trim().length < 2 }}
        onCancel={() => setOpen(false)}
        onOk={() => void act(standAside, { params: { panelId, caseId: one.caseId }, body: { seat, reason } }, '已回避')}
      >
        <p>回避以后,您看不到这件事,也不参加表决。</p>
        <Input
          aria-label="回避的原因"
          placeholder="原因,如亲戚、邻居"
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </Modal>
    </>
  )
}

const Close = ({ panelId, act }: { readonly panelId: string; readonly act: Do }) => {
  const [minutes, setMinutes] = useState('')
  return (
    <Panel title="结束评议">
      <div className="field">
        <label htmlFor="minutes">纪要</label>
        <Input.TextArea
          id="minutes"
          value={minutes}
          maxLength={5_000}
          autoSize={{ minRows: 3 }}
          onChange={(event) => setMinutes(event.target.value)}
        />
      </div>
      <p className="quiet">结束后结果和纪要不能再改,各件自动转到下一步。</p>
      <Button
        type="primary"
        disabled={minutes.trim().length < 4}
        onClick={() => void act(closePanel, { params: { panelId }, body: { minutes } }, '评议已结束')}
      >
        结束评议
      </Button>
    </Panel>
  )
}
