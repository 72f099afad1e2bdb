import { Alert, App, Button, Drawer, Form, Input, Radio } from 'antd'
import { useState } from 'react'
import { levelLabels, recognise } from '#contract/recognition'
import { answers, call, formatDate, newId, reasonFor, refresh, sentenceOf, useIsPhone, useMe } from '#web/platform'
import { type Candidate, itemsFor, type Level, rulesIn } from './candidates.ts'

interface Props {
  readonly chosen: readonly Candidate[]
  readonly onClose: (done: boolean) => void
}

const levels = Object.entries(levelLabels).map(([value, label]) => ({ value: Number(value) as Level, label }))
const levelWord = (level: number): string => (levelLabels as Record<number, string>)[level] ?? ''

/** The decision on many: the evidence, the choice, and what happens next, said before the click. */
export const RecogniseDrawer = ({ chosen, onClose }: Props) => {
  const phone = useIsPhone()
  const { today } = useMe()
  const { message } = App.useApp()
  const [level, setLevel] = useState<Level | 'suggested'>('suggested')
  const [fromDate, setFromDate] = useState(today)
  const [reason, setReason] = useState('')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  // Ids are made once, so that pressing again after a broken connection recognises nobody twice.
  const [ids] = useState(() => new Map(chosen.map(({ studentId }) => [studentId, newId()])))
  const items = itemsFor(chosen, level === 'suggested' ? undefined : level)
  const count = [...items.values()].reduce((sum, students) => sum + students.length, 0)
  // Whether a reason is needed is the pack's to say, for each school its own.
  const needsReason = chosen.some((one) => one.reasonAsked && items.has(one.schoolId))
  const refused = reasonFor(failure, 'reason')
  const lacksReason = needsReason && reason.trim() === ''
  const people = new Set(chosen.map(({ studentId }) => studentId)).size

  const decide = async (): Promise<void> => {
    setBusy(true)
    setFailure(undefined)
    try {
      let recognised = 0
      for (const [schoolId, students] of items) {
        const body = {
          items: students.map((one) => ({ id: ids.get(one.studentId) ?? newId(), ...one })),
          basis: 'trusted-list' as const,
          fromDate,
          reason: reason.trim() || null,
        }
        recognised += (await call(recognise, { params: { schoolId }, body })).recognised
      }
      message.success(`已认定 ${recognised} 名学生`)
      onClose(true)
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
      void refresh(answers)
    }
  }

  return (
    <Drawer
      open
      onClose={() => onClose(false)}
      title="认定"
      placement={phone ? 'bottom' : 'right'}
      size={phone ? '92%' : 520}
      mask={{ closable: false }}
    >
      {failure ? (
        <Alert
          type="warning"
          showIcon
          role="alert"
          style={{ marginBottom: 16 }}
          title={sentenceOf(failure)}
          description="已经认定的不会重复;可以再试一次。"
        />
      ) : null}
      <h2 className="small-head">凭什么</h2>
      <ul className="plain-list" style={{ marginBottom: 16 }}>
        {rulesIn(chosen).map((rule) => (
          <li key={rule.rule}>
            {rule.label}:{rule.count} 人
          </li>
        ))}
      </ul>
      <Summary items={items} people={people} count={count} />
      <Form layout="vertical">
        <Form.Item label="等级">
          <Radio.Group
            style={{ display: 'grid', gap: 8 }}
            value={level}
            onChange={(event) => setLevel(event.target.value as Level | 'suggested')}
            options={[
              { value: 'suggested', label: '按各人的拟定等级' },
              ...levels.map((one) => ({ value: one.value, label: `都定为${one.label}` })),
            ]}
          />
        </Form.Item>
        <Form.Item label="从哪天起" htmlFor="recognise-from" required>
          <Input
            id="recognise-from"
            type="date"
            style={{ width: 180 }}
            value={fromDate}
            onChange={(event) => setFromDate(event.target.value)}
          />
        </Form.Item>
        <Form.Item
          label={needsReason ? '理由(本地规定须写)' : '说明(可不写)'}
          htmlFor="recognise-reason"
          required={needsReason}
          {...(refused === undefined ? {} : { help: refused, validateStatus: 'error' as const })}
        >
          <Input.TextArea
            id="recognise-reason"
            aria-required={needsReason}
            value={reason}
            maxLength={500}
            autoSize={{ minRows: 2 }}
            onChange={(event) => setReason(event.target.value)}
          />
        </Form.Item>
      </Form>
      <p className="quiet">
        确认后:等级从 {formatDate(fromDate)}{' '}
        起有效,相应的家访、导师等任务随即列出;学生档案里留下这次认定。以后可以调整或退出,须写明理由。不公示,也不通知其他学生。
      </p>
      {lacksReason ? <p className="heed">写明理由后才能认定。</p> : null}
      <div className="form-acts">
        <Button
          type="primary"
          size="large"
          loading={busy}
          disabled={count === 0 || fromDate === '' || lacksReason}
          onClick={() => void decide()}
        >
          认定 {count} 名学生
        </Button>
        <Button size="large" onClick={() => onClose(false)}>
          先不定
        </Button>
      </div>
    </Drawer>
  )
}

const Summary = ({ items, people, count }: { items: ReturnType<typeof itemsFor>; people: number; count: number }) => {
  const byLevel = Map.groupBy([...items.values()].flat(), ({ level }) => level)
  return (
    <p>
      共 {people} 名学生
      {[...byLevel].map(([level, these]) => `,${levelWord(level)} ${these.length} 人`).join('')}
      {count < people ? `;另有 ${people - count} 人没有拟定等级,请在下面选定等级` : ''}。
    </p>
  )
}
