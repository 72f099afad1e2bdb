import { Alert, App, Button, Checkbox, Drawer, Form, Input, Radio } from 'antd'
import { useState } from 'react'
import { concerns, decideKeyListing } from '#contract/recognition'
import { ErrorNote, Loading, newId, sentenceOf, useAct, useIsPhone, useMe } from '#web/platform'
import { useWhy, Why } from '#web/students'
import type { Candidate } from './candidates.ts'

/** The decision on one student: the evidence and its article, the choice, the reason, and what happens next. */
export const KeyListingDrawer = ({ candidate, onClose }: { candidate: Candidate; onClose: () => void }) => {
  const phone = useIsPhone()
  const { today } = useMe()
  const { message } = App.useApp()
  const student = { schoolId: candidate.schoolId, studentId: candidate.studentId }
  const why = useWhy(student, candidate.rule)
  const act = useAct(decideKeyListing)
  const [id] = useState(newId)
  const [move, setMove] = useState<'confirm' | 'decline'>()
  const [difficulties, setDifficulties] = useState<number[]>([])
  const [care, setCare] = useState('')
  const [reason, setReason] = useState('')
  // Packs may ask the reason of either choice; a decision about a child always has one.
  const lacksReason = [...reason.trim()].length < 2
  const decide = (): void => {
    if (!move) return
    const body = {
      id,
      move,
      difficulties: move === 'confirm' ? difficulties : [],
      care: care.trim() || null,
      reason: reason.trim() || null,
      on: today,
    }
    act.mutate(
      { params: student, body },
      {
        onSuccess: () => {
          message.success('已记下研判结果')
          onClose()
        },
      },
    )
  }
  return (
    <Drawer
      open
      onClose={onClose}
      title={`研判:${candidate.name}`}
      placement={phone ? 'bottom' : 'right'}
      size={phone ? '92%' : 560}
      mask={{ closable: false }}
    >
      <h2 className="small-head">凭什么提出</h2>
      {why.data ? (
        <Why explained={why.data} />
      ) : why.error ? (
        <ErrorNote error={why.error} retry={() => void why.refetch()} />
      ) : (
        <Loading rows={4} />
      )}
      {act.error ? (
        <Alert type="warning" showIcon title={sentenceOf(act.error)} style={{ margin: '16px 0' }} role="alert" />
      ) : null}
      <Form layout="vertical" style={{ marginTop: 24 }}>
        <Form.Item label="研判结果" required>
          <Radio.Group
            style={{ display: 'grid', gap: 8 }}
            value={move ?? null}
            onChange={(event) => setMove(event.target.value as 'confirm' | 'decline')}
            options={[
              { value: 'confirm', label: '列入' },
              { value: 'decline', label: '不列入' },
            ]}
          />
        </Form.Item>
        {move === 'confirm' ? (
          <>
            <Form.Item label="需要哪些方面的帮助">
              <Checkbox.Group
                style={{ display: 'grid', gap: 8 }}
                value={difficulties}
                onChange={setDifficulties}
                options={Object.entries(concerns).map(([value, label]) => ({ value: Number(value), label }))}
              />
            </Form.Item>
            <Form.Item label="关爱安排(可不填)" htmlFor="listing-care" extra="加密保存,只有照看这名学生的人能看到">
              <Input.TextArea
                id="listing-care"
                value={care}
                maxLength={2000}
                autoSize={{ minRows: 3 }}
                onChange={(event) => setCare(event.target.value)}
              />
            </Form.Item>
          </>
        ) : null}
        {move ? (
          <Form.Item
            label={move === 'decline' ? '不列入的理由' : '列入的理由'}
            htmlFor="listing-reason"
            required
            extra="至少两个字,留存备查"
          >
            <Input.TextArea
              id="listing-reason"
              value={reason}
              maxLength={500}
              autoSize={{ minRows: 2 }}
              onChange={(event) => setReason(event.target.value)}
            />
          </Form.Item>
        ) : null}
      </Form>
      <p className="quiet">{nextWords[move ?? 'none']}</p>
      <div className="form-acts">
        <Button type="primary" size="large" disabled={!move || lacksReason} loading={act.isPending} onClick={decide}>
          确定
        </Button>
        <Button size="large" onClick={onClose}>
          再想想
        </Button>
      </div>
    </Drawer>
  )
}

const nextWords = {
  none: '规则只是提出,列入不列入由您决定。',
  confirm: '确定后:为这名学生配导师、救助性教育和集体教研的任务随即列出,只通知照看他的人;不公示。情况好转后可以退出。',
  decline: '确定后:不再列出这名学生,理由留存备查;出现新情况时规则会重新提出。',
} as const
