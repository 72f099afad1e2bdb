import { App, Button, Radio } from 'antd'
import { useState } from 'react'
import { kindsByHand, listSent, type MessageKindId, messageKinds, writeToFamily } from '#contract/messages'
import { newId, sentenceOf, useAct, useMay } from '#web/platform'
import { SentPanel } from './sent-panel.tsx'

/** A fixed text to all guardians who may be contacted, and what became of earlier ones. */
export const WriteToFamily = ({ schoolId, studentId }: { schoolId: string; studentId: string }) => {
  const may = useMay('messages.write-to-family')
  const { message } = App.useApp()
  const [kind, setKind] = useState<MessageKindId>()
  const [id, setId] = useState(newId)
  const act = useAct(writeToFamily, { refreshes: [listSent] })
  if (!may) return null
  const send = (chosen: MessageKindId): void =>
    act.mutate(
      { params: { schoolId, studentId }, body: { id, kind: chosen } },
      {
        onSuccess: () => {
          message.success('已交发。有联系限制的家人不会收到。')
          setKind(undefined)
          setId(newId())
        },
      },
    )
  return (
    <section style={{ marginTop: 24 }}>
      <h2 className="small-head">给监护人发一条消息</h2>
      <Radio.Group
        style={{ display: 'grid', gap: 8, marginBottom: 12 }}
        value={kind}
        onChange={({ target }) => setKind(target.value as MessageKindId)}
        options={kindsByHand.map(({ kind: value, label }) => ({ value, label }))}
        aria-label="发什么"
      />
      {kind ? (
        <p className="quiet">
          手机上只显示:{messageKinds[kind].preview.replace('{unit}', '学校')} 晚上九点到早上七点不发,天亮后再发。
        </p>
      ) : null}
      {act.error ? <p role="alert">{sentenceOf(act.error)}</p> : null}
      <Button type="primary" disabled={!kind} loading={act.isPending} onClick={() => kind && send(kind)}>
        发出
      </Button>
      <SentPanel studentId={studentId} />
    </section>
  )
}
