import { App, Button, Input, Modal } from 'antd'
import { useState } from 'react'
import { freezeCoverage, listFreezes } from '#contract/counts'
import { formatDate, formatMoment, Go, Panel, sentenceOf, useAct, useAnswer } from '#web/platform'
import { numberText } from './share.ts'

/** 定格: keeps the page with its day, figures and names as they are known now. */
export function KeepPage({ unitId, on, asOf }: { unitId: string; on: string | undefined; asOf: string }) {
  const { message } = App.useApp()
  const [open, setOpen] = useState(false)
  const [note, setNote] = useState('')
  const act = useAct(freezeCoverage, { refreshes: [listFreezes] })
  const keep = () =>
    act.mutate(
      { params: { unitId }, body: { note, ...(on && { on }) } },
      {
        onSuccess: ({ names }) => {
          setOpen(false)
          setNote('')
          void message.success(`已定格。连同名单 ${numberText(names)} 条,以后打开都是现在的样子。`)
        },
        onError: (error) => void message.warning(sentenceOf(error)),
      },
    )
  return (
    <>
      <Button onClick={() => setOpen(true)}>定格</Button>
      <Modal
        open={open}
        title={`定格 ${formatDate(asOf)} 的覆盖率`}
        okText="定格"
        cancelText="先不办"
        confirmLoading={act.isPending}
        onOk={keep}
        onCancel={() => setOpen(false)}
      >
        <p>
          数字和您能打开的名单按现在所知留存。以后情况更正了,定格的这一页不变;名单仍只对规定的岗位开放。定格会记入审计。
        </p>
        <label htmlFor="keep-note">说明(可不填)</label>
        <Input
          id="keep-note"
          maxLength={200}
          placeholder="如 期中督导用"
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      </Modal>
    </>
  )
}

/** Pages kept of this unit, newest first; nothing is shown where none was kept. */
export function KeptPages({ unitId }: { unitId: string }) {
  const { data } = useAnswer(listFreezes, { params: { unitId }, query: {} })
  if (!data || data.freezes.length === 0) return null
  return (
    <Panel title="定格过的页">
      <ul className="plain-list" aria-label="定格过的页">
        {data.freezes.map(({ id, asOf, frozenAt, frozenBy, note }) => (
          <li key={id} style={{ padding: '8px 0' }}>
            <Go to={`/coverage/${unitId}/kept/${id}`}>{`${formatDate(asOf)} 的覆盖率`}</Go>
            <span className="quiet">{` ${frozenBy} ${formatMoment(frozenAt)} 定格${note === '' ? '' : ` · ${note}`}`}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
