import { Button, Input, Modal, Radio, Tag } from 'antd'
import { type ReactNode, useState } from 'react'
import { castVote, decideTie, standAside } from '#contract/flows'
import { Facts, Go, Panel } from '#web/platform'
import type { Do, Judged, Sitting } from './sitting.ts'
import './panels.css'

interface Props {
  readonly panelId: string
  readonly sitting: Sitting
  readonly one: Judged
  readonly act: Do
}

/** One case before a sitting: what is worked out beside it, who has voted, the own ballot, paper ballots, a tie. */
export const JudgedCase = ({ panelId, sitting, one, act }: Props) => {
  const isOpen = sitting.closedAt === null
  const label = (code: number | null): string => sitting.choices.find((choice) => choice.code === code)?.label ?? '弃权'
  const mine = sitting.members.find(({ seat }) => seat === sitting.mySeat)
  const sits = ({ seat }: { readonly seat: string }): boolean => !one.aside.includes(seat)
  const owes = sitting.members.filter(
    (member) => member.present && sits(member) && !one.votedSeats.includes(member.seat),
  )
  const paper = owes.filter(({ account }) => !account)
  const waiting = owes.filter(({ account, seat }) => account && seat !== sitting.mySeat)
  const vote = (seat: string) => (choice: number | null) =>
    act(castVote, { params: { panelId, caseId: one.caseId }, body: { seat, choice } }, '已表决')
  const asideNames = sitting.members.filter((member) => !sits(member)).map(({ name }) => name)
  return (
    <Panel
      title={`${one.number}. ${one.studentName ?? '(不显示姓名)'} ${one.className ?? ''}`}
      aside={one.opensPapers ? <Go to={`/flows/${one.schoolId}/${one.caseId}`}>看材料</Go> : null}
    >
      {one.advice.length > 0 ? (
        <Facts rows={one.advice.map(({ label: name, words }) => [name, words] as const)} />
      ) : null}
      <p>
        {one.result === 'agreed' || one.choice !== null ? (
          <Tag color="success" style={{ marginInlineEnd: 8 }}>
            {label(one.choice)}
          </Tag>
        ) : null}
        {isOpen ? `已表决 ${one.voted}/${one.due}` : null}
        {one.votes.length > 0 ? (
          <span className="quiet">
            {' '}
            {one.votes
              .filter(({ count }) => count > 0)
              .map(({ choice, count }) => `${label(choice)} ${count} 票`)
              .join(',')}
          </span>
        ) : null}
      </p>
      {asideNames.length > 0 ? <p className="quiet">回避:{asideNames.join('、')}</p> : null}
      {isOpen && sitting.keeps && waiting.length > 0 && one.voted > 0 ? (
        <p className="quiet">还在等:{waiting.map(({ name }) => name).join('、')}</p>
      ) : null}
      {isOpen && mine && sitting.mySeat && !one.hasVoted ? (
        mine.present ? (
          <Ballot
            id={`${one.caseId}-mine`}
            legend="我的意见"
            choices={sitting.choices}
            onVote={vote(sitting.mySeat)}
            beside={<StandAside panelId={panelId} one={one} seat={sitting.mySeat} act={act} />}
          />
        ) : (
          <p>
            <span className="quiet">组长登记您到会以后就可以表决。</span>{' '}
            <StandAside panelId={panelId} one={one} seat={sitting.mySeat} act={act} />
          </p>
        )
      ) : null}
      {isOpen && sitting.keeps
        ? paper.map((member) => (
            <Ballot
              key={member.seat}
              id={`${one.caseId}-${member.seat}`}
              legend={`录入 ${member.name} 的纸票`}
              choices={sitting.choices}
              onVote={vote(member.seat)}
            />
          ))
        : null}
      {isOpen && one.result === 'tied' && one.choice === null && sitting.isChair ? (
        <Tie panelId={panelId} one={one} label={label} choices={sitting.choices.map(({ code }) => code)} act={act} />
      ) : null}
    </Panel>
  )
}

interface BallotProps {
  readonly id: string
  readonly legend: string
  readonly choices: Sitting['choices']
  readonly onVote: (choice: number | null) => Promise<boolean>
  readonly beside?: ReactNode
}

const abstains = 'abstains'

// Chosen first, then cast: a ballot cannot be taken back.
const Ballot = ({ id, legend, choices, onVote, beside }: BallotProps) => {
  const [chosen, setChosen] = useState<number | typeof abstains>()
  const [busy, setBusy] = useState(false)
  const cast = async (): Promise<void> => {
    if (chosen === undefined) return
    setBusy(true)
    await onVote(chosen === abstains ? null : chosen)
    setBusy(false)
  }
  return (
    <fieldset className="bare ballot">
      <legend className="strong" id={id}>
        {legend}
      </legend>
      <Radio.Group
        aria-labelledby={id}
        value={chosen ?? null}
        onChange={({ target }) => setChosen(target.value)}
        options={[
          ...choices.map(({ code, label }) => ({ value: code as number | string, label })),
          { value: abstains, label: '弃权' },
        ]}
      />
      <Button type="primary" disabled={chosen === undefined} loading={busy} onClick={() => void cast()}>
        投票
      </Button>
      {chosen === undefined ? beside : <span className="quiet">投出后不能改</span>}
    </fieldset>
  )
}

interface OneProps {
  readonly panelId: string
  readonly one: Judged
  readonly act: Do
}

interface TieProps extends OneProps {
  readonly label: (code: number) => string
  readonly choices: readonly number[]
}

const Tie = ({ panelId, one, label, choices, act }: TieProps) => {
  const [reason, setReason] = useState('')
  const between = one.between.length > 0 ? one.between : choices
  return (
    <div className="field" style={{ marginTop: 12 }}>
      <label htmlFor={`tie-${one.caseId}`}>没有一项过半数,请组长写明理由后决定</label>
      <Input.TextArea
        id={`tie-${one.caseId}`}
        value={reason}
        maxLength={500}
        autoSize={{ minRows: 2 }}
        onChange={(event) => setReason(event.target.value)}
      />
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8, marginTop: 8 }}>
        {between.map((choice) => (
          <Button
            key={choice}
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

const StandAside = ({ panelId, one, seat, act }: OneProps & { readonly seat: string }) => {
  const [isOpen, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const aside = async (): Promise<void> => {
    if (await act(standAside, { params: { panelId, caseId: one.caseId }, body: { seat, reason } }, '已回避'))
      setOpen(false)
  }
  return (
    <>
      <Button type="link" style={{ paddingInline: 0 }} onClick={() => setOpen(true)}>
        我应当回避
      </Button>
      <Modal
        open={isOpen}
        title={`回避:${one.studentName ?? ''}`}
        okText="确认回避"
        cancelText="返回"
        okButtonProps={{ disabled: reason.trim().length < 2 }}
        onCancel={() => setOpen(false)}
        onOk={() => void aside()}
      >
        <p>回避以后,您看不到这件事,也不参加表决。</p>
        <div className="field">
          <label htmlFor={`aside-${one.caseId}`}>原因</label>
          <Input
            id={`aside-${one.caseId}`}
            placeholder="如亲戚、邻居"
            value={reason}
            maxLength={200}
            onChange={(event) => setReason(event.target.value)}
          />
        </div>
      </Modal>
    </>
  )
}
