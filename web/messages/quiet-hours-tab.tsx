import { Alert, App, Button, Input } from 'antd'
import { useState } from 'react'
import { getQuietHours, setQuietHours } from '#contract/messages'
import type { AnswerOf } from '#contract/platform'
import type { UnitTab } from '#web/people'
import { ErrorNote, Loading, Panel, sentenceOf, useAct, useAnswer } from '#web/platform'

type Hours = AnswerOf<typeof getQuietHours>

const words = ({ from, until }: Pick<Hours, 'from' | 'until'>): string =>
  from === until ? '全天都可以发' : from > until ? `每天 ${from} 到次日 ${until}` : `每天 ${from} 到 ${until}`

/** The hours in which families are not disturbed: what holds here, whose setting it is, and another one of our own. */
const QuietHours: UnitTab['Body'] = ({ answer: { unit } }) => {
  const { data, error, refetch } = useAnswer(getQuietHours, { params: { unitId: unit.id } })
  if (!data) return error ? <ErrorNote error={error} retry={() => void refetch()} /> : <Loading rows={3} />
  return (
    <Panel title="不打扰家人的时段">
      <p className="strong">{words(data)}</p>
      <p className="quiet">
        {data.setAt === null
          ? '平台的通常做法。'
          : data.setAt === unit.name
            ? '本单位自己定的。'
            : `${data.setAt}定的。`}
        这段时间里的短信和提醒先留着,过后再发;紧急的不等。
      </p>
      {data.mayChange ? <HoursForm key={`${data.from} ${data.until}`} unitId={unit.id} hours={data} /> : null}
    </Panel>
  )
}

const HoursForm = ({ unitId, hours }: { unitId: string; hours: Hours }) => {
  const { message } = App.useApp()
  const [from, setFrom] = useState(hours.from)
  const [until, setUntil] = useState(hours.until)
  const act = useAct(setQuietHours, { refreshes: [getQuietHours] })
  const isChanged = from !== hours.from || until !== hours.until
  const times = [
    ['quiet-from', '从', from, setFrom],
    ['quiet-until', '到', until, setUntil],
  ] as const
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        act.mutate(
          { params: { unitId }, body: { from, until } },
          { onSuccess: () => void message.success('已保存,本单位和下级单位都按此办理') },
        )
      }}
    >
      {act.error ? (
        <Alert type="warning" showIcon role="alert" style={{ marginBottom: 12 }} title={sentenceOf(act.error)} />
      ) : null}
      {times.map(([id, label, value, change]) => (
        <div className="field" key={id}>
          <label htmlFor={id}>{label}</label>
          <Input
            id={id}
            type="time"
            style={{ width: 160 }}
            value={value}
            onChange={(event) => change(event.target.value)}
          />
        </div>
      ))}
      <p className="quiet">
        {isChanged && from && until ? `改成${words({ from, until })}。` : ''}
        下级单位自己定过的,仍按他们的。两个时间相同就是全天都发。
      </p>
      <Button type="primary" htmlType="submit" disabled={!isChanged || !from || !until} loading={act.isPending}>
        保存
      </Button>
    </form>
  )
}

export const quietHoursTab: UnitTab = {
  key: 'quiet-hours',
  label: '消息时段',
  shows: ({ unit }) => unit.kind !== 'class' && unit.kind !== 'grade' && unit.closedOn === null,
  Body: QuietHours,
}
