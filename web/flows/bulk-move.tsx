import { App, Button, Input, Modal } from 'antd'
import { useState } from 'react'
import type { listBox, moveCases } from '#contract/flows'
import type { AnswerOf } from '#contract/platform'
import { answers, call, newId, refresh, sentenceOf } from '#web/platform'

type Answer = AnswerOf<typeof listBox>
type BulkMoveOffered = Answer['bulkMoves'][number]
type Line = Answer['lines'][number]

interface Props {
  readonly moves: readonly BulkMoveOffered[]
  readonly lines: readonly Line[]
  readonly onDone: () => void
  readonly endpoint: typeof moveCases
}

/** One move on the chosen cases, school by school; those that could not be moved are named with the reason. */
export const BulkMove = ({ moves, lines, onDone, endpoint }: Props) => {
  const { modal, message } = App.useApp()
  const [asking, setAsking] = useState<BulkMoveOffered>()
  const [reason, setReason] = useState('')
  const [busy, setBusy] = useState(false)
  const send = async (move: BulkMoveOffered): Promise<void> => {
    setBusy(true)
    let moved = 0
    const refused: string[] = []
    try {
      for (const [schoolId, group] of Map.groupBy(lines, (line) => line.schoolId)) {
        const answer = await call(endpoint, {
          params: { schoolId },
          body: {
            flow: group[0]?.flow ?? '',
            move: move.id,
            reason: reason.trim() || null,
            items: group.map(({ caseId, version }) => ({ caseId, version, stepId: newId() })),
          },
        })
        moved += answer.moved
        refused.push(
          ...answer.refused.map(
            ({ caseId, sentence }) =>
              `${group.find((line) => line.caseId === caseId)?.studentName ?? '一件'}:${sentence}`,
          ),
        )
      }
      setAsking(undefined)
      onDone()
      if (refused.length === 0) message.success(`已办理 ${moved} 件`)
      else
        modal.info({
          title: `已办理 ${moved} 件,${refused.length} 件没有办`,
          content: refused.map((line) => <div key={line}>{line}</div>),
        })
    } catch (error) {
      message.error(sentenceOf(error))
    }
    setBusy(false)
    await refresh(answers)
  }
  return (
    <>
      {moves.map((move) => (
        <Button key={move.id} type="primary" disabled={lines.length === 0} onClick={() => setAsking(move)}>
          {move.label}
        </Button>
      ))}
      <Modal
        open={asking !== undefined}
        title={asking ? `${asking.label}:${lines.length} 件` : ''}
        okText={asking?.label ?? ''}
        cancelText="再看看"
        confirmLoading={busy}
        okButtonProps={{ disabled: asking?.needsReason === true && reason.trim() === '' }}
        onOk={() => asking && void send(asking)}
        onCancel={() => setAsking(undefined)}
      >
        <label htmlFor="bulk-reason">理由{asking?.needsReason ? '' : <span className="quiet">(可不填)</span>}</label>
        <Input.TextArea
          id="bulk-reason"
          value={reason}
          maxLength={2_000}
          autoSize={{ minRows: 2 }}
          onChange={(event) => setReason(event.target.value)}
        />
      </Modal>
    </>
  )
}
