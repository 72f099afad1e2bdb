import { Alert, Button, Input, Space } from 'antd'
import { useEffect, useState } from 'react'
import type { FieldReason } from '#contract/platform'
import { mistreatment, sendAnonymously, voice } from '#contract/voices'
import { type AskedField, type FilledFields, FilledForm } from '#web/flows'
import { call, isRefusal, sentenceOf, TabStrip } from '#web/platform'
import { AnswerView } from './answer-view.tsx'
import { SchoolPicker } from './school-picker.tsx'

const flows = { voice, mistreatment } as const
type Kind = keyof typeof flows

const fieldsOf = (kind: Kind): AskedField[] =>
  flows[kind].form.map((field) => ({
    id: field.id,
    label: field.label,
    type: field.type,
    required: field.required,
    max: field.max,
    hint: 'hint' in field ? (field.hint ?? null) : null,
    group: null,
    codes: Object.entries('codes' in field ? (field.codes ?? {}) : {}).map(([code, label]) => ({
      code: Number(code),
      label: String(label),
    })),
  }))

const Sent = ({ code }: { code: string }) => (
  <section aria-label="已经收到">
    <Alert type="success" showIcon title="已经收到。请抄下回访码,只显示这一次。" />
    <p className="letter-code" style={{ fontSize: 24, letterSpacing: 1, margin: '24px 0', fontWeight: 600 }}>
      {code}
    </p>
    <p className="quiet">凭回访码看办到哪一步、看答复。我们没有记下您是谁,丢了就找不回来。</p>
  </section>
)

const Write = ({ kind }: { kind: Kind }) => {
  const [unitId, setUnitId] = useState<string>()
  const [values, setValues] = useState<FilledFields>({})
  const [problems, setProblems] = useState<readonly FieldReason[]>([])
  const [failure, setFailure] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const [code, setCode] = useState<string>()
  const send = async (): Promise<void> => {
    if (!unitId) return setFailure('unit')
    setBusy(true)
    setFailure(undefined)
    try {
      const content = values as Record<string, string | number>
      setCode((await call(sendAnonymously, { body: { unitId, flow: kind, content } })).code)
    } catch (error) {
      setFailure(error)
      setProblems(isRefusal(error) ? error.fields : [])
    } finally {
      setBusy(false)
    }
  }
  if (code) return <Sent code={code} />
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      {kind === 'mistreatment' ? (
        <Alert
          type="info"
          showIcon
          title="由上一级单位办理。被反映的人和这所学校的人都看不到。"
          description="学生正有危险,请马上拨打 110。"
          style={{ marginBottom: 16 }}
        />
      ) : null}
      {failure ? (
        <Alert
          type="warning"
          showIcon
          role="alert"
          title={failure === 'unit' ? '请选择是哪所学校。' : sentenceOf(failure)}
          style={{ marginBottom: 16 }}
        />
      ) : null}
      <SchoolPicker value={unitId} onChange={setUnitId} />
      <FilledForm fields={fieldsOf(kind)} values={values} problems={problems} onChange={setValues} />
      <Button type="primary" size="large" block htmlType="submit" loading={busy} style={{ marginTop: 16 }}>
        不留姓名,寄出
      </Button>
    </form>
  )
}

const tabs = [
  { key: 'voice', label: '异议、线索、诉求' },
  { key: 'mistreatment', label: '报告伤害' },
  { key: 'look', label: '凭回访码查看' },
]

const Look = () => {
  const [typed, setTyped] = useState('')
  const [code, setCode] = useState<string>()
  return (
    <section aria-label="凭回访码查看">
      <Space.Compact block>
        <Input
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          placeholder="回访码"
          aria-label="回访码"
          maxLength={40}
          size="large"
        />
        <Button type="primary" size="large" onClick={() => setCode(typed.trim())} disabled={typed.trim().length < 16}>
          查看
        </Button>
      </Space.Compact>
      {code ? <AnswerView key={code} code={code} /> : null}
    </section>
  )
}

/** Letters without signing in: to write one, to report harm, to come back for the answer. [C19 G16 Z9] */
export const LetterPage = () => {
  const [tab, setTab] = useState('voice')
  useEffect(() => {
    document.title = '来信 · 同行'
  }, [])
  return (
    <main style={{ maxWidth: 640, margin: '0 auto', padding: '24px 16px 48px' }}>
      <h1 style={{ marginBottom: 4 }}>来信</h1>
      <p className="quiet" style={{ marginTop: 0 }}>
        不用登录,不留姓名。三个工作日内受理,都有答复。<a href="/">回到登录</a>
      </p>
      <TabStrip tabs={tabs} active={tab} onChange={setTab} label="来信">
        <div style={{ marginTop: 16 }}>
          {tab === 'look' ? <Look /> : <Write key={tab} kind={tab === 'mistreatment' ? 'mistreatment' : 'voice'} />}
        </div>
      </TabStrip>
    </main>
  )
}
