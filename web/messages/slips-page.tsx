import { Button } from 'antd'
import { useState } from 'react'
import { handOutSlips, listSlips } from '#contract/messages'
import {
  Empty,
  ErrorNote,
  formatDate,
  Loading,
  Page,
  Panel,
  sentenceOf,
  useAct,
  useAddress,
  useAnswer,
} from '#web/platform'
import './slips.css'

/** Slips of a class for families without phone or account: printed, cut, handed over folded. Neutral on paper. */
export const SlipsPage = () => {
  const { unitId } = useAddress<'unitId'>()
  const { data, error, refetch } = useAnswer(listSlips, { params: { unitId } }, { freshFor: 0 })
  const act = useAct(handOutSlips, { refreshes: [listSlips] })
  const [left, setLeft] = useState<readonly string[]>([])
  if (!data) return error ? <ErrorNote error={error} retry={() => void refetch()} /> : <Loading rows={6} />
  const chosen = data.slips.filter(({ id }) => !left.includes(id))
  const toggle = (id: string): void => setLeft(left.includes(id) ? left.filter((one) => one !== id) : [...left, id])
  return (
    <Page
      title={`${data.unitName} · 纸条`}
      lead="家里没有电话也没有账号的,由班主任把纸条折好交给学生带回家。"
      actions={
        chosen.length > 0 ? (
          <>
            <Button onClick={() => window.print()}>打印 {chosen.length} 张</Button>
            <Button
              type="primary"
              loading={act.isPending}
              onClick={() => act.mutate({ params: { unitId }, body: { ids: chosen.map(({ id }) => id) } })}
            >
              已经转交
            </Button>
          </>
        ) : null
      }
    >
      {act.error ? <p role="alert">{sentenceOf(act.error)}</p> : null}
      {data.slips.length === 0 ? (
        <Panel>
          <Empty title="没有等待转交的纸条">发给家人的消息没有别的办法送到时,纸条会出现在这里。</Empty>
        </Panel>
      ) : null}
      <ul className="slips">
        {data.slips.map(({ id, studentName, toName, text, at }) => (
          <li key={id} className={left.includes(id) ? 'slip slip-left' : 'slip'}>
            <label className="slip-choice">
              <input type="checkbox" className="tick" checked={!left.includes(id)} onChange={() => toggle(id)} />{' '}
              打印和转交这一张
            </label>
            <p className="strong">
              {toName}(请{studentName}带回)
            </p>
            <p>{text}</p>
            <p className="quiet">{formatDate(at)}</p>
          </li>
        ))}
      </ul>
    </Page>
  )
}
