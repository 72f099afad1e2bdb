import { Button, Checkbox, Input, Tag } from 'antd'
import { useState } from 'react'
import { closePanel, markPresence } from '#contract/flows'
import { panelSides } from '#contract/policies'
import { Panel } from '#web/platform'
import type { Do, Sitting } from './sitting.ts'

interface Props {
  readonly panelId: string
  readonly sitting: Sitting
  readonly act: Do
}

/** Who sits, and who has come: written down by whoever keeps the sitting. */
export const Members = ({ panelId, sitting, act }: Props) => {
  const { present: here, needed } = sitting.quorum
  const present = sitting.members.filter((one) => one.present).map(({ seat }) => seat)
  const mark = (seats: readonly string[]): void =>
    void act(markPresence, { params: { panelId }, body: { present: [...seats] } })
  const mayMark = sitting.keeps && sitting.closedAt === null
  return (
    <Panel title="到会">
      <p>
        应到 {sitting.members.length} 人,实到 {here} 人,至少要 {needed} 人。
        {here < needed ? <span className="heed">人数不够,还不能形成结果。</span> : null}
      </p>
      {mayMark ? <p className="quiet">到了的请打勾;打勾以后才能表决。</p> : null}
      <ul className="plain-list">
        {sitting.members.map((one) => (
          <li key={one.seat} style={{ padding: '4px 0' }}>
            <Checkbox
              checked={one.present}
              disabled={!mayMark}
              onChange={({ target }) =>
                mark(target.checked ? [...present, one.seat] : present.filter((seat) => seat !== one.seat))
              }
            >
              {one.name}{' '}
              <span className="quiet">
                {panelSides[one.side]}
                {one.account ? '' : ',纸票'}
              </span>
              {one.chair ? <Tag style={{ marginInlineStart: 8 }}>组长</Tag> : null}
            </Checkbox>
          </li>
        ))}
      </ul>
      {mayMark && present.length < sitting.members.length ? (
        <Button style={{ marginTop: 8 }} onClick={() => mark(sitting.members.map(({ seat }) => seat))}>
          都到了
        </Button>
      ) : null}
    </Panel>
  )
}

interface CloseProps {
  readonly panelId: string
  /** Cases without a result. */
  readonly left: number
  readonly act: Do
}

/** The end of a sitting: minutes, then nothing of it changes any more. */
export const ClosePanel = ({ panelId, left, act }: CloseProps) => {
  const [minutes, setMinutes] = useState('')
  const [busy, setBusy] = useState(false)
  const close = async (): Promise<void> => {
    setBusy(true)
    await act(closePanel, { params: { panelId }, body: { minutes } }, '评议已结束')
    setBusy(false)
  }
  return (
    <Panel title="结束评议">
      <div className="field">
        <label htmlFor="minutes">纪要</label>
        <div className="quiet field-hint">怎么评的、主要理由;不写个人隐私</div>
        <Input.TextArea
          id="minutes"
          value={minutes}
          maxLength={5_000}
          autoSize={{ minRows: 3 }}
          onChange={(event) => setMinutes(event.target.value)}
        />
      </div>
      <p className="quiet">
        {left > 0 ? `还有 ${left} 件没有结果。` : ''}结束后结果和纪要不能再改,各件自动转到下一步。
      </p>
      <Button
        type="primary"
        disabled={minutes.trim().length < 4 || left > 0}
        loading={busy}
        onClick={() => void close()}
      >
        结束评议
      </Button>
    </Panel>
  )
}
