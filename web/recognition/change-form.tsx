import { Alert, App, Form, Input, Modal, Radio } from 'antd'
import { useState } from 'react'
import { adjustRecognition, decideKeyListing, levelLabels, recognise } from '#contract/recognition'
import { answers, call, newId, refresh, sentenceOf, useMe } from '#web/platform'
import type { Level } from './candidates.ts'

export type Change = 'recognise' | 'adjust' | 'end' | 'exit'

const titles: Record<Change, string> = {
  recognise: '直接认定',
  adjust: '调整等级',
  end: '退出认定',
  exit: '退出关爱名单',
}
const nextWords: Record<Change, string> = {
  recognise: '确定后等级即时有效,相应的任务随即列出。不公示。',
  adjust: '确定后按新等级办理,原来的等级留在沿革里。',
  end: '确定后不再列出相应的任务,已做的记录都会保留。',
  exit: '确定后不再列出相应的任务,已做的记录都会保留;出现新情况可以重新列入。',
}

interface Props {
  readonly student: { readonly schoolId: string; readonly studentId: string }
  readonly change: Change
  readonly onClose: () => void
}

interface Decided {
  readonly id: string
  readonly level: Level | undefined
  readonly on: string
  readonly reason: string
}

const send = async ({ student, change }: Props, { id, level, on, reason }: Decided): Promise<void> => {
  if (change === 'recognise') {
    if (!level) return
    const items = [{ id, studentId: student.studentId, level }]
    await call(recognise, {
      params: { schoolId: student.schoolId },
      body: { items, basis: 'direct', fromDate: on, reason },
    })
    return
  }
  if (change === 'exit') {
    await call(decideKeyListing, { params: student, body: { id, move: 'exit', care: null, reason, on } })
    return
  }
  const body = { id, move: change, level: change === 'adjust' ? (level ?? null) : null, on, reason }
  await call(adjustRecognition, { params: student, body })
}

/** One change of what was decided, with its date and its reason. */
export const ChangeForm = (props: Props) => {
  const { change, onClose } = props
  const { today } = useMe()
  const { message } = App.useApp()
  const [id] = useState(newId)
  const [level, setLevel] = useState<Level>()
  const [on, setOn] = useState(today)
  const [reason, setReason] = useState('')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const asksLevel = change === 'recognise' || change === 'adjust'
  const ready = (!asksLevel || level !== undefined) && on !== '' && [...reason.trim()].length >= 2
  const decide = async (): Promise<void> => {
    setBusy(true)
    setFailure(undefined)
    try {
      await send(props, { id, level, on, reason: reason.trim() })
      message.success('已办理')
      void refresh(answers)
      onClose()
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal
      open
      title={titles[change]}
      okText="确定"
      cancelText="取消"
      okButtonProps={{ disabled: !ready, loading: busy }}
      onOk={() => void decide()}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      {failure ? (
        <Alert type="warning" showIcon title={sentenceOf(failure)} style={{ marginBottom: 12 }} role="alert" />
      ) : null}
      <Form layout="vertical">
        {asksLevel ? (
          <Form.Item label="等级" required>
            <Radio.Group
              style={{ display: 'grid', gap: 8 }}
              value={level ?? null}
              onChange={(event) => setLevel(event.target.value as Level)}
              options={Object.entries(levelLabels).map(([value, label]) => ({ value: Number(value), label }))}
            />
          </Form.Item>
        ) : null}
        <Form.Item label="从哪天起" htmlFor="change-on" required>
          <Input
            id="change-on"
            type="date"
            style={{ width: 180 }}
            value={on}
            onChange={(event) => setOn(event.target.value)}
          />
        </Form.Item>
        <Form.Item label="理由" htmlFor="change-reason" required extra="至少两个字,留存备查">
          <Input.TextArea
            id="change-reason"
            value={reason}
            maxLength={500}
            autoSize={{ minRows: 2 }}
            onChange={(event) => setReason(event.target.value)}
          />
        </Form.Item>
      </Form>
      <p className="quiet">{nextWords[change]}</p>
    </Modal>
  )
}
