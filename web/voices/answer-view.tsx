import { Alert, Button, Input, Radio } from 'antd'
import { useState } from 'react'
import { judgeAnonymously, lookAnonymously } from '#contract/voices'
import { call, formatMoment, Loading, sentenceOf, useAnswer } from '#web/platform'

const Judge = ({ code, onDone }: { code: string; onDone: () => void }) => {
  const [satisfaction, setSatisfaction] = useState<1 | 2 | 3>()
  const [reason, setReason] = useState('')
  const [failure, setFailure] = useState<unknown>()
  const judge = async (): Promise<void> => {
    setFailure(undefined)
    try {
      const wanted = satisfaction === 3 ? reason.trim() || null : null
      await call(judgeAnonymously, { body: { code, satisfaction: satisfaction ?? null, reason: wanted } })
      onDone()
    } catch (error) {
      setFailure(error)
    }
  }
  return (
    <section aria-label="评价答复" style={{ marginTop: 24 }}>
      <p className="strong">您对答复</p>
      <Radio.Group
        value={satisfaction}
        onChange={(event) => setSatisfaction(event.target.value as 1 | 2 | 3)}
        options={[
          { value: 1, label: '满意' },
          { value: 2, label: '基本满意' },
          { value: 3, label: '不满意' },
        ]}
      />
      {satisfaction === 3 ? (
        <Input.TextArea
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          placeholder="哪里还没有解决;写了就由上级再看"
          aria-label="哪里还没有解决"
          maxLength={1_000}
          autoSize={{ minRows: 3 }}
          style={{ marginTop: 12 }}
        />
      ) : null}
      {failure ? <Alert type="warning" showIcon title={sentenceOf(failure)} style={{ marginTop: 12 }} /> : null}
      <Button
        type="primary"
        block
        size="large"
        disabled={!satisfaction}
        onClick={() => void judge()}
        style={{ marginTop: 12 }}
      >
        提交评价
      </Button>
    </section>
  )
}

/** Where a letter stands and what was answered, for whoever has its code. */
export const AnswerView = ({ code }: { code: string }) => {
  const seen = useAnswer(lookAnonymously, { body: { code } }, { whenSessionLost: 'refuse' })
  if (seen.error) return <Alert type="warning" showIcon title={sentenceOf(seen.error)} style={{ marginTop: 16 }} />
  if (!seen.data) return <Loading rows={3} />
  const { told, answer, dueAt, mayJudge, final } = seen.data
  return (
    <section aria-label="办到哪一步" style={{ marginTop: 24 }}>
      <h2>{told}</h2>
      {dueAt && !final && !mayJudge ? <p className="quiet">最晚 {formatMoment(dueAt)}</p> : null}
      {answer ? <Alert type="info" title="答复" description={<span className="whole">{answer}</span>} /> : null}
      {mayJudge ? <Judge code={code} onDone={() => void seen.refetch()} /> : null}
    </section>
  )
}
